import pg from 'pg'
import { openBlobs } from './blobs.ts'
import { type Clock, systemClock, trainingClock } from './clock.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import type { Ctx } from './ctx.ts'
import { createDb } from './db.ts'
import { attachEmbedded } from './embedded.ts'
import type { Services } from './http.ts'
import { createLog } from './log.ts'
import { readSecrets } from './secrets.ts'
import { readTrainingClock } from './training.ts'

/** What a process works with, and how to let go of it. `url` is the database's address. */
export type OpenServices = Services & { url: string; close(): Promise<void> }

/** Settings as this process sees them; the training clock, if any, starts now unless the database has it running. */
export function processConfig(env: NodeJS.ProcessEnv = process.env): Config {
  return readConfig(env, systemClock.now())
}

/** Opens everything for web, worker or command line. Throws ConfigError with a sentence when the database is not there. */
export async function openServices(
  name: string,
  config: Config,
  options: { max?: number } = {},
): Promise<OpenServices> {
  const url = await databaseUrl(config)
  const training = config.training ? await readTrainingClock(url) : null
  const clock: Clock = training ? trainingClock(training) : systemClock
  const sessionSecret = config.sessionSecret ?? (await readSecrets(config.dataDir)).sessionSecret
  const db = createDb(url, { name: `motcua ${name}`, max: options.max ?? 10, training: training !== null })
  return {
    url,
    db,
    clock,
    log: createLog(name),
    blobs: openBlobs(config),
    config: { ...config, training, sessionSecret },
    close: () => db.destroy(),
  }
}

/** The platform itself at work: jobs, the command line. */
export function systemCtx(services: Services, name: string): Ctx {
  const { db, clock, log } = services
  return { db, clock, log, actor: { kind: 'system', name } }
}

/** The owner's address of the database to use. Throws ConfigError when it does not answer or is not running. */
export async function databaseUrl(config: Config): Promise<string> {
  if (config.databaseUrl) {
    await checkDatabase(config.databaseUrl)
    return config.databaseUrl
  }
  const embedded = await attachEmbedded(config.dataDir)
  if (embedded) return embedded.url
  throw new ConfigError(`The database of ${config.dataDir} is not running: start the platform with "npm start".`)
}

/** PostgreSQL 15 brought UNIQUE NULLS NOT DISTINCT, which our tables use. */
const OLDEST = 150_000

/** Throws ConfigError with a sentence that names the server but not the password. */
export async function checkDatabase(url: string): Promise<void> {
  if (!/^postgres(ql)?:\/\//u.test(url)) {
    throw new ConfigError('DATABASE_URL must look like postgres://user:password@host:port/database.')
  }
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  const at = `${client.host}:${client.port}`
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string }>(`SELECT current_setting('server_version_num') AS version`)
    if (Number(rows[0]?.version) < OLDEST) throw new ConfigError(`The database at ${at} is older than PostgreSQL 15.`)
  } catch (error) {
    if (error instanceof ConfigError) throw error
    const { code, message } = error as { code?: string; message: string }
    throw new ConfigError(`The database at ${at} cannot be used: ${message || code}. Check DATABASE_URL.`)
  } finally {
    await client.end().catch(() => {})
  }
}
