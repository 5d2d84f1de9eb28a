-- Up Migration

-- Papers asked for during appraisal are brought to the desk that received the dossier: it lists them, the most urgent first.
CREATE INDEX dossier_awaited ON dossier
  (receiving_agency_id, (CASE WHEN ready_at IS NULL THEN coalesce(due_at, '2200-01-01 00:00:00Z'::timestamptz) ELSE 'infinity' END), id)
  WHERE state = 'supplement-requested';
