import { z } from '@hono/zod-openapi'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'
import { enqueue } from '#src/platform/queue.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { raiseVersion, replaceYear } from './calendar.store.ts'

const NoticeDay = z.strictObject({
  day: named(z.iso.date(), 'ngày', 'the day'),
  reason: named(line(200), 'lý do', 'the reason'),
})

/** A year's official notice: weekdays off, and weekend days worked in exchange. */
export const CalendarNotice = z.strictObject({
  calendar: z.int().positive().default(1),
  year: named(z.coerce.number().int().min(2000).max(2200), 'năm', 'the year'),
  notice: named(line(300), 'số, ký hiệu thông báo', 'the number of the notice'),
  off: z.array(NoticeDay).max(60),
  work: z.array(NoticeDay).max(20).default([]),
})
export type CalendarNotice = z.infer<typeof CalendarNotice>

/**
 * Enters or replaces the notice of a year. Open dossiers are then recomputed in one audited batch, by a job that is queued in
 * the same transaction. Throws Refusal for a day outside the year or named twice.
 */
export async function enterNotice(ctx: Ctx, input: CalendarNotice): Promise<{ version: number }> {
  const { actor } = ctx
  if (actor.kind !== 'system' && !(actor.kind === 'officer' && (actor.role === 'admin' || actor.role === 'control'))) {
    throw new Refusal('forbidden', 'role-not-allowed')
  }
  const days = [
    ...input.off.map(day => ({ ...day, kind: 'off' as const, legalBasis: input.notice })),
    ...input.work.map(day => ({ ...day, kind: 'work' as const, legalBasis: input.notice })),
  ]
  const outside = days.find(({ day }) => !day.startsWith(`${input.year}-`))
  if (outside) throw new Refusal('invalid', 'day-outside-year', { field: 'off', params: { day: outside.day } })
  if (new Set(days.map(({ day }) => day)).size < days.length)
    throw new Refusal('invalid', 'day-twice', { field: 'off' })
  return transact(ctx, async inner => {
    const raised = await raiseVersion(inner, input.calendar)
    if (!raised) throw new Refusal('not-found', 'calendar-not-found', { field: 'calendar' })
    await replaceYear(inner, input.calendar, input.year, input.notice, days)
    await audit(inner, {
      action: 'enter-notice',
      subject: `calendar:${input.calendar}`,
      detail: { year: input.year, days: days.length, version: raised.version },
    })
    const reason = `${input.notice} (${input.year})`
    await enqueue(inner, 'recompute-deadlines', { calendar: input.calendar, version: raised.version, reason })
    return raised
  })
}
