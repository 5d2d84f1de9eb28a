-- Up Migration

-- When officers are warned, and whom it is taken up to. A rule is changed by a new period of the same key, never in place.
CREATE TABLE warning_rule (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key text NOT NULL CHECK (key ~ '^[a-z]+(-[a-z0-9]+)*$' AND length(key) <= 60),
  subject text NOT NULL CHECK (subject IN ('step', 'dossier', 'intake')),
  -- Before the due time or after it; nothing after it is the moment it is missed.
  moment text NOT NULL CHECK (moment IN ('before', 'after')),
  amount numeric(6, 2) NOT NULL CHECK (amount >= 0),
  -- Working hours, or a share of the time the step allows.
  unit text NOT NULL CHECK (unit IN ('hours', 'percent')),
  escalate_to text NOT NULL CHECK (escalate_to IN ('holder', 'leader', 'above', 'director')),
  enabled boolean NOT NULL DEFAULT true,
  ground text NOT NULL CHECK (length(ground) BETWEEN 1 AND 500),
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to > valid_from),
  CHECK (unit = 'hours' OR (subject = 'step' AND moment = 'before' AND amount <= 100)),
  CHECK (moment = 'after' OR amount > 0),
  CONSTRAINT warning_rule_in_force EXCLUDE USING gist (key WITH =, daterange(valid_from, valid_to, '[)') WITH &&)
);
COMMENT ON COLUMN warning_rule.escalate_to IS 'holder: whose turn it is; leader: of their agency; above: of the agency above it; director: of the centre.';
GRANT SELECT, INSERT ON warning_rule TO motcua_app;
GRANT UPDATE (valid_to) ON warning_rule TO motcua_app;

INSERT INTO warning_rule (key, subject, moment, amount, unit, escalate_to, ground, valid_from)
SELECT key, subject, moment, amount, unit, escalate_to, ground || ' (cần xác nhận)', '2018-06-21'
FROM (VALUES
  ('step-soon', 'step', 'before', 25, 'percent', 'holder', 'Thông lệ: báo trước khi hết một phần tư thời gian của bước'),
  ('step-late', 'step', 'after', 0, 'hours', 'holder', 'Thông lệ: báo ngay khi quá thời gian của bước'),
  ('step-late-leader', 'step', 'after', 4, 'hours', 'leader', 'Thông lệ: báo lãnh đạo cơ quan sau nửa ngày làm việc'),
  ('step-late-above', 'step', 'after', 16, 'hours', 'above', 'Thông lệ: báo cấp trên trực tiếp sau hai ngày làm việc'),
  ('dossier-soon', 'dossier', 'before', 8, 'hours', 'holder', 'Thông lệ: báo trước hạn trả một ngày làm việc'),
  ('dossier-late', 'dossier', 'after', 0, 'hours', 'holder', 'Thông lệ: báo ngay khi quá hạn trả'),
  ('dossier-late-leader', 'dossier', 'after', 0, 'hours', 'leader', 'Thông lệ: báo lãnh đạo ngay khi quá hạn trả'),
  ('dossier-late-above', 'dossier', 'after', 8, 'hours', 'above', 'Thông lệ: báo cấp trên trực tiếp sau một ngày làm việc'),
  ('dossier-late-director', 'dossier', 'after', 16, 'hours', 'director', 'Thông lệ: báo giám đốc trung tâm sau hai ngày làm việc'),
  ('intake-soon', 'intake', 'before', 2, 'hours', 'holder', 'Thời gian kiểm tra hồ sơ nộp trực tuyến'),
  ('intake-late', 'intake', 'after', 0, 'hours', 'leader', 'Thời gian kiểm tra hồ sơ nộp trực tuyến'),
  ('intake-late-director', 'intake', 'after', 8, 'hours', 'director', 'Thời gian kiểm tra hồ sơ nộp trực tuyến')
) AS usual (key, subject, moment, amount, unit, escalate_to, ground);

