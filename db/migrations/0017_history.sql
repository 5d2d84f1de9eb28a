-- Up Migration

-- When an event was written down, if later than it happened; null where both are the same instant.
ALTER TABLE dossier_event ADD COLUMN recorded_at timestamptz CONSTRAINT dossier_event_recorded_later CHECK (recorded_at >= at);
COMMENT ON COLUMN dossier_event.recorded_at IS 'When it was written down, if later than it happened (imported history). Daily anchors go by this instant.';
CREATE INDEX dossier_event_recorded ON dossier_event USING brin ((coalesce(recorded_at, at)));
-- Only anchors read the ledger by time alone.
DROP INDEX dossier_event_at;

-- Last in the hash and named, where its absence changes nothing for what was written before and it cannot be taken for another field.
CREATE OR REPLACE FUNCTION ledger_hash(e dossier_event) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(e.prev_hash || convert_to(concat_ws(E'\x1f',
    e.dossier_id, e.seq, (extract(epoch FROM e.at) * 1000)::bigint, e.type, e.actor, coalesce(e.actor_role, ''),
    coalesce(e.agency_id, 0), coalesce(e.form, ''), e.command_id, e.command_part, e.command_digest,
    coalesce(e.code, ''), e.state, coalesce((extract(epoch FROM e.due_at) * 1000)::bigint, 0), e.payload::text,
    e.on_behalf_of, 'recorded ' || (extract(epoch FROM e.recorded_at) * 1000)::bigint
  ), 'UTF8'))
$$;

-- Numbers for imported dossiers whose own number has not the national shape: a series of their own, beside that of the desks.
CREATE TABLE history_counter (
  agency_id int NOT NULL REFERENCES agency,
  day date NOT NULL,
  last int NOT NULL,
  PRIMARY KEY (agency_id, day)
);
COMMENT ON TABLE history_counter IS 'Last number given to an imported dossier of that agency and day of reception: <agency>.I-<yyMMdd>-<NNNN>.';
GRANT SELECT, INSERT, UPDATE ON history_counter TO motcua_app;

-- Many dossiers are numbered at once when history is imported.
GRANT USAGE ON SEQUENCE dossier_id_seq TO motcua_app;
