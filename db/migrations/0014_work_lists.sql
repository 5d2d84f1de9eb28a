-- Up Migration

-- What an agency has in hand, whoever has it there, newest first: for those who look at other agencies' work.
CREATE INDEX dossier_held ON dossier (holder_agency_id, (coalesce(received_at, created_at)), id)
  WHERE holder_agency_id IS NOT NULL;

-- Late dossiers by the agency that caused it.
CREATE INDEX dossier_alert_cause ON dossier_alert (cause_agency_id, dossier_id) WHERE subject = 'dossier' AND late;

-- Papers asked for a dossier that was opened for another are brought to the desk that took the matter in: few at any time.
CREATE INDEX dossier_family_awaited ON dossier
  ((CASE WHEN ready_at IS NULL THEN coalesce(due_at, '2200-01-01 00:00:00Z'::timestamptz) ELSE 'infinity' END), id)
  WHERE state = 'supplement-requested' AND parent_id IS NOT NULL;
