import type { Ctx } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { deleteExpiredSessions } from './session.store.ts'

/** Removes sessions that have run out; sign-ins themselves stay in the audit. Returns how many. */
export async function removeExpiredSessions(ctx: Ctx): Promise<number> {
  if (ctx.actor.kind !== 'system') throw new Refusal('forbidden', 'role-not-allowed')
  return deleteExpiredSessions(ctx.db, ctx.clock.now())
}
