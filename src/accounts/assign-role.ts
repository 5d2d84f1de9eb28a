import { z } from 'zod'
import { audit } from '#src/platform/audit.ts'
import { type Ctx, roles } from '#src/platform/ctx.ts'
import { brokeConstraint, transact } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { line, rowId } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { findAccountKind, insertAssignment } from './account.store.ts'
import { dayOf } from './account.ts'
import { mayAdminister } from './may-administer.ts'
import { findPlace } from './place.query.ts'

export const AssignRole = z.strictObject({
  agency: named(line(40), 'cơ quan', 'the agency'),
  role: named(z.enum(roles), 'vai trò', 'the role'),
  servicePoint: named(rowId, 'điểm tiếp nhận', 'the service point').optional(),
  validFrom: named(z.iso.date(), 'ngày bắt đầu', 'the first day').optional(),
  validTo: named(z.iso.date(), 'ngày kết thúc', 'the day it ends').optional(),
})
export type AssignRole = z.infer<typeof AssignRole>

/** Gives an officer a role in an agency (by code), from today unless said otherwise, until before `validTo`. Returns the assignment's id. */
export async function assignRole(ctx: Ctx, input: AssignRole & { accountId: number }): Promise<{ id: number }> {
  if (!mayAdminister(ctx.actor)) throw new Refusal('forbidden', 'admin-only')
  const { accountId, role, validFrom = dayOf(ctx.clock.now()), validTo = null } = input
  if (validTo !== null && validTo <= validFrom) throw new Refusal('invalid', 'dates-reversed', { field: 'validTo' })
  return transact(ctx, async inner => {
    const kind = await findAccountKind(inner.db, accountId)
    if (!kind) throw new Refusal('not-found', 'account-not-found')
    if (kind !== 'officer') throw new Refusal('conflict', 'not-an-officer')
    const { agencyId, servicePointId } = await placeOf(inner, input)
    const id = await insertAssignment(inner.db, {
      accountId,
      agencyId,
      servicePointId,
      role,
      validFrom,
      validTo,
    }).catch(refuseSecond)
    await audit(inner, {
      action: 'assign-role',
      subject: `account:${accountId}`,
      detail: { assignment: id, agency: input.agency, role },
    })
    return { id }
  })
}

async function placeOf(ctx: Ctx, input: AssignRole): Promise<{ agencyId: number; servicePointId: number | null }> {
  const place = await findPlace(ctx.db, input.agency, input.servicePoint)
  if (!place) throw new Refusal('invalid', 'agency-unknown', { field: 'agency' })
  if (input.servicePoint !== undefined && place.servicePointId === null) {
    throw new Refusal('invalid', 'service-point-elsewhere', { field: 'servicePoint' })
  }
  return place
}

function refuseSecond(error: unknown): never {
  if (brokeConstraint(error, 'assignment_account_id_agency_id_role_service_point_id_key')) {
    throw new Refusal('conflict', 'already-assigned', { field: 'role' })
  }
  throw error
}
