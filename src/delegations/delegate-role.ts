import { randomUUID } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { tellOfficers } from '#src/accounts/tell-officer.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { brokeConstraint } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { line, rowId } from '#src/platform/form.ts'
import { doOnce } from '#src/platform/once.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { findCandidate, findHeldAssignment, type HeldAssignment } from './delegation.query.ts'
import { insertDelegation } from './delegation.store.ts'
import { isDelegable, MAX_DAYS, mayDecide } from './delegation.ts'

/** As a program sends it, with an offset; or as a form does, by the wall clock of Vietnam. */
const instant = z.iso.datetime({ offset: true, local: true })

export const DelegateRole = z.strictObject({
  assignment: named(rowId, 'vị trí của người vắng mặt', 'the absent officer’s assignment').optional(),
  substitute: named(line(60), 'người làm thay', 'the substitute'),
  ground: named(line(200), 'số văn bản cử người thay', 'the number of the written decision'),
  from: named(instant, 'thời điểm bắt đầu', 'when it begins').optional(),
  until: named(instant, 'thời điểm kết thúc', 'when it ends'),
})
export type DelegateRole = z.infer<typeof DelegateRole>

/**
 * Puts an assignment (the officer's present one when left out) into the hands of `substitute` (user name) from `from`, now at the
 * earliest, until before `until`, by the written decision `ground`. The absent officer does, or a head of the agency or an
 * administrator for them; the same command id again gives the same delegation. The substitute is told. Returns its id. Throws `delegation-chain`, `delegation-period`, `delegation-too-long`,
 * `assignment-not-found`, `role-not-delegable`, `substitute-elsewhere`, `substitute-is-absent`, `substitute-is-self`, `delegation-overlaps`.
 */
export async function delegateRole(
  ctx: Ctx,
  input: DelegateRole,
  commandId: string = randomUUID(),
): Promise<{ id: number }> {
  const { actor } = ctx
  if (actor.kind !== 'officer' && actor.kind !== 'system') throw new Refusal('forbidden', 'officers-only')
  if (actor.kind === 'officer' && actor.onBehalfOf) throw new Refusal('forbidden', 'delegation-chain')
  return doOnce(ctx, { id: commandId, asked: ['delegate-role', input] }, async inner => {
    const { from, until } = periodOf(input, ctx.clock.now())
    const assignment = await assignmentOf(inner, input, from)
    const { accountId, agencyId, role } = assignment
    const delegateId = await substituteFor(inner, assignment, { username: input.substitute.toLowerCase(), from })
    const id = await insertDelegation(inner.db, {
      ...{ assignmentId: assignment.id, accountId, agencyId, role, delegateId, ground: input.ground, from, until },
      madeBy: actor.kind === 'officer' ? actor.accountId : null,
      madeAt: ctx.clock.now(),
    }).catch(refuseOverlap)
    await audit(inner, {
      action: 'delegate-role',
      subject: `account:${accountId}`,
      detail: { delegation: id, assignment: assignment.id, role, to: delegateId, from, until, ground: input.ground },
    })
    const params = { absent: assignment.name, role, agency: assignment.agency, from, until, ground: input.ground }
    await tellOfficers(inner, [{ accountId: delegateId, kind: 'substitution', key: `substitution:${id}`, params }])
    return { id }
  })
}

function periodOf(input: DelegateRole, now: Date): { from: Date; until: Date } {
  const asked = input.from === undefined ? now : instantOf(input.from)
  const [from, until] = [asked < now ? now : asked, instantOf(input.until)]
  if (until <= from) throw new Refusal('invalid', 'delegation-period', { field: 'until' })
  if (until.getTime() - from.getTime() > MAX_DAYS * 86_400_000) {
    throw new Refusal('invalid', 'delegation-too-long', { field: 'until', params: { days: MAX_DAYS } })
  }
  return { from, until }
}

function instantOf(text: string): Date {
  return new Date(/(Z|[+-]\d\d:?\d\d)$/u.test(text) ? text : `${text}+07:00`)
}

async function assignmentOf(ctx: Ctx, input: DelegateRole, from: Date): Promise<HeldAssignment> {
  const { actor } = ctx
  const id = input.assignment ?? (actor.kind === 'officer' ? actor.assignmentId : 0)
  const found = await findHeldAssignment(ctx.db, id, from)
  if (!found || (actor.kind === 'officer' && !mayDecide(actor, found))) {
    throw new Refusal('not-found', 'assignment-not-found', { field: 'assignment' })
  }
  if (!isDelegable(found.role)) throw new Refusal('forbidden', 'role-not-delegable', { field: 'assignment' })
  return found
}

async function substituteFor(
  { db, actor }: Ctx,
  { accountId, agencyId }: HeldAssignment,
  { username, from }: { username: string; from: Date },
): Promise<number> {
  const found = await findCandidate(db, { agencyId, username, at: from })
  if (!found) throw new Refusal('invalid', 'substitute-elsewhere', { field: 'substitute' })
  const [field, id] = ['substitute', found.accountId]
  if (id === accountId) throw new Refusal('invalid', 'substitute-is-absent', { field })
  if (actor.kind === 'officer' && id === actor.accountId) throw new Refusal('invalid', 'substitute-is-self', { field })
  return id
}

function refuseOverlap(error: unknown): never {
  if (brokeConstraint(error, 'delegation_once')) {
    throw new Refusal('conflict', 'delegation-overlaps', { field: 'substitute' })
  }
  throw error
}