-- Numbers the watch goes by, each in force for a time.
CREATE TABLE watch_setting (
  key text NOT NULL CHECK (key ~ '^[a-z]+(-[a-z0-9]+)*$'),
  amount numeric(8, 2) NOT NULL CHECK (amount >= 0),
  ground text NOT NULL,
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to > valid_from),
  PRIMARY KEY (key, valid_from),
  CONSTRAINT watch_setting_in_force EXCLUDE USING gist (key WITH =, daterange(valid_from, valid_to, '[)') WITH &&)
);
GRANT SELECT, INSERT ON watch_setting TO motcua_app;
GRANT UPDATE (valid_to) ON watch_setting TO motcua_app;
INSERT INTO watch_setting (key, amount, ground, valid_from)
SELECT key, amount, ground || ' (cần xác nhận)', '2018-06-21'
FROM (VALUES
  ('reminder-answer-hours', 24, 'Thông lệ: phiếu đôn đốc được trả lời trong 24 giờ'),
  ('apology-lead-hours', 4, 'Thông lệ: lãnh đạo có nửa ngày làm việc để ký trước thời điểm phải thông báo'),
  ('apology-more-days', 3, 'Thông lệ: hẹn lại sau ba ngày làm việc'),
  ('late-supplement-hours', 24, 'Thông lệ: trong ngày cuối trước hạn trả'),
  ('repeated-pauses', 2, 'Thông lệ: từ lần dừng thứ hai của một hồ sơ'),
  ('mass-close-count', 10, 'Thông lệ: một người kết thúc mười hồ sơ liên tiếp'),
  ('mass-close-minutes', 10, 'Thông lệ: trong mười phút'),
  ('late-correction-hours', 24, 'Thông lệ: sau một ngày kể từ khi tiếp nhận')
) AS usual (key, amount, ground);

-- The trace of every rule that fired: once for each step stayed at, due time or submission.
CREATE TABLE dossier_alert (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  dossier_id bigint NOT NULL REFERENCES dossier (id),
  rule_key text NOT NULL,
  rule_id int NOT NULL REFERENCES warning_rule (id),
  subject text NOT NULL CHECK (subject IN ('step', 'dossier', 'intake')),
  -- step:<key>:<since>, due:<due>, intake:<submitted>; instants in whole milliseconds since 1970.
  key text NOT NULL,
  -- It warns of what is to come, or says what was missed.
  late boolean NOT NULL,
  at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  step_name text,
  -- Whose it was at that moment.
  agency_id int REFERENCES agency (id),
  role text,
  account_id int REFERENCES account (id),
  -- Who caused the delay, as far as it could be seen then.
  cause_agency_id int REFERENCES agency (id),
  cause_account_id int REFERENCES account (id),
  cause_over int CHECK (cause_over >= 0),
  escalate_to text NOT NULL,
  told int[] NOT NULL DEFAULT '{}',
  CONSTRAINT dossier_alert_once UNIQUE (dossier_id, rule_key, key),
  CHECK (late OR cause_agency_id IS NULL)
);
COMMENT ON COLUMN dossier_alert.cause_over IS 'Working minutes beyond what the steps of the causing agency allowed.';
CREATE INDEX dossier_alert_agency ON dossier_alert (agency_id, id DESC);
GRANT SELECT, INSERT ON dossier_alert TO motcua_app;

-- Who caused the delay of a dossier judged late, worked out once when its result was ready.
ALTER TABLE dossier
  ADD COLUMN cause_agency_id int REFERENCES agency (id),
  ADD COLUMN cause_account_id int REFERENCES account (id),
  ADD COLUMN cause_over int CHECK (cause_over >= 0),
  ADD CONSTRAINT dossier_cause_of_late CHECK (cause_agency_id IS NULL OR judgement = 'late');
CREATE INDEX dossier_cause ON dossier (cause_agency_id, id) WHERE cause_agency_id IS NOT NULL;

