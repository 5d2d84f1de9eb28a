import type { Ctx } from '#src/platform/ctx.ts'
import { everyMinute, type Schedule, type Task } from '#src/platform/queue.ts'
import { detectDelays } from './detect-delays.ts'
import { draftApologies } from './draft-apologies.ts'
import { recordSilences } from './record-silences.ts'

/** Each a job of its own: what stops one does not hold up the others. */
export const watchTasks: Record<string, Task> = {
  'detect-delays': async (_, ctx) => tell(ctx, 'delays', await detectDelays(watching(ctx))),
  'record-silences': async (_, ctx) => tell(ctx, 'silences', await recordSilences(watching(ctx))),
  'draft-apologies': async (_, ctx) => tell(ctx, 'apologies', await draftApologies(watching(ctx))),
}

export const watchSchedules: readonly Schedule[] = Object.keys(watchTasks).map(everyMinute)

const watching = (ctx: Ctx): Ctx => ({ ...ctx, actor: { kind: 'system', name: 'watch' } })

function tell(ctx: Ctx, what: string, counts: Record<string, number>): void {
  if (Object.values(counts).some(count => count > 0)) ctx.log.info(counts, what)
}
