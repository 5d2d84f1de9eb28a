-- Up Migration

-- What an agency has in hand, whoever has it there, newest first: for those who look at other agencies' work.
CREATE INDEX dossier_held ON dossier (holder_agency_id, (coalesce(received_at, created_at)), id)
  WHERE holder_agency_id IS NOT NULL;

-- Late dossiers by the agency that caused it.
CREATE INDEX dossier_alert_cause ON dossier_alert (cause_agency_id, dossier_id) WHERE subject = 'dossier' AND late;
