-- Up Migration

-- Reports that come by themselves after the end of each period: which, for whom, by which periods.
CREATE TABLE report_schedule (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  report text NOT NULL,
  grouping text,
  -- Null: the whole province.
  agency_id int REFERENCES agency (id),
  scheme text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('month', 'quarter', 'half', 'nine-months', 'year')),
  -- Whole days after the last day of the period: 0 is the day after it.
  days_after smallint NOT NULL CHECK (days_after BETWEEN 0 AND 60),
  format text NOT NULL CHECK (format IN ('xlsx', 'csv')),
  ground text NOT NULL,
  -- Periods that end on or after valid_from and before valid_to.
  valid_from date NOT NULL,
  valid_to date CHECK (valid_to >= valid_from),
  created_by int REFERENCES account (id),
  created_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON report_schedule TO motcua_app;
GRANT UPDATE (valid_to) ON report_schedule TO motcua_app;

-- A person, or whoever has a role: in an agency, or anywhere.
CREATE TABLE report_recipient (
  schedule_id int NOT NULL REFERENCES report_schedule (id),
  account_id int REFERENCES account (id),
  role text,
  agency_id int REFERENCES agency (id),
  CHECK ((account_id IS NULL) <> (role IS NULL)),
  CHECK (account_id IS NULL OR agency_id IS NULL),
  UNIQUE NULLS NOT DISTINCT (schedule_id, account_id, role, agency_id)
);
GRANT SELECT, INSERT ON report_recipient TO motcua_app;

-- Files made of reports: asked for by an officer, or by the clock for a schedule.
CREATE TABLE export_file (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Who asked; null for the clock.
  account_id int REFERENCES account (id),
  -- As whom it is read.
  role text NOT NULL,
  agency_id int NOT NULL REFERENCES agency (id),
  report text NOT NULL,
  -- What is asked of the report, as src/reports/asked.ts reads it.
  params jsonb NOT NULL,
  format text NOT NULL CHECK (format IN ('xlsx', 'csv')),
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed', 'removed')),
  -- How often it was begun; each has a blob of its own, so that one who was thought dead spoils nothing.
  attempt int NOT NULL DEFAULT 0,
  rows_done bigint NOT NULL DEFAULT 0,
  rows_total bigint,
  bytes bigint,
  sha256 text,
  failures int NOT NULL DEFAULT 0,
  -- Code of the refusal or fault met last.
  failure text,
  created_at timestamptz NOT NULL,
  finished_at timestamptz,
  -- Null: kept.
  expires_at timestamptz,
  schedule_id int REFERENCES report_schedule (id),
  period text,
  CHECK ((account_id IS NULL) = (schedule_id IS NOT NULL)),
  CHECK ((schedule_id IS NULL) = (period IS NULL)),
  CHECK ((state IN ('done', 'removed')) = (sha256 IS NOT NULL)),
  -- However many workers notice that it is due, and however often.
  CONSTRAINT export_file_period UNIQUE (schedule_id, period)
);
CREATE INDEX export_file_account ON export_file (account_id, id DESC) WHERE account_id IS NOT NULL;
CREATE INDEX export_file_unfinished ON export_file (id) WHERE state IN ('waiting', 'running');
CREATE INDEX export_file_expires ON export_file (expires_at) WHERE state <> 'removed' AND expires_at IS NOT NULL;
GRANT SELECT, INSERT ON export_file TO motcua_app;
GRANT UPDATE (state, attempt, rows_done, rows_total, bytes, sha256, failures, failure, finished_at, expires_at) ON export_file TO motcua_app;

-- Who was sent the report of a period, and opened it first when.
CREATE TABLE report_delivery (
  schedule_id int NOT NULL REFERENCES report_schedule (id),
  period text NOT NULL,
  account_id int NOT NULL REFERENCES account (id),
  export_id bigint NOT NULL REFERENCES export_file (id),
  sent_at timestamptz NOT NULL,
  how text NOT NULL CHECK (how IN ('notice')),
  opened_at timestamptz,
  PRIMARY KEY (schedule_id, period, account_id)
);
CREATE INDEX report_delivery_account ON report_delivery (account_id, export_id DESC);
CREATE INDEX report_delivery_export ON report_delivery (export_id);
GRANT SELECT, INSERT ON report_delivery TO motcua_app;
GRANT UPDATE (opened_at) ON report_delivery TO motcua_app;

INSERT INTO report_schedule (report, grouping, scheme, kind, days_after, format, ground, valid_from, created_at)
SELECT 'ii06a', grouping, 'national', 'month', 0, 'xlsx', 'Thông lệ: báo cáo tháng của tỉnh (cần xác nhận)', CURRENT_DATE, now()
FROM unnest(ARRAY['field', 'agency']) AS grouping;
INSERT INTO report_recipient (schedule_id, role)
SELECT id, role FROM report_schedule CROSS JOIN unnest(ARRAY['director', 'control']) AS role;
