import { nightly, type Schedule, type Task } from '#src/platform/queue.ts'
import { adoptDossiers } from './adopt-dossiers.ts'
import { type Recomputation, recomputeDeadlines } from './recompute-deadlines.ts'

export const caseworkTasks: Record<string, Task> = {
  'recompute-deadlines': async (payload, ctx) => {
    const total = await recomputeDeadlines(
      { ...ctx, actor: { kind: 'system', name: 'calendar' } },
      payload as Recomputation,
    )
    ctx.log.info(total, 'deadlines recomputed')
  },
  'adopt-dossiers': async (_, ctx) => {
    const adopted = await adoptDossiers({ ...ctx, actor: { kind: 'system', name: 'upgrade' } })
    if (adopted > 0) ctx.log.info({ adopted }, 'dossiers put on the general process')
  },
}

export const caseworkSchedules: readonly Schedule[] = [{ ...nightly('adopt-dossiers', '00:45'), atStart: true }]
