-- Up Migration

-- Borders of communes for maps, replaced as a whole by `cli import borders`. Nothing but maps depends on them.
CREATE TABLE unit_border (
  unit_code text PRIMARY KEY CHECK (length(unit_code) BETWEEN 1 AND 20),
  name text NOT NULL,
  geometry jsonb NOT NULL CHECK (geometry ->> 'type' IN ('MultiPolygon', 'Point')),
  imported_at timestamptz NOT NULL
);
COMMENT ON COLUMN unit_border.geometry IS 'GeoJSON in WGS 84, outer rings clockwise as on a sphere; a Point where only the position is known.';
GRANT SELECT, INSERT, DELETE ON unit_border TO motcua_app;

-- Who asks how many dossiers stand at which step finds the answer in the index itself.
DROP INDEX dossier_running;
CREATE INDEX dossier_running ON dossier (process_version_id, step_key)
  INCLUDE (competent_agency_id, parent_id, step_due_at, paused_at) WHERE step_key IS NOT NULL;
