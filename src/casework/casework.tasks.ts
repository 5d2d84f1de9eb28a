import type { Task } from '#src/platform/queue.ts'
import { type Recomputation, recomputeDeadlines } from './recompute-deadlines.ts'

export const caseworkTasks: Record<string, Task> = {
  'recompute-deadlines': async (payload, ctx) => {
    const total = await recomputeDeadlines(
      { ...ctx, actor: { kind: 'system', name: 'calendar' } },
      payload as Recomputation,
    )
    ctx.log.info(total, 'deadlines recomputed')
  },
}
