import { z } from 'zod'
import { mayAdminister } from '#src/accounts/may-administer.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { brokeConstraint, transact } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { line, rowId } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { insertCounter } from './counter.store.ts'

export const CreateCounter = z.strictObject({
  servicePoint: named(rowId, 'điểm tiếp nhận', 'the service point'),
  name: named(line(120), 'tên quầy', 'the name'),
  /** Codes of the fields of procedures it receives; none means all. */
  fields: z.array(line(60)).max(100).default([]),
})
export type CreateCounter = z.infer<typeof CreateCounter>

/** A new counter at a service point. Returns its id; throws `service-point-not-found`, `counter-name-taken`. */
export function createCounter(ctx: Ctx, input: CreateCounter): Promise<{ id: number }> {
  if (!mayAdminister(ctx.actor)) throw new Refusal('forbidden', 'agency-admin-only')
  const { servicePoint, name, fields } = input
  return transact(ctx, async inner => {
    const id = await insertCounter(inner.db, { servicePointId: servicePoint, name, fields }).catch(refuseKnown)
    await audit(inner, { action: 'create-counter', subject: `service-point:${servicePoint}`, detail: { counter: id } })
    return { id }
  })
}

function refuseKnown(error: unknown): never {
  if (brokeConstraint(error, 'counter_service_point_id_name_key')) {
    throw new Refusal('conflict', 'counter-name-taken', { field: 'name' })
  }
  if (brokeConstraint(error, 'counter_service_point_id_fkey')) {
    throw new Refusal('not-found', 'service-point-not-found', { field: 'servicePoint' })
  }
  throw error
}
