-- Up Migration

-- How long a dossier was worked on, as its calendar stood when the result was ready.
ALTER TABLE dossier ADD worked_minutes int CHECK (worked_minutes >= 0),
  ADD CONSTRAINT dossier_worked CHECK (worked_minutes IS NULL OR ready_at IS NOT NULL);

-- What was late in a period, of an agency.
CREATE INDEX dossier_late ON dossier (competent_agency_id, ready_at, id) WHERE judgement = 'late';

-- Online submissions to a desk, to be examined in time: the instants that tell whether they were are read from the index alone.
CREATE INDEX dossier_online ON dossier (receiving_agency_id, submitted_at, id) INCLUDE (received_at, closed_at)
  WHERE channel = 'online' AND submitted_at IS NOT NULL AND parent_id IS NULL;

-- Results handed over by a desk in a period.
CREATE INDEX dossier_handed_over ON dossier (receiving_agency_id, closed_at) WHERE delivery = 'delivered';

-- Whom an agency's officers received dossiers from, and whom they gave them to, in a period.
CREATE INDEX dossier_event_by_officer ON dossier_event (agency_id, at) INCLUDE (actor, type) WHERE type IN ('received', 'assigned');
