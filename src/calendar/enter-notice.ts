import { z } from '@hono/zod-openapi'
import { audit } from '#src/platform/audit.ts'
import type { Actor, Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { line, rowId } from '#src/platform/form.ts'
import { enqueue } from '#src/platform/queue.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { raiseVersion, replaceYear } from './calendar.store.ts'
import type { DayRule } from './working-time.ts'

const NoticeDay = z.strictObject({
  day: named(z.iso.date(), 'ngày', 'the day'),
  reason: named(line(200), 'lý do', 'the reason'),
})

/** A year's official notice: weekdays off, and weekend days worked in exchange. */
export const CalendarNotice = z.strictObject({
  calendar: z.int().positive().default(1),
  /** Other calendars the same notice holds for, e.g. those of agencies that also work on Saturday mornings. */
  also: z.array(rowId).max(200).default([]),
  year: named(z.coerce.number().int().min(2000).max(2200), 'năm', 'the year'),
  notice: named(line(300), 'số, ký hiệu thông báo', 'the number of the notice'),
  off: z.array(NoticeDay).max(60),
  work: z.array(NoticeDay).max(20).default([]),
})
export type CalendarNotice = z.infer<typeof CalendarNotice>

/** Who enters notices: the same predicate draws the button. */
export function mayEnterNotice(actor: Actor): boolean {
  return actor.kind === 'system' || (actor.kind === 'officer' && (actor.role === 'admin' || actor.role === 'control'))
}

/**
 * Enters or replaces the notice of a year, in one calendar or in several at once: calendars share no days, so a notice for the whole
 * country is entered in each of them. Open dossiers are then recomputed in one audited batch per calendar, by jobs queued in the same
 * transaction. Returns the new version of the first calendar; throws Refusal for a day outside the year or named twice.
 */
export async function enterNotice(ctx: Ctx, input: CalendarNotice): Promise<{ version: number }> {
  if (!mayEnterNotice(ctx.actor)) throw new Refusal('forbidden', 'role-not-allowed')
  const { year, notice, calendar, also } = input
  const days = daysOfNotice(input)
  return transact(ctx, async inner => {
    // In the order of their ids, so that two notices entered at once wait for one another instead of locking each other out.
    const versions = new Map<number, number>()
    for (const id of [...new Set([calendar, ...also])].sort((a, b) => a - b)) {
      const raised = await raiseVersion(inner, id)
      if (!raised)
        throw new Refusal('not-found', 'calendar-not-found', { field: id === calendar ? 'calendar' : 'also' })
      await replaceYear(inner, id, year, notice, days)
      const detail = { year, days: days.length, version: raised.version }
      await audit(inner, { action: 'enter-notice', subject: `calendar:${id}`, detail })
      const job = { calendar: id, version: raised.version, reason: `${notice} (${year})` }
      await enqueue(inner, 'recompute-deadlines', job)
      versions.set(id, raised.version)
    }
    return { version: versions.get(calendar) ?? 0 }
  })
}

function daysOfNotice({ year, notice, off, work }: CalendarNotice): DayRule[] {
  const days = [
    ...off.map(day => ({ ...day, kind: 'off' as const, legalBasis: notice })),
    ...work.map(day => ({ ...day, kind: 'work' as const, legalBasis: notice })),
  ]
  const seen = new Set<string>()
  for (const { day, kind } of days) {
    if (!day.startsWith(`${year}-`)) throw new Refusal('invalid', 'day-outside-year', { field: kind, params: { day } })
    if (seen.has(day)) throw new Refusal('invalid', 'day-twice', { field: kind, params: { day } })
    seen.add(day)
  }
  return days
}
