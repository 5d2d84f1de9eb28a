-- Up Migration

-- Whose turn it was last: work shared out in turn goes to the one whose turn is longest ago.
CREATE SEQUENCE work_turn;
GRANT USAGE ON SEQUENCE work_turn TO motcua_app;
ALTER TABLE assignment ADD COLUMN last_turn bigint;

-- What officers are told: work given to them or taken from them, opinions asked, warnings.
CREATE TABLE officer_notice (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id int NOT NULL REFERENCES account (id),
  at timestamptz NOT NULL,
  kind text NOT NULL CHECK (kind ~ '^[a-z]+(-[a-z]+)*$'),
  dossier_id bigint REFERENCES dossier (id),
  -- Who did it, as in the ledger; and what to say beyond that.
  actor text NOT NULL,
  params jsonb NOT NULL DEFAULT '{}',
  -- The same thing is told once, however often a job runs.
  key text NOT NULL,
  read_at timestamptz,
  UNIQUE (account_id, key)
);
CREATE INDEX officer_notice_unread ON officer_notice (account_id, id DESC) WHERE read_at IS NULL;
CREATE INDEX officer_notice_account ON officer_notice (account_id, id DESC);
GRANT SELECT, INSERT ON officer_notice TO motcua_app;
GRANT UPDATE (read_at) ON officer_notice TO motcua_app;
