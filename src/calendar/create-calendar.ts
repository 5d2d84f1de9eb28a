import { z } from '@hono/zod-openapi'
import { mayAdminister } from '#src/accounts/may-administer.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { brokeConstraint, transact } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { line, rowId } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { insertCopy } from './calendar.store.ts'
import { WeeklyHours } from './weekly-hours.ts'

export const CreateCalendar = z.strictObject({
  /** The calendar whose days off, swapped days and notices it begins with. */
  source: named(rowId, 'lịch gốc', 'the calendar to copy'),
  name: named(line(120), 'tên lịch', 'the name'),
  weekly: WeeklyHours,
})
export type CreateCalendar = z.infer<typeof CreateCalendar>

/**
 * A calendar for agencies with other hours. Days are copied once and then its own: a later notice is entered in every calendar it
 * holds for (enterNotice, `also`). Returns its id; throws `calendar-name-taken`, `calendar-not-found`, `calendar-monday-needed`.
 */
export async function createCalendar(ctx: Ctx, input: CreateCalendar): Promise<{ id: number }> {
  if (!mayAdminister(ctx.actor)) throw new Refusal('forbidden', 'calendar-admin-only')
  if (input.weekly[1].length === 0) throw new Refusal('invalid', 'calendar-monday-needed', { field: 'weekly.1' })
  return transact(ctx, async inner => {
    const id = await insertCopy(inner, input).catch(refuseKnown)
    if (id === undefined) throw new Refusal('not-found', 'calendar-not-found', { field: 'source' })
    const detail = { source: input.source }
    await audit(inner, { action: 'create-calendar', subject: `calendar:${id}`, detail })
    return { id }
  })
}

function refuseKnown(error: unknown): never {
  if (brokeConstraint(error, 'calendar_name_key')) {
    throw new Refusal('conflict', 'calendar-name-taken', { field: 'name' })
  }
  throw error
}
