import pg from 'pg'
import { ConfigError } from './config.ts'

/** Any number will do, as long as it is always the same. */
const LOCK = 4_601_802

/** Held while `npm start` runs on an embedded database. `lost` settles when the database is gone. */
export type InstanceLock = { lost: Promise<void>; release(): Promise<void> }

/** Undefined when another process holds it: that one will stop the database. */
export async function tryInstanceLock(url: string): Promise<InstanceLock | undefined> {
  const client = new pg.Client({ connectionString: url, application_name: 'motcua start' })
  const lost = new Promise<void>(resolve => client.on('error', () => resolve()).on('end', () => resolve()))
  await client.connect()
  const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [LOCK])
  if (rows[0]?.held) return { lost, release: () => client.end() }
  await client.end()
  return undefined
}

/** Throws ConfigError when the platform already runs on this database. */
export async function takeInstanceLock(url: string, dataDir: string): Promise<InstanceLock> {
  const lock = await tryInstanceLock(url)
  if (!lock) throw new ConfigError(`The platform is already running on ${dataDir}: stop it first, or set DATA_DIR.`)
  return lock
}
