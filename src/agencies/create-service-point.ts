import { z } from 'zod'
import { mayAdminister } from '#src/accounts/may-administer.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { brokeConstraint, transact } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { findAgency } from './agency.query.ts'
import { insertServicePoint } from './agency.store.ts'
import { servicePointKinds } from './agency.ts'

export const CreateServicePoint = z.strictObject({
  /** Code of the agency it receives for. */
  agency: named(line(40), 'cơ quan', 'the agency'),
  name: named(line(120), 'tên điểm tiếp nhận', 'the name'),
  kind: named(z.enum(servicePointKinds), 'loại điểm tiếp nhận', 'the kind'),
  address: line(300).optional(),
})
export type CreateServicePoint = z.infer<typeof CreateServicePoint>

/** A new place where dossiers are received. Returns its id; throws `agency-not-found`, `service-point-name-taken`. */
export async function createServicePoint(ctx: Ctx, input: CreateServicePoint): Promise<{ id: number }> {
  if (!mayAdminister(ctx.actor)) throw new Refusal('forbidden', 'agency-admin-only')
  return transact(ctx, async inner => {
    const agency = await findAgency(inner, input.agency)
    if (!agency) throw new Refusal('not-found', 'agency-not-found', { field: 'agency' })
    const { name, kind, address } = input
    const id = await insertServicePoint(inner.db, { agencyId: agency.id, name, kind, address }).catch(error => {
      if (!brokeConstraint(error, 'service_point_agency_id_name_key')) throw error
      throw new Refusal('conflict', 'service-point-name-taken', { field: 'name' })
    })
    await audit(inner, { action: 'create-service-point', subject: `agency:${agency.id}`, detail: { servicePoint: id } })
    return { id }
  })
}
