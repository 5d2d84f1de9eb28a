-- Up Migration

-- What an agency helped applicants with elsewhere, newest first.
CREATE INDEX dossier_support ON dossier (support_point_id, id) WHERE support_point_id IS NOT NULL;
