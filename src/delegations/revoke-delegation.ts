import { randomUUID } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { endSubstitution } from '#src/accounts/end-substitution.ts'
import { tellOfficers } from '#src/accounts/tell-officer.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { named } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'
import { doOnce } from '#src/platform/once.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { findDelegation } from './delegation.query.ts'
import { markRevoked } from './delegation.store.ts'
import { type Delegation, mayDecide, maySee } from './delegation.ts'

export const RevokeDelegation = z.strictObject({ reason: named(line(300), 'lý do thu hồi', 'the reason') })
export type RevokeDelegation = z.infer<typeof RevokeDelegation>

/**
 * Takes a delegation back before its time, once for a command id: the substitute is told, signed out and begins
 * again in a place of their own; what they did stays.
 * Throws `delegation-not-found`, `delegation-chain`, `role-not-allowed`, and `delegation-over` when it has ended already.
 */
export async function revokeDelegation(
  ctx: Ctx,
  input: RevokeDelegation & { id: number },
  commandId: string = randomUUID(),
): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'officer' && actor.kind !== 'system') throw new Refusal('forbidden', 'officers-only')
  await doOnce(ctx, { id: commandId, asked: ['revoke-delegation', input] }, async inner => {
    const found = await getDelegation(inner, input.id)
    if (actor.kind === 'officer' && actor.onBehalfOf) throw new Refusal('forbidden', 'delegation-chain')
    const whose = { accountId: found.absent.accountId, agencyId: found.agencyId }
    if (actor.kind === 'officer' && !mayDecide(actor, whose)) throw new Refusal('forbidden', 'role-not-allowed')
    const by = actor.kind === 'officer' ? actor.accountId : null
    const done = await markRevoked(inner.db, { id: found.id, reason: input.reason, by, at: ctx.clock.now() })
    if (!done) throw new Refusal('conflict', 'delegation-over')
    await endSubstitution(inner, { delegationId: found.id })
    await audit(inner, {
      action: 'revoke-delegation',
      subject: `account:${whose.accountId}`,
      detail: { delegation: found.id, to: found.substitute.accountId },
    })
    const { substitute, absent, role, agency } = found
    const params = { absent: absent.name, role, agency, reason: input.reason }
    const told = { kind: 'substitution-ended', key: `substitution-ended:${found.id}`, params }
    await tellOfficers(inner, [{ ...told, accountId: substitute.accountId }])
    return { id: found.id }
  })
}

/** Throws `delegation-not-found` also for one that is not the officer's to know of. */
export async function getDelegation({ db, actor }: Ctx, id: number): Promise<Delegation> {
  const found = await findDelegation(db, id)
  const seen = found && (actor.kind === 'system' || (actor.kind === 'officer' && maySee(actor, found)))
  if (!seen) throw new Refusal('not-found', 'delegation-not-found')
  return found
}
