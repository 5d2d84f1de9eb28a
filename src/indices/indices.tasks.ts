import type { Schedule, Task } from '#src/platform/queue.ts'
import { rateDossiers } from './rate-dossiers.ts'

export const indicesTasks: Record<string, Task> = {
  'rate-dossiers': async (_, ctx) => {
    const { rated } = await rateDossiers({ ...ctx, actor: { kind: 'system', name: 'rating' } })
    if (rated > 0) ctx.log.info({ rated }, 'dossiers rated')
  },
}

const HOUR_MS = 3_600_000

/** With the worker, then at every full hour: ratings are for a quarter, not for the minute. */
export const indicesSchedules: readonly Schedule[] = [
  {
    task: 'rate-dossiers',
    next: after => new Date((Math.floor(after.getTime() / HOUR_MS) + 1) * HOUR_MS),
    atStart: true,
  },
]
