-- Up Migration

-- How a year is cut into reporting periods; each way of cutting is in force for a time.
CREATE TABLE period_scheme (
  code text NOT NULL CHECK (code ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' AND length(code) <= 40),
  name_vi text NOT NULL,
  name_en text NOT NULL,
  -- 1: calendar months. Else a period ends the day before this day of its last month.
  start_day smallint NOT NULL CHECK (start_day BETWEEN 1 AND 28),
  kinds text[] NOT NULL
    CHECK (cardinality(kinds) > 0 AND kinds <@ ARRAY['month', 'quarter', 'half', 'nine-months', 'year']),
  submission_days smallint NOT NULL CHECK (submission_days BETWEEN 0 AND 60),
  ground text NOT NULL,
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to > valid_from),
  PRIMARY KEY (code, valid_from),
  CONSTRAINT period_scheme_in_force EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[)') WITH &&)
);
COMMENT ON COLUMN period_scheme.submission_days IS 'Calendar days after the last day of a period within which its report is sent.';
GRANT SELECT, INSERT ON period_scheme TO motcua_app;
GRANT UPDATE (valid_to) ON period_scheme TO motcua_app;
INSERT INTO period_scheme (code, name_vi, name_en, start_day, kinds, submission_days, ground, valid_from)
SELECT code, name_vi, name_en, start_day, ARRAY['month', 'quarter', 'half', 'nine-months', 'year'], days,
       ground || ' (cần xác nhận)', '2019-03-12'
FROM (VALUES
  ('national', 'Kỳ báo cáo quốc gia', 'National periods', 15, 4, 'Nghị định 09/2019/NĐ-CP: chốt số liệu hết ngày 14'),
  ('local', 'Kỳ báo cáo của tỉnh', 'Periods of the province', 16, 4, 'Quy định của tỉnh: chốt số liệu hết ngày 15'),
  ('calendar', 'Tháng, quý theo lịch', 'Calendar months', 1, 5, 'Theo dõi nội bộ')
) AS usual (code, name_vi, name_en, start_day, days, ground);

-- Where the texts leave open how dossiers are counted: the answers in force for a time (src/periods/definition.ts says what they mean).
CREATE TABLE report_definition (
  key text NOT NULL,
  answer text NOT NULL,
  ground text NOT NULL,
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to > valid_from),
  PRIMARY KEY (key, valid_from),
  CHECK (
    (key = 'withdrawn' AND answer IN ('on-time', 'by-deadline')) OR
    (key = 'paused' AND answer IN ('in-time', 'by-deadline')) OR
    (key = 'late' AND answer IN ('by-minute', 'by-day')) OR
    (key = 'extension' AND answer IN ('extended', 'original')) OR
    (key = 'no-term' AND answer IN ('on-time', 'early'))
  ),
  CONSTRAINT report_definition_in_force EXCLUDE USING gist (key WITH =, daterange(valid_from, valid_to, '[)') WITH &&)
);
GRANT SELECT, INSERT ON report_definition TO motcua_app;
GRANT UPDATE (valid_to) ON report_definition TO motcua_app;
-- In force from the first day a report can be asked for.
INSERT INTO report_definition (key, answer, ground, valid_from)
SELECT key, answer, ground || ' (cần xác nhận)', '2000-01-01'
FROM (VALUES
  ('withdrawn', 'on-time', 'Thông lệ lập biểu II.06a: ghi vào cột đúng hạn'),
  ('paused', 'in-time', 'Thông lệ lập biểu II.06a: ghi vào cột trong hạn'),
  ('late', 'by-minute', 'Giấy hẹn trả ghi đến giờ, phút'),
  ('extension', 'extended', 'Hạn đã gia hạn một lần theo quy định thay cho hạn đầu'),
  ('no-term', 'on-time', 'Thông lệ: thủ tục không công bố thời hạn thì không quá hạn')
) AS usual (key, answer, ground);
