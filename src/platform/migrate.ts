import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import { runner } from 'node-pg-migrate'
import pg from 'pg'
import { packageRoot } from './config.ts'
import { APP_ROLE } from './db.ts'

/** Two processes starting at once take turns (any number will do, as long as it is always the same). */
const LOCK = 4_601_801

/**
 * Brings a database up to this release: our tables, then those of the job queue, then what the app role may do there.
 * `url` connects as the owner. Returns the names of the migrations that were applied now.
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'motcua migrate' })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    const applied = await runner({
      dbClient: client,
      noLock: true,
      dir: join(packageRoot, 'db/migrations'),
      direction: 'up',
      schema: 'public',
      migrationsTable: 'migration',
      log: () => {},
    })
    await runMigrations({ connectionString: url })
    await client.query(queueGrants)
    return applied.map(migration => migration.name)
  } finally {
    await client.end()
  }
}

/** The queue's tables have row security switched on without a policy, which shuts out everyone but their owner. */
const queueGrants = `
DO $$
DECLARE t regclass;
BEGIN
  GRANT USAGE ON SCHEMA graphile_worker TO ${APP_ROLE};
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO ${APP_ROLE};
  GRANT USAGE ON ALL SEQUENCES IN SCHEMA graphile_worker TO ${APP_ROLE};
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO ${APP_ROLE};
  FOR t IN SELECT oid FROM pg_class
           WHERE relnamespace = 'graphile_worker'::regnamespace AND relrowsecurity
             AND NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid AND polname = 'motcua_app')
  LOOP
    EXECUTE format('CREATE POLICY motcua_app ON %s TO ${APP_ROLE} USING (true) WITH CHECK (true)', t);
  END LOOP;
END $$`
