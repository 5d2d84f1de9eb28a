import type { Client } from 'pg'
import pg from 'pg'
import type { TrainingClock } from './clock.ts'
import { APP_ROLE } from './db.ts'

/**
 * Makes `now()` of SQL follow the training clock for every connection whose search_path starts with `training`
 * (createDb with `training: true`): our statements and the job queue's, which all call it without a schema.
 */
export async function installTrainingClock(
  client: Client,
  { simStart, realStart, speed }: TrainingClock,
): Promise<void> {
  await client.query(`
    CREATE SCHEMA IF NOT EXISTS training;
    CREATE TABLE IF NOT EXISTS training.clock (
      one boolean PRIMARY KEY DEFAULT true CHECK (one),
      sim_start timestamptz NOT NULL,
      real_start timestamptz NOT NULL,
      speed double precision NOT NULL CHECK (speed > 0)
    );
    CREATE OR REPLACE FUNCTION training.now() RETURNS timestamptz LANGUAGE sql STABLE AS
      $$ SELECT sim_start + (pg_catalog.now() - real_start) * speed FROM training.clock $$;
    GRANT USAGE ON SCHEMA training TO ${APP_ROLE};
    GRANT SELECT ON training.clock TO ${APP_ROLE}`)
  await client.query(
    `INSERT INTO training.clock (sim_start, real_start, speed) VALUES ($1, $2, $3)
     ON CONFLICT (one) DO UPDATE SET sim_start = excluded.sim_start, real_start = excluded.real_start, speed = excluded.speed`,
    [simStart, realStart, speed],
  )
}

/** The training clock that was set when this database was started; every process takes it from here. */
export async function readTrainingClock(url: string): Promise<TrainingClock> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ sim_start: Date; real_start: Date; speed: number }>(
      'SELECT sim_start, real_start, speed FROM training.clock',
    )
    const row = rows[0]
    if (!row) throw new Error('training.clock is empty')
    return { simStart: row.sim_start, realStart: row.real_start, speed: row.speed }
  } finally {
    await client.end()
  }
}