-- Consultations whose time is over, for the minute-by-minute watch.
CREATE INDEX dossier_consulting ON dossier (step_due_at)
  WHERE step_due_at IS NOT NULL AND paused_at IS NULL AND detail -> 'step' ->> 'kind' = 'consult';
-- Submissions that wait to be examined.
CREATE INDEX dossier_submitted ON dossier (submitted_at) WHERE state = 'submitted';

-- A reminder slip (phiếu đôn đốc) to a slow agency, numbered per year and sending agency without a gap.
CREATE TABLE reminder_counter (
  agency_id int NOT NULL REFERENCES agency (id),
  year int NOT NULL,
  last int NOT NULL,
  PRIMARY KEY (agency_id, year)
);
CREATE TABLE reminder (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  from_agency_id int NOT NULL REFERENCES agency (id),
  year int NOT NULL,
  number int NOT NULL CHECK (number >= 1),
  from_account_id int NOT NULL REFERENCES account (id),
  from_on_behalf_of int REFERENCES account (id),
  to_agency_id int NOT NULL REFERENCES agency (id),
  at timestamptz NOT NULL,
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 4000),
  answer_by timestamptz NOT NULL CHECK (answer_by > at),
  answer text CHECK (length(answer) BETWEEN 1 AND 4000),
  answered_by int REFERENCES account (id),
  answered_on_behalf_of int REFERENCES account (id),
  answered_at timestamptz,
  command_id text NOT NULL,
  CONSTRAINT reminder_numbered UNIQUE (from_agency_id, year, number),
  CONSTRAINT reminder_command UNIQUE (from_account_id, command_id),
  CHECK (from_agency_id <> to_agency_id),
  CHECK ((answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL))
);
CREATE INDEX reminder_to ON reminder (to_agency_id, id DESC);
CREATE INDEX reminder_from ON reminder (from_agency_id, id DESC);
CREATE TABLE reminder_dossier (
  reminder_id int NOT NULL REFERENCES reminder (id),
  dossier_id bigint NOT NULL REFERENCES dossier (id),
  PRIMARY KEY (reminder_id, dossier_id)
);
CREATE INDEX reminder_dossier_dossier ON reminder_dossier (dossier_id);
GRANT SELECT, INSERT, UPDATE ON reminder_counter TO motcua_app;
GRANT SELECT, INSERT ON reminder, reminder_dossier TO motcua_app;
GRANT UPDATE (answer, answered_by, answered_on_behalf_of, answered_at) ON reminder TO motcua_app;

-- What is said once stays said: an answer is given once.
CREATE FUNCTION keep_reminder_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'reminder % is answered', old.id;
END $$;
CREATE TRIGGER reminder_answered BEFORE UPDATE ON reminder
  FOR EACH ROW WHEN (old.answered_at IS NOT NULL) EXECUTE FUNCTION keep_reminder_answer();

-- An apology proposed to the leader before a promise is broken, once for each promise. Signed is it by the extension itself.
CREATE TABLE apology_draft (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  dossier_id bigint NOT NULL REFERENCES dossier (id),
  due_at timestamptz NOT NULL,
  at timestamptz NOT NULL,
  agency_id int NOT NULL REFERENCES agency (id),
  cause_agency_id int REFERENCES agency (id),
  cause_account_id int REFERENCES account (id),
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
  -- The working day proposed.
  until date NOT NULL,
  CONSTRAINT apology_draft_once UNIQUE (dossier_id, due_at)
);
CREATE INDEX apology_draft_agency ON apology_draft (agency_id, id DESC);
GRANT SELECT, INSERT ON apology_draft TO motcua_app;

-- The kinds of acts that the list of anomalies looks at, by time: a month of them without reading the whole ledger.
CREATE INDEX dossier_event_watched ON dossier_event (type, at)
  WHERE type IN ('supplement-requested', 'financial-obligation-notified', 'corrected', 'noted', 'fee-collected', 'result-ready',
                 'handed-over', 'stopped', 'withdrawn');
