-- Up Migration

-- What an agency helped applicants with elsewhere, newest first.
CREATE INDEX dossier_support ON dossier (support_point_id, id) WHERE support_point_id IS NOT NULL;

-- What the fold gives every dossier; those of the first release have it already (0010).
UPDATE dossier SET detail = detail || '{"relatives": [], "links": []}' WHERE NOT detail ? 'relatives';
