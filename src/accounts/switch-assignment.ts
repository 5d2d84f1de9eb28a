import { z } from 'zod'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { rowId } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { Session } from '#src/platform/session.ts'
import { findIdentity } from './session.query.ts'
import { changeAssignment } from './session.store.ts'

export const SwitchAssignment = z.strictObject({
  assignment: named(rowId, 'nơi làm việc', 'where to work'),
})

/** From now on this session acts in another of the officer's assignments. Throws `assignment-not-found`. */
export async function switchAssignment(ctx: Ctx, input: { session: Session; assignment: number }): Promise<void> {
  return transact(ctx, async inner => {
    const { actor } = input.session
    if (actor.kind !== 'officer') throw new Refusal('forbidden', 'officers-only')
    const who = { accountId: actor.accountId, assignmentId: input.assignment, now: ctx.clock.now() }
    const found = await findIdentity(inner.db, who)
    if (!found) throw new Refusal('not-found', 'assignment-not-found', { field: 'assignment' })
    await changeAssignment(inner.db, input.session, found)
    await audit(inner, {
      action: 'switch-assignment',
      subject: `account:${actor.accountId}`,
      detail: { from: actor.assignmentId, to: input.assignment },
    })
  })
}
