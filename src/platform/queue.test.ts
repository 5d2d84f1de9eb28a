import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { fixedClock, systemClock } from './clock.ts'
import type { Ctx } from './ctx.ts'
import { transact } from './db.ts'
import { silentLog } from './log.ts'
import { enqueue, runQueue, type Task } from './queue.ts'

let database: TestDatabase
let ctx: Ctx
beforeAll(async () => {
  database = await testDatabase()
  ctx = { db: database.db, clock: systemClock, actor: { kind: 'system', name: 'test' }, log: silentLog }
})
afterAll(() => database.close())

const jobs = async () => {
  const rows = await database.owner
    .selectFrom('graphile_worker.jobs' as never)
    .select(['task_identifier', 'key', 'run_at', 'attempts'] as never)
    .execute()
  return rows as { task_identifier: string; key: string | null; run_at: Date; attempts: number }[]
}

/** Runs the queue until `count` jobs were done. */
async function work(count: number, task: Task, schedules: Parameters<typeof runQueue>[1]['schedules'] = []) {
  const done: unknown[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const tasks: Record<string, Task> = {
    greet: async (payload, taskCtx) => {
      await task(payload, taskCtx)
      done.push(payload)
      if (done.length === count) resolve()
    },
  }
  const queue = await runQueue(ctx, { url: database.url, tasks, schedules })
  await promise
  await queue.stop()
  return done
}

test('a job exists exactly when the transaction that asked for it is committed', async () => {
  await transact(ctx, inner => enqueue(inner, 'greet', { name: 'Lan' }))
  await transact(ctx, async inner => {
    await enqueue(inner, 'greet', { name: 'Minh' })
    throw new Error('no')
  }).catch(() => {})
  expect(await work(1, async () => {})).toEqual([{ name: 'Lan' }])
  expect(await jobs()).toEqual([])
})

test('of one key only the last waiting job runs', async () => {
  await enqueue(ctx, 'greet', { turn: 1 }, { key: 'once' })
  await enqueue(ctx, 'greet', { turn: 2 }, { key: 'once' })
  expect(await work(1, async () => {})).toEqual([{ turn: 2 }])
})

test('a job for later waits, and one that fails is tried again', async () => {
  const runAt = new Date(Date.now() + 3_600_000)
  await enqueue(ctx, 'greet', {}, { runAt, key: 'later' })
  let calls = 0
  await enqueue(ctx, 'greet', { now: true })
  await work(1, async () => {
    calls += 1
    if (calls === 1) throw new Error('the partner was away')
  })
  expect(calls).toBe(2)
  expect((await jobs()).map(job => [job.key, job.run_at])).toEqual([['later', runAt]])
})

test('a scheduled job runs and is put in the queue again for its next time', async () => {
  const tomorrow = new Date(Date.now() + 86_400_000)
  let first = true
  const next = () => {
    const at = first ? new Date() : tomorrow
    first = false
    return at
  }
  await work(1, async () => {}, [{ task: 'greet', next }])
  const waiting = (await jobs()).filter(job => job.key === 'schedule:greet')
  expect(waiting.map(job => job.run_at)).toEqual([tomorrow])
})

test('a task is given the time and the platform itself as actor', async () => {
  const at = new Date('2026-03-02T01:00:00Z')
  ctx = { ...ctx, clock: fixedClock(at) }
  await enqueue(ctx, 'greet', {})
  await work(1, async (_, taskCtx) => {
    expect([taskCtx.clock.now(), taskCtx.actor.kind]).toEqual([at, 'system'])
  })
})
