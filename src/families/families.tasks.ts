import type { ChildOrder } from '#src/casework/record-events.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import type { Task } from '#src/platform/queue.ts'
import { linkBack } from './link-back.ts'
import { openChild } from './open-child.ts'
import { settleFamily } from './settle-family.ts'

/** What one dossier of an interconnected matter means for another is done in one name, so that its commands are known again. */
const family = (ctx: Ctx): Ctx => ({ ...ctx, actor: { kind: 'system', name: 'family' } })

/** Enqueued with the events they follow from, by the casework. */
export const familiesTasks: Record<string, Task> = {
  'open-child': (payload, ctx) => openChild(family(ctx), payload as ChildOrder),
  'settle-family': (payload, ctx) => settleFamily(family(ctx), payload as { dossier: number }),
  'link-back': (payload, ctx) => linkBack(family(ctx), payload as Parameters<typeof linkBack>[1]),
}
