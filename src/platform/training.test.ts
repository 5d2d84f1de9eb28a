import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { testDatabase } from '#test/support/database.ts'
import { type Clock, trainingClock } from './clock.ts'
import type { Ctx } from './ctx.ts'
import { createDb, type Db } from './db.ts'
import { silentLog } from './log.ts'
import { migrate } from './migrate.ts'
import { enqueue, runQueue } from './queue.ts'
import { readTrainingClock } from './training.ts'

const simStart = new Date('2026-03-02T08:00:00+07:00')
/** An hour of practice in a second. */
const speed = 3_600

let url: string
let admin: pg.Client
let db: Db
let clock: Clock
beforeAll(async () => {
  const address = new URL(inject('templateUrl'))
  address.pathname = '/postgres'
  admin = new pg.Client({ connectionString: address.href })
  await admin.connect()
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await admin.query(`CREATE DATABASE ${name}`)
  address.pathname = `/${name}`
  url = address.href
  await migrate(url, { simStart, realStart: new Date(), speed })
  clock = trainingClock(await readTrainingClock(url))
  db = createDb(url, { training: true })
})
afterAll(async () => {
  await db.destroy()
  await admin.query(`DROP DATABASE ${new URL(url).pathname.slice(1)} WITH (FORCE)`)
  await admin.end()
})

test('SQL and the processes read the same simulated time', async () => {
  const row = await db.selectNoFrom(eb => eb.fn<Date>('now', []).as('now')).executeTakeFirstOrThrow()
  expect(Math.abs(row.now.getTime() - clock.now().getTime())).toBeLessThan(speed * 500)
  expect(clock.now().getTime()).toBeGreaterThan(simStart.getTime())
})

test('a job for one simulated hour later runs after one hour of practice, not before', async () => {
  const ctx: Ctx = { db, clock, actor: { kind: 'system', name: 'test' }, log: silentLog }
  const asked = clock.now()
  const runAt = new Date(asked.getTime() + 3_600_000)
  await enqueue(ctx, 'remind', {}, { runAt })
  await enqueue(ctx, 'remind', { now: true })
  const ran: Date[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const remind = async (_: unknown, taskCtx: Ctx) => {
    ran.push(taskCtx.clock.now())
    if (ran.length === 2) resolve()
  }
  const queue = await runQueue(ctx, { url, tasks: { remind }, schedules: [] })
  await promise
  await queue.stop()
  expect(ran[0]?.getTime()).toBeLessThan(runAt.getTime())
  expect(ran[1]?.getTime()).toBeGreaterThanOrEqual(runAt.getTime())
  expect(ran[1]?.getTime()).toBeLessThan(runAt.getTime() + 2 * 3_600_000)
})

test('the queue writes simulated time into its own columns', async () => {
  const ctx: Ctx = { db, clock, actor: { kind: 'system', name: 'test' }, log: silentLog }
  await enqueue(ctx, 'later', {}, { runAt: new Date('2030-01-01') })
  const { rows } = await sql<{ created_at: Date }>`SELECT created_at FROM graphile_worker._private_jobs`.execute(db)
  expect(rows).toHaveLength(1)
  expect(Math.abs((rows[0]?.created_at.getTime() ?? 0) - clock.now().getTime())).toBeLessThan(speed * 2_000)
})

test('a database filled by one kind of clock refuses the other', async () => {
  await expect(migrate(url)).rejects.toThrow('filled by a training clock')
  const real = await testDatabase()
  await expect(migrate(real.url, { simStart, realStart: new Date(), speed })).rejects.toThrow('real dossiers')
  const left = await sql`SELECT FROM pg_namespace WHERE nspname = 'training'`.execute(real.owner)
  expect(left.rows).toHaveLength(0)
  await real.close()
})
