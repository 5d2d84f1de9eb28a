-- Up Migration

-- 1 is the national calendar, put in by its own number; calendars made later begin after it.
ALTER TABLE calendar ALTER COLUMN id RESTART WITH 2;

-- A session that has run out is of no use; who signed in when stays in the audit.
GRANT DELETE ON session TO motcua_app;
CREATE INDEX session_expires ON session (expires_at);

-- Bytes may go only when no paper has them; papers that came into no dossier are looked for every night.
CREATE INDEX paper_sha256 ON paper (sha256);
CREATE INDEX paper_loose ON paper (uploaded_at) WHERE dossier_id IS NULL;

-- The app may not delete papers. Through this it deletes those that lie in no dossier, and no others; returns their digests.
CREATE FUNCTION remove_loose_papers(p_before timestamptz, p_limit integer) RETURNS SETOF bytea
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  DELETE FROM paper WHERE id IN (
    SELECT p.id FROM paper p WHERE p.dossier_id IS NULL AND p.uploaded_at < p_before
    ORDER BY p.uploaded_at LIMIT p_limit FOR UPDATE SKIP LOCKED
  ) AND dossier_id IS NULL
  RETURNING sha256
$$;
REVOKE ALL ON FUNCTION remove_loose_papers(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION remove_loose_papers(timestamptz, integer) TO motcua_app;
