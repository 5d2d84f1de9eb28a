-- Up Migration

CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- The role every request runs as. What it may do is granted table by table; whatever is not granted, it cannot do.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'motcua_app') THEN
    CREATE ROLE motcua_app NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this server was first
END $$;
-- Not where the administrator of the server has made the role and granted it already: only they could grant it again.
DO $$
BEGIN
  SET LOCAL ROLE motcua_app;
  SET LOCAL ROLE NONE;
EXCEPTION WHEN insufficient_privilege THEN
  GRANT motcua_app TO CURRENT_USER;
END $$;
GRANT USAGE ON SCHEMA public TO motcua_app;

-- Lower case, no diacritics, đ as d. IMMUTABLE so that it can be stored and indexed; same as fold() in src/platform/text.ts.
CREATE FUNCTION vn_fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, normalize(value, NFC))) $$;

-- One row about this installation: which clock its history was written by, and whether the demo was loaded.
CREATE TABLE installation (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  clock text NOT NULL CHECK (clock IN ('real', 'training')),
  demo_seed integer,
  demo_loaded_at timestamptz
);
GRANT SELECT, UPDATE ON installation TO motcua_app;
