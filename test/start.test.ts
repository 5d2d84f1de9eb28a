import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createDb } from '#src/platform/db.ts'
import { attachEmbedded, freePort } from '#src/platform/embedded.ts'
import { runBuilt, type Started } from './support/start.ts'

let folder: string
let port: number
const running: Started[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'motcua-start-'))
  port = await freePort()
})
afterEach(async () => {
  for (const started of running.splice(0)) await started.stop()
})
afterAll(async () => {
  await (await attachEmbedded(folder).catch(() => undefined))?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function run(name: string, env: NodeJS.ProcessEnv = {}, args: string[] = []): Promise<Started> {
  const started = await runBuilt(name, { DATA_DIR: folder, PORT: String(port), DEMO: 'off', ...env }, args)
  running.push(started)
  return started
}

const get = async (path: string) => (await fetch(`http://localhost:${port}${path}`)).status

describe('npm start', () => {
  test('serves, stops cleanly when told to, and starts again on the same data within seconds', async () => {
    const first = await run('start')
    await first.printed(`is ready at http://localhost:${port}`)
    expect(await get('/readyz')).toBe(200)
    expect(await get('/assets/app.css')).toBe(200)
    const { url } = (await attachEmbedded(folder)) as { url: string }
    expect(await first.stop()).toBe(0)
    expect(await attachEmbedded(folder)).toBeUndefined()
    expect(first.output()).not.toMatch(/has stopped|Error/u)

    const began = performance.now()
    const second = await run('start')
    await second.printed('is ready at')
    expect(performance.now() - began).toBeLessThan(15_000)
    const again = (await attachEmbedded(folder)) as { url: string }
    expect(new URL(again.url).password).toBe(new URL(url).password)
    expect(await second.stop('SIGINT')).toBe(0)
  }, 60_000)

  test('says so and stops everything when the database is gone', async () => {
    const started = await run('start')
    await started.printed('is ready at')
    const server = await attachEmbedded(folder)
    process.kill(server?.pid as number, 'SIGKILL')
    expect(await started.ended).toBe(1)
    expect(started.output()).toContain('The database has stopped.')
  }, 60_000)

  test('does not start twice on one data folder', async () => {
    const first = await run('start')
    await first.printed('is ready at')
    const second = await run('start', { PORT: String(await freePort()) })
    expect(await second.ended).toBe(1)
    expect(second.output()).toContain(`The platform is already running on ${folder}`)
    expect(await get('/readyz')).toBe(200)
    const cli = await run('cli', {}, ['migrate'])
    expect(await cli.ended).toBe(0)
    expect(cli.output()).toContain('The database is up to date.')
    expect(await get('/readyz')).toBe(200)
  }, 60_000)
})

describe('with a training clock', () => {
  const clock = { CLOCK: '2026-03-02T08:00+07:00', CLOCK_SPEED: '60' }
  const sqlTime = async (url: string) => {
    const db = createDb(url, { training: true, max: 1 })
    const { rows } = await sql<{ now: Date; clock: string }>`SELECT now(), clock FROM installation`.execute(db)
    await db.destroy()
    return rows[0] as { now: Date; clock: string }
  }

  test('everything starts at that instant, in a data folder of its own', async () => {
    const started = await run('start', clock)
    await started.printed('is ready at')
    expect(started.output()).toContain('it is 2026-03-02T08:00:00+07:00, and time runs 60 times as fast')
    const cli = await run('cli', { ...clock, LOG_LEVEL: 'silent' }, ['database-url'])
    expect(await cli.ended).toBe(0)
    const url = cli.output().trim()
    expect(url).toBe((await attachEmbedded(join(folder, 'training')))?.url)
    const first = await sqlTime(url)
    expect(first.clock).toBe('training')
    expect(first.now.getTime() - Date.parse('2026-03-02T08:00:00+07:00')).toBeLessThan(30 * 60_000)
    await setTimeout(500)
    expect((await sqlTime(url)).now.getTime() - first.now.getTime()).toBeGreaterThan(29_000)
    expect(await get('/readyz')).toBe(200)
    expect(await started.stop()).toBe(0)
  }, 60_000)
})

describe('one sentence and exit code 1 when', () => {
  let taken: Server
  beforeAll(async () => {
    taken = createServer()
    await new Promise<void>(resolve => taken.listen(0, resolve))
  })
  afterAll(() => new Promise(resolve => taken.close(resolve)))

  const complains = async (env: NodeJS.ProcessEnv, sentence: string) => {
    const started = await run('start', env)
    expect(await started.ended).toBe(1)
    const lines = started
      .output()
      .trim()
      .split('\n')
      .filter(line => !line.startsWith('Starting PostgreSQL'))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(sentence)
  }

  test('the port is taken', async () => {
    const { port } = taken.address() as { port: number }
    await complains({ PORT: String(port) }, `Port ${port} is taken by another program`)
  })

  test('a setting cannot be used', () => complains({ PORT: 'http' }, 'PORT must be a number'))

  test('the database is down', async () => {
    const url = `postgres://motcua:secret@127.0.0.1:${await freePort()}/motcua`
    await complains({ DATABASE_URL: url }, 'cannot be used: connect ECONNREFUSED')
  })

  test('the data folder is of another version of PostgreSQL', async () => {
    const old = await mkdtemp(join(folder, 'old-'))
    const server = await run('cli', { DATA_DIR: old }, ['migrate'])
    expect(await server.ended).toBe(0)
    await writeFile(join(old, 'postgres', 'PG_VERSION'), '15\n')
    await complains({ DATA_DIR: old }, 'was made by PostgreSQL 15, and this release ships PostgreSQL 18')
  })

  test('a training clock is asked for on a database of the operator’s', () =>
    complains({ CLOCK: '2026-03-02T08:00+07:00', DATABASE_URL: 'postgres://x/y' }, 'CLOCK is for training'))
})
