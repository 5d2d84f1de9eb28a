-- Up Migration

-- Numbers of a period that is over, as they were when somebody answered for them. A correction is the next version; none is ever changed.
CREATE TABLE report_seal (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  report_key text NOT NULL CHECK (report_key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  agency_id int NOT NULL REFERENCES agency (id),
  grouping text NOT NULL,
  from_day date NOT NULL,
  to_day date NOT NULL,
  version int NOT NULL CHECK (version >= 1),
  content json NOT NULL,
  prev_hash bytea NOT NULL,
  hash bytea NOT NULL,
  -- Who sealed it, or who proposed the correction.
  sealed_by int NOT NULL REFERENCES account (id),
  on_behalf_of int REFERENCES account (id),
  sealed_at timestamptz NOT NULL,
  reason text CHECK (length(btrim(reason)) BETWEEN 1 AND 1000),
  approved_by int REFERENCES account (id),
  CHECK (to_day >= from_day),
  CHECK ((version = 1) = (prev_hash = '\x')),
  CHECK ((version > 1) = (reason IS NOT NULL)),
  CHECK ((version > 1) = (approved_by IS NOT NULL)),
  CHECK (approved_by <> sealed_by),
  CONSTRAINT report_seal_once UNIQUE (report_key, agency_id, grouping, from_day, to_day, version)
);
COMMENT ON COLUMN report_seal.grouping IS 'Empty where the report has none.';
COMMENT ON COLUMN report_seal.content IS 'The whole table with definitions and instant, as canonical text: hash covers its very characters.';
GRANT SELECT, INSERT ON report_seal TO motcua_app;

-- A correction waits for a second person, who approves just what was proposed.
CREATE TABLE report_seal_proposal (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  seal_id int NOT NULL REFERENCES report_seal (id),
  content json NOT NULL,
  reason text NOT NULL CHECK (length(btrim(reason)) BETWEEN 1 AND 1000),
  proposed_by int NOT NULL REFERENCES account (id),
  on_behalf_of int REFERENCES account (id),
  proposed_at timestamptz NOT NULL,
  decided_by int REFERENCES account (id),
  decided_at timestamptz,
  approved boolean,
  CHECK ((decided_by IS NULL) = (decided_at IS NULL) AND (decided_by IS NULL) = (approved IS NULL)),
  -- Whoever proposed may take it back, never approve it.
  CHECK (NOT approved OR decided_by <> proposed_by)
);
CREATE UNIQUE INDEX report_seal_proposal_open ON report_seal_proposal (seal_id) WHERE decided_at IS NULL;
GRANT SELECT, INSERT, UPDATE (decided_by, decided_at, approved) ON report_seal_proposal TO motcua_app;

CREATE FUNCTION keep_seal_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'proposal % is decided', old.id;
END $$;
CREATE TRIGGER report_seal_proposal_decided BEFORE UPDATE ON report_seal_proposal FOR EACH ROW
  WHEN (old.decided_at IS NOT NULL) EXECUTE FUNCTION keep_seal_decision();
