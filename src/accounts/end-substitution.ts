import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { endSessionsUnder } from './session.store.ts'

/**
 * A delegation was taken back: whoever acts under it is signed out, here at once and in other processes within KEPT_MS
 * (session-memory.ts). Joins the caller's transaction; the delegation itself is the caller's, and so is the question of who may.
 */
export async function endSubstitution(ctx: Ctx, input: { delegationId: number }): Promise<void> {
  if (ctx.actor.kind !== 'officer' && ctx.actor.kind !== 'system') throw new Refusal('forbidden', 'officers-only')
  return transact(ctx, inner => endSessionsUnder(inner.db, input.delegationId, ctx.clock.now()))
}
