import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { access, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { platform } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { ConfigError } from './config.ts'
import { type Binaries, call, findBinaries, findRunAs, isRoot, postgresUser, type RunAs } from './postgres-binaries.ts'
import { readSecrets } from './secrets.ts'

/** A PostgreSQL that ships with the platform and keeps its files in `<dataDir>/postgres`. */
export type Embedded = {
  /** Connects as the owner of everything to the database `motcua`. */
  url: string
  /** The server's process. */
  pid: number
  /** False when it was running before: another process of ours started it and will stop it. */
  started: boolean
  /** Ends the server cleanly, whoever started it. */
  stop(): Promise<void>
}

type Server = { dir: string; dataDir: string; binaries: Binaries; runAs: RunAs }

const OWNER = 'motcua'
const exec = promisify(execFile)

/**
 * Starts the database in `<dataDir>/postgres` (made when missing), or attaches to it when it is running already.
 * Throws ConfigError with a sentence when this machine or this folder cannot do it.
 */
export async function startEmbedded(dataDir: string, options: { fsync?: boolean } = {}): Promise<Embedded> {
  const binaries = await findBinaries()
  await mkdir(dataDir, { recursive: true, mode: isRoot() ? 0o755 : 0o700 })
  const runAs = await findRunAs(binaries, dataDir)
  const server = { dir: join(dataDir, 'postgres'), dataDir, binaries, runAs }
  await readSecrets(dataDir)
  const made = await versionOf(server.dir)
  if (made === undefined) await initialise(server)
  else await refuseOtherVersion(server, made)
  for (let attempt = 1; ; attempt += 1) {
    const running = await attachEmbedded(dataDir)
    if (running) return running
    try {
      await startServer(server, options.fsync ?? true)
      const port = (await readPidFile(server.dir))?.port
      await createDatabase(dataDir, port as number)
      return { ...((await attachEmbedded(dataDir)) as Embedded), started: true }
    } catch (error) {
      // The port was taken meanwhile, another process was starting the same server, or the last backends of a
      // killed server are still leaving: all of them pass.
      if (attempt >= 5) throw error
      await sleep(attempt * 300)
    }
  }
}

/** The running database of this data folder; undefined when it is not running. Waits while it starts or stops. */
export async function attachEmbedded(dataDir: string): Promise<Embedded | undefined> {
  const dir = join(dataDir, 'postgres')
  for (let waited = 0; ; waited += 200) {
    const found = await readPidFile(dir)
    if (!found) return undefined
    if (!(await isPostgres(found.pid))) {
      await rm(join(dir, 'postmaster.pid'), { force: true })
      return undefined
    }
    const url = found.port ? await ownerUrl(dataDir, found.port) : undefined
    if (url && (await answers(url))) {
      return { url, pid: found.pid, started: false, stop: () => stopServer(dir, found.pid) }
    }
    if (waited > 120_000) {
      throw new ConfigError(
        `The database in ${dir} (process ${found.pid}) does not answer: see ${join(dir, 'server.log')}.`,
      )
    }
    await sleep(200)
  }
}

async function versionOf(dir: string): Promise<string | undefined> {
  return (await readFile(join(dir, 'PG_VERSION'), 'utf8').catch(() => undefined))?.trim()
}

async function refuseOtherVersion({ dir, dataDir, binaries, runAs }: Server, made: string): Promise<void> {
  const shipped = /(\d+)/u.exec((await call(runAs, binaries.postgres, ['-V'])).stdout)?.[1]
  if (made === shipped) return
  throw new ConfigError(
    `The database in ${dir} was made by PostgreSQL ${made}, and this release ships PostgreSQL ${shipped}: ` +
      `start it with the release that made it, or set DATA_DIR to another folder than ${dataDir}.`,
  )
}

/** Made beside its place and moved there when whole, so that an interrupted first start leaves nothing half-made. */
async function initialise({ dir, dataDir, binaries, runAs }: Server): Promise<void> {
  const { postgresPassword } = await readSecrets(dataDir)
  const fresh = `${dir}.new-${randomUUID()}`
  const passwordFile = `${fresh}.password`
  await mkdir(fresh, { mode: 0o700 })
  await writeFile(passwordFile, `${postgresPassword}\n`, { mode: 0o600 })
  if (isRoot()) {
    const { uid, gid } = await postgresUser()
    await Promise.all([chown(fresh, uid, gid), chown(passwordFile, uid, gid)])
  }
  // The same text order and letter case on every machine, whatever its locales.
  const order = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = [`--username=${OWNER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  try {
    await call(runAs, binaries.initdb, [`--pgdata=${fresh}`, ...order, ...access, '--no-instructions'])
    await rename(fresh, dir).catch(async error => {
      // Another process was first; its folder is as good, since both take the password from secrets.json.
      if ((await versionOf(dir)) === undefined) throw error
    })
  } finally {
    await rm(passwordFile, { force: true })
    await rm(fresh, { recursive: true, force: true })
  }
}

async function startServer({ dir, binaries, runAs }: Server, fsync: boolean): Promise<void> {
  const log = join(dir, 'server.log')
  const settings = {
    listen_addresses: '127.0.0.1',
    port: await freePort(),
    unix_socket_directories: canHoldSocket(dir) ? dir : '""',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Details of a failed statement quote the row: names and numbers of people do not belong in a log.
    log_error_verbosity: 'terse',
    log_parameter_max_length_on_error: 0,
    max_connections: 200,
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    random_page_cost: 1.1,
    fsync: fsync ? 'on' : 'off',
    full_page_writes: fsync ? 'on' : 'off',
  }
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  try {
    await call(runAs, binaries.pg_ctl, ['start', '-D', dir, '-w', '-s', '-t', '300', '-l', log, '-o', flags.join(' ')])
  } catch (error) {
    const tail = (await readFile(log, 'utf8').catch(() => '')).trimEnd().split('\n').slice(-5).join('\n')
    throw new Error(`The embedded PostgreSQL did not start; the end of ${log}:\n${tail}`, { cause: error })
  }
}

async function stopServer(dir: string, pid: number): Promise<void> {
  // SIGINT is PostgreSQL's fast shutdown: it ends sessions, writes everything out and leaves.
  kill(pid, 'SIGINT')
  for (let waited = 0; waited < 60_000; waited += 50) {
    // The file is the last thing to go; a server that was killed leaves it behind.
    if ((await readPidFile(dir))?.pid !== pid || !(await isPostgres(pid))) return
    await sleep(50)
  }
  throw new Error(`The embedded PostgreSQL (process ${pid}) did not stop within a minute.`)
}

function kill(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Lines of postmaster.pid: process, folder, start, port, sockets, address … ; the port is there once it listens. */
async function readPidFile(dir: string): Promise<{ pid: number; port: number | undefined } | undefined> {
  const text = await readFile(join(dir, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number(lines[0])
  return pid > 0 ? { pid, port: Number(lines[3]) || undefined } : undefined
}

/** After a crash or in a new container the number in the file may belong to another program, or to a zombie. */
async function isPostgres(pid: number): Promise<boolean> {
  if (!kill(pid, 0)) return false
  if (platform() === 'win32') return true
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (stat !== undefined) return /^\d+ \(postgres\) [^ZX]/u.test(stat)
  const { stdout } = await exec('ps', ['-o', 'stat=,comm=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  return !stdout.startsWith('Z') && stdout.includes('postgres')
}

async function ownerUrl(dataDir: string, port: number): Promise<string> {
  const { postgresPassword } = await readSecrets(dataDir)
  const url = `postgres://${OWNER}:${postgresPassword}@127.0.0.1:${port}/motcua`
  const dir = join(dataDir, 'postgres')
  // A local socket costs a fraction of a TCP connection to oneself; drivers that do not know `host` use the port.
  const hasSocket = await access(join(dir, `.s.PGSQL.${port}`)).then(
    () => true,
    () => false,
  )
  return hasSocket ? `${url}?host=${encodeURIComponent(dir)}` : url
}

/** A socket's path is at most 107 bytes long on Linux, 103 on macOS, and stands in a list that commas and quotes would break. */
function canHoldSocket(dir: string): boolean {
  return /^\/[\w./-]+$/u.test(dir) && dir.length <= 85
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === '28P01' || code === '28000') {
      throw new ConfigError('The database refuses the password in secrets.json of the data folder: restore that file.')
    }
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function createDatabase(dataDir: string, port: number): Promise<void> {
  const url = (await ownerUrl(dataDir, port)).replace(/\/motcua(?=$|\?)/u, '/postgres')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query(`SELECT FROM pg_database WHERE datname = 'motcua'`)
    if (!rowCount) await client.query('CREATE DATABASE motcua')
  } finally {
    await client.end()
  }
}

/** A port of this machine that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address() as { port: number }
      server.close(() => resolve(address.port))
    })
  })
}
