import { z } from 'zod'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { Session } from '#src/platform/session.ts'
import { findIdentity } from './session.query.ts'
import { changePlace } from './session.store.ts'

/** Where to act: in an assignment of one's own, or under a delegation in an absent colleague's. */
export type Choice = { assignment: number } | { delegation: number }

/** A choice as a form posts it: `12` for an assignment, `thay-5` for a delegation. */
const choice = z
  .string()
  .regex(/^(thay-)?[1-9]\d{0,8}$/u)
  .transform((text): Choice => {
    const delegation = /^thay-(\d+)$/u.exec(text)?.[1]
    return delegation === undefined ? { assignment: Number(text) } : { delegation: Number(delegation) }
  })

export const SwitchAssignment = z.strictObject({
  assignment: named(choice, 'nơi làm việc', 'where to work'),
})

export function choiceText(to: Choice): string {
  return 'delegation' in to ? `thay-${to.delegation}` : String(to.assignment)
}

/**
 * From now on this session acts in another of the officer's assignments, or in the place of an absent colleague until that ends.
 * Throws `assignment-not-found`.
 */
export async function switchAssignment(ctx: Ctx, input: { session: Session; to: Choice }): Promise<void> {
  return transact(ctx, async inner => {
    const { actor } = input.session
    if (actor.kind !== 'officer') throw new Refusal('forbidden', 'officers-only')
    const { assignment = null, delegation = null } = input.to as { assignment?: number; delegation?: number }
    const now = ctx.clock.now()
    const { accountId } = actor
    const found = await findIdentity(inner.db, { accountId, assignmentId: assignment, delegationId: delegation, now })
    if (found?.identity.actor.kind !== 'officer') {
      throw new Refusal('not-found', 'assignment-not-found', { field: 'assignment' })
    }
    await changePlace(inner.db, input.session, found)
    await audit(inner, {
      action: 'switch-assignment',
      subject: `account:${accountId}`,
      detail: {
        from: actor.assignmentId,
        to: found.identity.actor.assignmentId,
        ...(delegation === null ? {} : { delegation }),
      },
    })
  })
}
