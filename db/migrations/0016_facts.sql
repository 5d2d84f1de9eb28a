-- Up Migration

-- The field a procedure belonged to when it was published: what was counted under a field stays there.
ALTER TABLE procedure_version ADD field_id int REFERENCES field (id);
UPDATE procedure_version v SET field_id = p.field_id FROM procedure p WHERE p.code = v.procedure_code;
ALTER TABLE procedure_version ALTER field_id SET NOT NULL;
ALTER TABLE procedure DROP field_id;

-- What is counted of dossiers: src/dossiers/fact.ts says what each measure means.
CREATE TYPE fact_measure AS ENUM (
  'received', 'refused_at_intake',
  'early', 'on_time', 'late', 'no_term', 'late_same_day', 'early_by_extension', 'on_time_by_extension',
  'withdrawn', 'stopped', 'ended_late',
  'overdue', 'paused_supplement', 'paused_obligation', 'paused_overdue', 'in_time_by_extension',
  'extended', 'supplement_requested'
);

-- What commands have added and nobody has folded in yet. Only ever inserted into by them, so that they never wait for each other.
CREATE TABLE fact_inbox (
  dossier_id bigint NOT NULL,
  at timestamptz NOT NULL,
  measure fact_measure NOT NULL,
  n smallint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
COMMENT ON TABLE fact_inbox IS 'Facts written with the events that make them; fold-facts moves them on. A fact is either here or in fact.';
GRANT SELECT, INSERT, DELETE ON fact_inbox TO motcua_app;

CREATE TABLE fact (
  at timestamptz NOT NULL,
  dossier_id bigint NOT NULL,
  agency_id int NOT NULL,
  field_id int NOT NULL,
  measure fact_measure NOT NULL,
  n smallint NOT NULL,
  channel text NOT NULL,
  procedure_code text NOT NULL
);
COMMENT ON TABLE fact IS 'How many more (n) of a measure there are from an instant on. A number as of an instant is the sum of all before it.';
CREATE INDEX fact_dossier ON fact (dossier_id);
CREATE INDEX fact_at ON fact (at);
CREATE INDEX fact_agency ON fact (agency_id, at) INCLUDE (field_id, measure, n, channel);
GRANT SELECT, INSERT, DELETE ON fact TO motcua_app;

-- Sums of all facts before a local day begins: of the whole province (agency_id 0) by field and by procedure, and of each agency by field.
CREATE TABLE fact_checkpoint (
  day date PRIMARY KEY,
  -- Whether there are sums of agencies and of procedures that day, not of fields alone.
  by_agency boolean NOT NULL
);
GRANT SELECT, INSERT, DELETE ON fact_checkpoint TO motcua_app;

CREATE TABLE fact_balance (
  day date NOT NULL REFERENCES fact_checkpoint (day) ON DELETE CASCADE,
  agency_id int NOT NULL,
  field_id int NOT NULL,
  procedure_code text NOT NULL,
  channel text NOT NULL,
  received int NOT NULL,
  refused_at_intake int NOT NULL,
  early int NOT NULL,
  on_time int NOT NULL,
  late int NOT NULL,
  no_term int NOT NULL,
  late_same_day int NOT NULL,
  early_by_extension int NOT NULL,
  on_time_by_extension int NOT NULL,
  withdrawn int NOT NULL,
  stopped int NOT NULL,
  ended_late int NOT NULL,
  overdue int NOT NULL,
  paused_supplement int NOT NULL,
  paused_obligation int NOT NULL,
  paused_overdue int NOT NULL,
  in_time_by_extension int NOT NULL,
  extended int NOT NULL,
  supplement_requested int NOT NULL,
  PRIMARY KEY (day, agency_id, field_id, procedure_code, channel)
);
COMMENT ON TABLE fact_balance IS 'A cache: any of its days may be missing, and then sums take longer but are the same.';
COMMENT ON COLUMN fact_balance.agency_id IS '0: the whole province.';
COMMENT ON COLUMN fact_balance.procedure_code IS 'Empty in sums by field.';
GRANT SELECT, INSERT, DELETE ON fact_balance TO motcua_app;

-- Dossiers from before there were facts are counted by rebuild-facts, in the order of their numbers.
CREATE TABLE fact_backlog (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  after_id bigint NOT NULL,
  last_id bigint NOT NULL,
  -- By which rules the facts were made; a release with others has them made anew.
  rules int NOT NULL DEFAULT 1
);
INSERT INTO fact_backlog (after_id, last_id) SELECT 0, coalesce(max(id), 0) FROM dossier;
GRANT SELECT, UPDATE ON fact_backlog TO motcua_app;

-- What was open at an instant, and what ended in a period, of an agency.
CREATE INDEX dossier_ended ON dossier (competent_agency_id, (coalesce(ready_at, closed_at)), id) WHERE received_at IS NOT NULL;
