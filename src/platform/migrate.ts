import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import { runner } from 'node-pg-migrate'
import pg from 'pg'
import type { TrainingClock } from './clock.ts'
import { ConfigError, packageRoot } from './config.ts'
import { APP_ROLE, createPool } from './db.ts'
import { installTrainingClock } from './training.ts'

/** Two processes starting at once take turns (any number will do, as long as it is always the same). */
const LOCK = 4_601_801

/**
 * Brings a database up to this release: our tables, then those of the job queue, then what the app role may do there.
 * `url` connects as the owner. Returns the names of the migrations that were applied now.
 * Throws ConfigError when the database's history was written by another kind of clock, or when its user may not do this.
 */
export async function migrate(url: string, training: TrainingClock | null = null): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'motcua migrate' })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    const clock = training ? 'training' : 'real'
    await checkClock(client, clock)
    const applied = await runner({
      dbClient: client,
      noLock: true,
      dir: join(packageRoot, 'db/migrations'),
      direction: 'up',
      schema: 'public',
      migrationsTable: 'migration',
      log: () => {},
    })
    if (training) await installTrainingClock(client, training)
    await client.query('INSERT INTO installation (clock) VALUES ($1) ON CONFLICT DO NOTHING', [clock])
    await migrateQueue(url, training !== null)
    await client.query(queueGrants)
    return applied.map(migration => migration.name)
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    if (code !== '42501') throw error
    throw new ConfigError(
      `The database user lacks a right (${message}): see docs/operations.md, "Your own PostgreSQL".`,
    )
  } finally {
    await client.end()
  }
}

async function checkClock(client: pg.Client, clock: 'real' | 'training'): Promise<void> {
  const { rows: tables } = await client.query("SELECT FROM pg_class WHERE oid = to_regclass('public.installation')")
  if (tables.length === 0) return
  const { rows } = await client.query<{ clock: string }>('SELECT clock FROM installation')
  const written = rows[0]?.clock
  if (written === undefined || written === clock) return
  throw new ConfigError(
    clock === 'real'
      ? 'This database was filled by a training clock: its dates are invented, so it cannot go on with real ones.'
      : 'This database holds real dossiers: a training clock must not be used on it.',
  )
}

/** The queue's defaults of now() are bound when its tables are made, so the training clock has to be there by then. */
async function migrateQueue(url: string, training: boolean): Promise<void> {
  const pgPool = createPool(url, { role: null, training, name: 'motcua migrate', max: 2 })
  try {
    await runMigrations({ pgPool })
  } finally {
    await pgPool.end()
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
