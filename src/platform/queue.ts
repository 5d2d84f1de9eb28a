import { Logger, run, type TaskList } from 'graphile-worker'
import type { Ctx } from './ctx.ts'
import { createPool, run as sql } from './db.ts'
import type { Log } from './log.ts'
import { isoLocal } from './text.ts'

/** Does one job. May run more than once (a crash before it is marked done), so it does nothing twice. */
export type Task = (payload: unknown, ctx: Ctx) => Promise<void>
/** A job that comes again: `next` gives the first instant after `after` at which it is to run. */
export type Schedule = { task: string; next: (after: Date) => Date /** And when a worker starts. */; atStart?: boolean }

const DAY_MS = 86_400_000

/** A job for every night at a time of day in Vietnam: `nightly('anchor-ledger', '00:15')`. */
export function nightly(task: string, time: string): Schedule {
  const next = (after: Date) => {
    const today = new Date(`${isoLocal(after).slice(0, 10)}T${time}:00+07:00`)
    return today > after ? today : new Date(today.getTime() + DAY_MS)
  }
  return { task, next }
}

const MINUTE_MS = 60_000

/** A job for the beginning of every minute. */
export function everyMinute(task: string): Schedule {
  return { task, next: after => new Date((Math.floor(after.getTime() / MINUTE_MS) + 1) * MINUTE_MS) }
}

/**
 * Puts a job in the queue inside the caller's transaction: it exists exactly when the facts that ask for it do.
 * With a `key` there is one waiting job of that key, and a later call replaces it. `runAt` is not before which.
 */
export async function enqueue(
  ctx: Ctx,
  task: string,
  payload: object,
  options: { key?: string; runAt?: Date } = {},
): Promise<void> {
  await sql(
    ctx.db,
    `SELECT FROM graphile_worker.add_job($1, payload := $2::json, run_at := $3::timestamptz, job_key := $4::text)`,
    [task, JSON.stringify(payload), options.runAt ?? null, options.key ?? null],
  )
}

/** Workers on one process: `stop` lets running jobs finish; `ended` settles when the queue stops by itself or by `stop`. */
export type RunningQueue = { stop(): Promise<void>; ended: Promise<void> }

/** Works on the queue until stopped. `url` may be any user who is a member of the app role. */
export async function runQueue(
  ctx: Ctx,
  options: { url: string; tasks: Record<string, Task>; schedules: readonly Schedule[]; concurrency?: number },
): Promise<RunningQueue> {
  const concurrency = options.concurrency ?? 4
  const { training } = ctx.clock
  const pgPool = createPool(options.url, { training: training !== null, name: 'motcua queue', max: concurrency + 2 })
  for (const schedule of options.schedules) {
    await enqueueNext(ctx, schedule)
    if (schedule.atStart) await enqueue(ctx, schedule.task, {}, { key: `start:${schedule.task}` })
  }
  const runner = await run({
    pgPool,
    concurrency,
    noHandleSignals: true,
    // Jobs for now are announced; jobs for later are found by looking, on a training clock at least once a simulated minute.
    pollInterval: training ? Math.min(2_000, Math.max(100, 60_000 / training.speed)) : 2_000,
    // What comes by the clock is in `schedules`, which follow the training clock too.
    parsedCronItems: [],
    logger: queueLogger(ctx.log),
    taskList: taskList(ctx, options.tasks, options.schedules),
  })
  const ended = runner.promise.finally(() => pgPool.end())
  return {
    ended,
    stop: async () => {
      await runner.stop()
      await ended
    },
  }
}

/** What the queue calls information is about itself. */
function queueLogger(log: Log): Logger {
  const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const
  return new Logger(() => (level, message) => log[levels[level]](message))
}

function taskList(ctx: Ctx, tasks: Record<string, Task>, schedules: readonly Schedule[]): TaskList {
  const list: TaskList = {}
  for (const [name, task] of Object.entries(tasks)) {
    const schedule = schedules.find(entry => entry.task === name)
    list[name] = async (payload, { job }) => {
      const log: Log = ctx.log.child({ task: name, job: job.id })
      await task(payload, { ...ctx, log })
      if (schedule && job.key === scheduleKey(name)) await enqueueNext(ctx, schedule)
    }
  }
  return list
}

const scheduleKey = (task: string) => `schedule:${task}`

async function enqueueNext(ctx: Ctx, { task, next }: Schedule): Promise<void> {
  await enqueue(ctx, task, {}, { key: scheduleKey(task), runAt: next(ctx.clock.now()) })
}
