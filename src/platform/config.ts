import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TrainingClock } from './clock.ts'

/** Where package.json is, from the sources and from dist/ alike: migrations and demo data are found from here. */
export const packageRoot = findRoot(dirname(fileURLToPath(import.meta.url)))

function findRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : findRoot(dirname(folder))
}

/** What can be set from outside; all of it is listed in the README. */
export type Config = {
  port: number
  dataDir: string
  /** A PostgreSQL of the operator's; undefined = the embedded one in dataDir. */
  databaseUrl: string | undefined
  /** `s3://key:secret@host:port/bucket` (https unless `?tls=off`); undefined = a folder in dataDir. */
  blobUrl: string | undefined
  sessionSecret: string | undefined
  training: TrainingClock | null
  /** Whether a first start loads the demo province: on the embedded database unless told otherwise, else only when asked to. */
  demo: boolean
  /** Where citizens reach this installation: printed in QR codes. */
  publicUrl: string
}

/** A setting that cannot be used, said in a sentence; the doors print it and exit with 1. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** Reads the environment. Throws ConfigError with a sentence the operator can act on. */
export function readConfig(env: NodeJS.ProcessEnv, startedAt: Date): Config {
  const port = Number(env.PORT || 8080)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ConfigError(`PORT must be a number from 0 to 65535, not "${env.PORT}".`)
  }
  const training = readTraining(env, startedAt)
  if (training && env.DATABASE_URL) {
    throw new ConfigError('CLOCK is for training on the embedded database only: unset CLOCK or DATABASE_URL.')
  }
  const base = resolve(env.DATA_DIR || './data')
  return {
    port,
    // Practice never touches the real folder: its dossiers carry invented dates.
    dataDir: training ? join(base, 'training') : base,
    databaseUrl: env.DATABASE_URL || undefined,
    blobUrl: env.BLOB_URL || undefined,
    sessionSecret: env.SESSION_SECRET || undefined,
    training,
    demo: readSwitch('DEMO', env.DEMO, !env.DATABASE_URL),
    publicUrl: (env.PUBLIC_URL || `http://localhost:${port}`).replace(/\/+$/u, ''),
  }
}

function readSwitch(name: string, value: string | undefined, unset: boolean): boolean {
  if (!value) return unset
  if (value === 'on' || value === 'off') return value === 'on'
  throw new ConfigError(`${name} must be "on" or "off", not "${value}".`)
}

function readTraining(env: NodeJS.ProcessEnv, realStart: Date): TrainingClock | null {
  if (!env.CLOCK) {
    if (env.CLOCK_SPEED) throw new ConfigError('CLOCK_SPEED needs CLOCK, the instant to start from.')
    return null
  }
  const simStart = new Date(env.CLOCK)
  if (Number.isNaN(simStart.getTime()) || !/(Z|[+-]\d\d:\d\d)$/u.test(env.CLOCK)) {
    throw new ConfigError(
      `CLOCK must be an instant with its offset such as 2026-03-02T08:00+07:00, not "${env.CLOCK}".`,
    )
  }
  const speed = Number(env.CLOCK_SPEED || 1)
  if (!(speed > 0 && speed <= 100_000)) {
    throw new ConfigError(`CLOCK_SPEED must be a number above 0 and at most 100000, not "${env.CLOCK_SPEED}".`)
  }
  return { simStart, realStart, speed }
}
