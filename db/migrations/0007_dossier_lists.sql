-- Up Migration

-- Work lists put what is still to be resolved first, by its due time, then what has none, then the results that wait to be
-- fetched. Every dossier in hand is in exactly one of the two: the desk's list or a person's own.
DROP INDEX dossier_holder, dossier_holder_account;
CREATE INDEX dossier_work_desk ON dossier
  (holder_agency_id, holder_role, (CASE WHEN ready_at IS NULL THEN coalesce(due_at, '2200-01-01 00:00:00Z'::timestamptz) ELSE 'infinity' END), id)
  WHERE holder_role IS NOT NULL AND holder_account_id IS NULL;
CREATE INDEX dossier_work_person ON dossier
  (holder_account_id, (CASE WHEN ready_at IS NULL THEN coalesce(due_at, '2200-01-01 00:00:00Z'::timestamptz) ELSE 'infinity' END), id)
  WHERE holder_account_id IS NOT NULL;

-- Registers are read newest first by the day of reception (by that of the first entry while not received), within dates or
-- not: one order for both, so that no filter by date has to read past everything newer.
DROP INDEX dossier_receiving, dossier_competent, dossier_received_at;
CREATE INDEX dossier_receiving ON dossier (receiving_agency_id, (coalesce(received_at, created_at)), id);
CREATE INDEX dossier_competent ON dossier (competent_agency_id, (coalesce(received_at, created_at)), id);
CREATE INDEX dossier_entered ON dossier ((coalesce(received_at, created_at)), id);

-- Across the province, what is rare among a million closed dossiers is found without reading them.
CREATE INDEX dossier_unfinished ON dossier (state, (coalesce(received_at, created_at)), id) WHERE state <> 'closed';
CREATE INDEX dossier_procedure ON dossier (procedure_code, (coalesce(received_at, created_at)), id);
CREATE INDEX dossier_rare_channel ON dossier (channel, (coalesce(received_at, created_at)), id)
  WHERE channel IN ('home', 'phone');
