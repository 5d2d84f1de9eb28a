import { randomBytes } from 'node:crypto'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError } from './config.ts'

/** What an installation makes up for itself once; kept in `<dataDir>/secrets.json`, readable by its owner only. */
export type Secrets = { postgresPassword: string; sessionSecret: string }

/** The secrets of a data folder, made on first use. Throws ConfigError when the file is lost or unreadable. */
export async function readSecrets(dataDir: string): Promise<Secrets> {
  const file = join(dataDir, 'secrets.json')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text !== undefined) return parse(file, text)
  if (await stat(join(dataDir, 'postgres')).catch(() => undefined)) {
    throw new ConfigError(`${file} cannot be read, and the database beside it cannot be opened without: restore it.`)
  }
  const made: Secrets = {
    postgresPassword: randomBytes(24).toString('base64url'),
    sessionSecret: randomBytes(32).toString('base64url'),
  }
  await mkdir(dataDir, { recursive: true })
  try {
    await writeFile(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
    return made
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return parse(file, await readFile(file, 'utf8'))
  }
}

function parse(file: string, text: string): Secrets {
  try {
    const { postgresPassword, sessionSecret } = JSON.parse(text) as Partial<Secrets>
    if (postgresPassword && sessionSecret) return { postgresPassword, sessionSecret }
  } catch {
    // Said below.
  }
  throw new ConfigError(`${file} is damaged: restore it.`)
}
