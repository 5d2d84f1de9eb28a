import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { enqueue } from '#src/platform/queue.ts'
import { until } from './support/crash.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { makeOffice, receiveBirth } from './support/office.ts'
import { runBuilt, type Started } from './support/start.ts'

const DOSSIERS = 40
const DAY = 86_400_000

let folder: string
let database: TestDatabase
let ctx: Ctx
const workers: Started[] = []

/** Births handed in twelve days ago and left lying: every rule about steps and dossiers that looks back is due for each of them. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'motcua-watch-'))
  database = await testDatabase()
  const office = await makeOffice(database.db, new Date(Date.now() - 12 * DAY).toISOString())
  for (let i = 0; i < DOSSIERS; i += 1) await receiveBirth(office.as('intake'))
  ctx = office.system
}, 120_000)

afterAll(async () => {
  for (const worker of workers) await worker.stop('SIGKILL')
  await database.close()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

async function startWorker(): Promise<Started> {
  const worker = await runBuilt('worker', { DATA_DIR: folder, DATABASE_URL: database.url, CLOCK: '' })
  workers.push(worker)
  await worker.printed('worker is working')
  return worker
}

const count = async (text: string): Promise<number> => {
  const [row] = await run<{ n: number }>(database.owner, `SELECT count(*)::int AS n FROM ${text}`, [])
  return row?.n ?? 0
}
const waiting = `pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'INSERT INTO%'`

test('two workers look at the same time and one is killed in the middle: every rule fires once, and everyone is told once', async () => {
  const [first] = [await startWorker(), await startWorker()]
  await database.owner.transaction().execute(async held => {
    // Nobody can be told, so both stand in the middle of it: one waits for this lock, the other for what the first has written.
    await run(held, 'LOCK TABLE officer_notice IN ACCESS EXCLUSIVE MODE', [])
    for (let i = 0; i < 8; i += 1) await enqueue(ctx, 'detect-delays', { turn: i })
    // One worker does four jobs at once: five are not of one alone.
    await until('both workers to be at it', async () => (await count(waiting)) >= 5)
    await first?.stop('SIGKILL')
  })
  const fired = `dossier_alert WHERE rule_key IN
    ('step-late', 'step-late-leader', 'step-late-above', 'dossier-late', 'dossier-late-leader', 'dossier-late-above', 'dossier-late-director')`
  await until('the other worker to have finished', async () => (await count(fired)) === 7 * DOSSIERS)
  await startWorker()
  await enqueue(ctx, 'detect-delays', {}, { key: 'once-more' })
  await until('the last look', async () => (await count(`graphile_worker.jobs WHERE key = 'once-more'`)) === 0)

  expect(await count('dossier_alert')).toBe(7 * DOSSIERS)
  const [told] = await run<{ people: number; notices: number }>(
    database.owner,
    `SELECT (SELECT count(DISTINCT (dossier_id, key, t))::int FROM dossier_alert, unnest(told) t) AS people,
            (SELECT count(*)::int FROM officer_notice WHERE kind IN ('step-late', 'dossier-late', 'escalated')) AS notices`,
    [],
  )
  expect(told?.notices).toBe(told?.people)
  // Two leaders and the director, of the step and of the dossier, though seven rules reach them.
  expect(told?.notices).toBe(6 * DOSSIERS)
}, 120_000)
