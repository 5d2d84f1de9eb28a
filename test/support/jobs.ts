import { familiesTasks } from '#src/families/families.tasks.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'

export type Job = { task: string; payload: unknown }

/** Takes the waiting jobs about families out of the queue, in the order they came. */
export async function takeJobs({ db }: Ctx): Promise<Job[]> {
  return run<Job>(
    db,
    `WITH gone AS (
       DELETE FROM graphile_worker._private_jobs j USING graphile_worker._private_tasks t
       WHERE t.id = j.task_id AND t.identifier = ANY ($1) RETURNING j.id, t.identifier AS task, j.payload)
     SELECT task, payload FROM gone ORDER BY id`,
    [Object.keys(familiesTasks)],
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
