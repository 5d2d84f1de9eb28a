import { z } from '@hono/zod-openapi'
import { dueOn } from '#src/calendar/deadline.ts'
import { addDays, localDate } from '#src/calendar/local-date.ts'
import { closeOfDay, isWorkingDay, workingMinutesBetween } from '#src/calendar/working-time.ts'
import { expectedCause } from '#src/dossiers/answerability.ts'
import { command } from '#src/dossiers/command.ts'
import { named } from '#src/platform/field-problems.ts'
import { line, paragraph } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'

const DAY = 480
/** No apology asks for more patience than this; beyond it stands a mistyped year, which the clock could not count to. */
const LATEST_DAYS = 2 * 366

/**
 * Puts off the due time with a written apology (form 04), as often as the law pack allows (once). The original promise is kept
 * beside it, and an apology sent later than the law asks is marked as such.
 */
export const extend = command({
  type: 'extend',
  label: ['Xin lỗi, gia hạn', 'Apologise and extend'],
  roles: ['leader'],
  place: 'competent',
  states: ['received', 'in-process', 'pending-approval', 'approved'],
  when: dossier => dossier.dueAt !== null,
  /** `until`: local date of the new promise, a working day; due at its close. */
  input: z.strictObject({
    until: named(z.iso.date(), 'ngày hẹn lại', 'the new date'),
    reason: named(paragraph(2000), 'lý do', 'the reason'),
    legalGround: line(500).optional(),
  }),
  decide: (dossier, { until, reason, legalGround }, { at, calendar, policy }) => {
    const due = dossier.dueAt
    if (dossier.extensions >= policy.extensions) throw new Refusal('conflict', 'extension-used-up')
    if (until > addDays(localDate(at), LATEST_DAYS)) throw new Refusal('invalid', 'until-too-late', { field: 'until' })
    if (!isWorkingDay(until, calendar)) throw new Refusal('invalid', 'until-not-working-day', { field: 'until' })
    const next = closeOfDay(until, calendar)
    if (due && (next <= due || next <= at)) throw new Refusal('invalid', 'until-not-later', { field: 'until' })
    const notice = due && due > at ? workingMinutesBetween(at, due, calendar) : 0
    const { provisional, gaps } = dueOn(next.getTime(), at, calendar)
    const payload = {
      reason,
      legalGround: legalGround ?? null,
      agencyAtFault: expectedCause(dossier, calendar, at)?.agencyId ?? dossier.competentAgencyId,
      until: next.toISOString(),
      provisional,
      gaps,
      lateNotice: notice < policy.apologyNoticeDays * DAY,
    }
    return [{ type: 'extended', payload, form: '04' }]
  },
})
