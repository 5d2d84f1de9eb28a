import type { Ctx } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { markRead, type Which } from './notice.store.ts'

/** Marks one's own notices read: one, or all that were shown; what came since stays unread. Throws Refusal for who is no officer. */
export function markNoticesRead({ actor, ...ctx }: Ctx, which: Which): Promise<number> {
  if (actor.kind !== 'officer') throw new Refusal('forbidden', 'officers-only')
  return markRead({ ...ctx, actor }, actor.accountId, which)
}
