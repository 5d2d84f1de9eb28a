import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { attachEmbedded, startEmbedded } from './embedded.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'motcua-embedded-'))
})
afterEach(async () => {
  await (await attachEmbedded(dataDir))?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const start = () => startEmbedded(dataDir, { fsync: false })

async function query(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('starts in an empty folder, and starting again keeps the data', async () => {
  const first = await start()
  expect(first.started).toBe(true)
  await query(first.url, `CREATE TABLE kept AS SELECT 'Đồng Tháp' AS name`)
  await first.stop()
  expect(await attachEmbedded(dataDir)).toBeUndefined()
  const second = await start()
  expect(await query(second.url, 'SELECT name FROM kept')).toEqual([{ name: 'Đồng Tháp' }])
})

test('a second one attaches to the first instead of starting beside it', async () => {
  const [first, second] = await Promise.all([start(), start()])
  expect([first.started, second.started].sort()).toEqual([false, true])
  expect(second.pid).toBe(first.pid)
  expect((await attachEmbedded(dataDir))?.url).toBe(first.url)
})

test('keeps what was committed when PostgreSQL was killed, and starts over its remains', async () => {
  const first = await start()
  await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS one')
  process.kill(first.pid, 'SIGKILL')
  const second = await start()
  expect(second.started).toBe(true)
  expect(await query(second.url, 'SELECT one FROM kept')).toEqual([{ one: 1 }])
})

test('a process number left behind that now belongs to another program is no obstacle', async () => {
  const first = await start()
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid')
  const left = await readFile(pidFile, 'utf8')
  await first.stop()
  await writeFile(pidFile, left.replace(/^\d+/u, String(process.pid)))
  expect((await start()).started).toBe(true)
})

test('the password lies in a file only its owner can read, and without it nobody enters', async () => {
  const { url } = await start()
  expect((await stat(join(dataDir, 'secrets.json'))).mode & 0o077).toBe(0)
  expect((await stat(join(dataDir, 'postgres'))).mode & 0o077).toBe(0)
  const wrong = new URL(url)
  wrong.password = 'wrong'
  await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
})

test('runs as nobody’s root, in UTC, in UTF-8, on this machine only', async () => {
  const { url, pid } = await start()
  const [settings] = await query(
    url,
    `SELECT current_setting('TimeZone') AS zone, current_setting('server_encoding') AS encoding,
            current_setting('listen_addresses') AS addresses, lower('ĐỒNG THÁP') AS lower`,
  )
  expect(settings).toEqual({ zone: 'UTC', encoding: 'UTF8', addresses: '127.0.0.1', lower: 'đồng tháp' })
  expect(execFileSync('ps', ['-o', 'user=', '-p', String(pid)], { encoding: 'utf8' }).trim()).not.toBe('root')
})

test('a folder made by another version of PostgreSQL is refused in a sentence', async () => {
  await (await start()).stop()
  await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '16\n')
  await expect(start()).rejects.toThrow(/was made by PostgreSQL 16, and this release ships PostgreSQL 18/u)
  await expect(start()).rejects.toMatchObject({ name: 'ConfigError' })
})

test('a folder whose secrets are lost is refused in a sentence', async () => {
  await (await start()).stop()
  await rm(join(dataDir, 'secrets.json'))
  await expect(start()).rejects.toThrow(/secrets\.json cannot be read.*restore it/u)
})
