import { z } from 'zod'
import { mayAdminister } from '#src/accounts/may-administer.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { brokeConstraint, transact } from '#src/platform/db.ts'
import { named, says } from '#src/platform/field-problems.ts'
import { line, rowId } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { findAgency } from './agency.query.ts'
import { insertAgency } from './agency.store.ts'
import { agencyKinds } from './agency.ts'

export const CreateAgency = z.strictObject({
  code: named(
    z
      .string()
      .regex(
        /^[0-9A-Z.]{3,40}$/u,
        says('Mã gồm 3–40 chữ in hoa, chữ số, dấu chấm.', 'A code has 3–40 capitals, digits or dots.'),
      ),
    'mã cơ quan',
    'the agency code',
  ),
  name: named(line(200), 'tên cơ quan', 'the name'),
  shortName: named(line(80), 'tên gọi tắt', 'the short name'),
  kind: named(z.enum(agencyKinds), 'loại cơ quan', 'the kind'),
  /** Code of the agency above it. */
  parent: named(line(40), 'cơ quan cấp trên', 'the parent agency').optional(),
  unitCode: line(20).optional(),
  address: line(300).optional(),
  phone: line(40).optional(),
  calendar: named(rowId, 'lịch làm việc', 'the working calendar'),
  validFrom: named(z.iso.date(), 'ngày thành lập', 'the first day'),
  validTo: z.iso.date().optional(),
})
export type CreateAgency = z.infer<typeof CreateAgency>

/** A new agency. Returns its id; throws `agency-code-taken`, `agency-parent-unknown`, `calendar-unknown`. */
export async function createAgency(ctx: Ctx, input: CreateAgency): Promise<{ id: number }> {
  if (!mayAdminister(ctx.actor)) throw new Refusal('forbidden', 'agency-admin-only')
  const { parent, calendar, validTo, unitCode, address, phone, ...rest } = input
  if (validTo && validTo <= input.validFrom) throw new Refusal('invalid', 'agency-dates-reversed', { field: 'validTo' })
  return transact(ctx, async inner => {
    const above = parent === undefined ? null : await findAgency(inner, parent)
    if (above === undefined) throw new Refusal('invalid', 'agency-parent-unknown', { field: 'parent' })
    const row = { ...rest, validTo, unitCode, address, phone, parentId: above?.id ?? null, calendarId: calendar }
    const id = await insertAgency(inner.db, row).catch(refuseKnown)
    await audit(inner, { action: 'create-agency', subject: `agency:${id}`, detail: { code: input.code } })
    return { id }
  })
}

function refuseKnown(error: unknown): never {
  if (brokeConstraint(error, 'agency_code_key')) throw new Refusal('conflict', 'agency-code-taken', { field: 'code' })
  if (brokeConstraint(error, 'agency_calendar_id_fkey')) {
    throw new Refusal('invalid', 'calendar-unknown', { field: 'calendar' })
  }
  throw error
}
