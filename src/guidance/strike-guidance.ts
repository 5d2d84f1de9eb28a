import { randomUUID } from 'node:crypto'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { doOnce } from '#src/platform/once.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { markStruck } from './guidance.store.ts'
import { guidanceReaders, mayStrike, type StrikeGuidance } from './guidance.ts'
import { getGuidance } from './guidance-list.query.ts'

/**
 * Strikes out a guidance noted by mistake, with a reason; it stays in the log and no longer counts from now on. Its writer does, or a
 * leader of the agency. Throws `officers-only`, `role-not-allowed`, `guidance-not-found`, `guidance-struck`.
 */
export async function strikeGuidance(
  ctx: Ctx,
  input: StrikeGuidance & { id: number },
  commandId: string = randomUUID(),
): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'officer') throw new Refusal('forbidden', 'officers-only')
  if (!guidanceReaders.includes(actor.role)) throw new Refusal('forbidden', 'role-not-allowed')
  await doOnce(ctx, { id: commandId, asked: ['strike-guidance', input] }, async inner => {
    const found = await getGuidance(inner, input.id)
    if (!mayStrike(actor, { ...found, struck: null })) throw new Refusal('forbidden', 'role-not-allowed')
    if (found.struck) throw new Refusal('conflict', 'guidance-struck')
    // Another machine's clock may be a moment ahead of this one's.
    const at = new Date(Math.max(ctx.clock.now().getTime(), found.at.getTime()))
    if (!(await markStruck(inner.db, { id: found.id, reason: input.reason, by: actor.accountId, at }))) {
      throw new Refusal('conflict', 'guidance-struck')
    }
    await audit(inner, {
      action: 'strike-guidance',
      subject: `guidance:${found.id}`,
      detail: { agency: found.agency.id, writtenBy: found.officer.accountId, reason: input.reason },
    })
    return { id: found.id }
  })
}
