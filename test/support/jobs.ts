import { familiesTasks } from '#src/families/families.tasks.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'

export type Job = { task: string; payload: unknown }

/** Takes the waiting jobs out of the queue, in the order they came. */
export async function takeJobs({ db }: Ctx): Promise<Job[]> {
  return run<Job>(
    db,
    `WITH gone AS (DELETE FROM graphile_worker._private_jobs RETURNING id, task_id, payload)
     SELECT t.identifier AS task, g.payload FROM gone g JOIN graphile_worker._private_tasks t ON t.id = g.task_id
     WHERE $1::boolean ORDER BY g.id`,
    [true],
  )
}

export async function doJob(ctx: Ctx, { task, payload }: Job): Promise<void> {
  const handler = familiesTasks[task]
  if (!handler) throw new Error(`families have no job ${task}`)
  await handler(payload, ctx)
}

/** Does every job about families that waits, and those that follow from them. */
export async function workOff(ctx: Ctx): Promise<void> {
  for (let jobs = await takeJobs(ctx); jobs.length > 0; jobs = await takeJobs(ctx)) {
    for (const job of jobs) await doJob(ctx, job)
  }
}
