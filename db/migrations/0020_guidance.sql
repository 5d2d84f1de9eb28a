-- Up Migration

-- What people were told before there was a dossier, or about one on its way: kept at the one-stop desk (Decree 118/2025, art. 16). It says
-- nothing of who asked.
CREATE TABLE guidance (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  agency_id integer NOT NULL REFERENCES agency,
  service_point_id integer REFERENCES service_point,
  account_id integer NOT NULL REFERENCES account,
  channel text NOT NULL CHECK (channel IN ('counter', 'call-in', 'call-out', 'chat', 'home')),
  topic text NOT NULL CHECK (topic IN ('papers', 'where', 'status', 'online-filing', 'fees', 'other')),
  field_id integer REFERENCES field,
  procedure_code text REFERENCES procedure,
  outcome text NOT NULL CHECK (outcome IN ('told', 'dossier')),
  note text CHECK (length(note) BETWEEN 1 AND 300),
  struck_at timestamptz,
  struck_by integer REFERENCES account,
  struck_reason text CHECK (length(struck_reason) BETWEEN 1 AND 300),
  CHECK (procedure_code IS NULL OR field_id IS NOT NULL),
  CHECK ((struck_at IS NULL) = (struck_reason IS NULL)),
  CHECK ((struck_at IS NULL) = (struck_by IS NULL)),
  CHECK (struck_at >= at)
);
COMMENT ON TABLE guidance IS 'One row for each guidance given. A mistaken one is struck out with a reason, never changed or removed.';
CREATE INDEX guidance_agency ON guidance (agency_id, at, id);
CREATE INDEX guidance_at ON guidance (at, id);
GRANT SELECT, INSERT ON guidance TO motcua_app;
GRANT UPDATE (struck_at, struck_by, struck_reason) ON guidance TO motcua_app;

-- Refusals at the door and apologies of a period are read by type and time, like what dossier_event_watched serves.
CREATE INDEX dossier_event_told ON dossier_event (type, at) WHERE type IN ('refused-at-intake', 'extended');
