import { z } from 'zod'
import { mayAdminister } from '#src/accounts/may-administer.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { brokeConstraint, transact } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { line, rowId } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { updateCalendar } from './agency.store.ts'

export const SetAgencyCalendar = z.strictObject({
  /** Code of the agency. */
  agency: named(line(40), 'cơ quan', 'the agency'),
  calendar: named(rowId, 'lịch làm việc', 'the working calendar'),
})
export type SetAgencyCalendar = z.infer<typeof SetAgencyCalendar>

/**
 * The calendar an agency works by from now on; dossiers received before keep the one they were received under.
 * Throws `agency-not-found`, `calendar-unknown`.
 */
export async function setAgencyCalendar(ctx: Ctx, { agency, calendar }: SetAgencyCalendar): Promise<void> {
  if (!mayAdminister(ctx.actor)) throw new Refusal('forbidden', 'agency-admin-only')
  await transact(ctx, async inner => {
    const changed = await updateCalendar(inner.db, agency, calendar).catch(refuseKnown)
    if (!changed) throw new Refusal('not-found', 'agency-not-found', { field: 'agency' })
    const detail = { before: changed.before, after: calendar }
    await audit(inner, { action: 'set-agency-calendar', subject: `agency:${changed.id}`, detail })
  })
}

function refuseKnown(error: unknown): never {
  if (brokeConstraint(error, 'agency_calendar_id_fkey')) {
    throw new Refusal('invalid', 'calendar-unknown', { field: 'calendar' })
  }
  throw error
}
