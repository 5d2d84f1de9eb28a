import { type Due, dueAt, dueOn, type ResumePolicy, type Term } from '#src/calendar/deadline.ts'
import { localDate, MINUTE } from '#src/calendar/local-date.ts'
import { type WorkingCalendar, workingMinutesBetween } from '#src/calendar/working-time.ts'
import type { LawPolicy } from '#src/procedures/law.ts'
import type { Dossier, Judgement } from './dossier.ts'

/** The published term with the law pack's way of counting working days, unless the procedure names one. */
export function legalTerm(term: Term | null, policy: LawPolicy): Term | null {
  if (term?.unit !== 'working-days' || term.policy) return term
  return { ...term, policy: policy.workingDayPolicy }
}

const lastExtension = (d: Dossier) => d.adjustments.findLast(adjustment => adjustment.kind === 'extension')

/**
 * The due time after the clock starts again at `at`: the term counted again around all pauses. An extended deadline moves
 * by exactly the working time that pauses since the extension took from it.
 */
export function dueAfterPause(d: Dossier, at: Date, calendar: WorkingCalendar, resume: ResumePolicy): Due {
  const pauses = d.pauses.map(pause => (pause.to === null ? { ...pause, to: at } : pause))
  const extension = lastExtension(d)
  if (!d.extendedTo || !extension) return dueAt(d.term, d.receivedAt ?? at, pauses, calendar, resume)
  // The promise is a closing time, so what was left of it is whole minutes from the start of a minute.
  const from = new Date(Math.floor(extension.at.getTime() / MINUTE) * MINUTE)
  const left = workingMinutesBetween(from, d.extendedTo, calendar)
  return dueAt({ amount: left / 60, unit: 'working-hours' }, from, pauses, calendar)
}

/** The due time counted again from the reception, after the calendar or the intake changed; an extension stands as granted. */
export function recount(d: Dossier, term: Term | null, calendar: WorkingCalendar, resume: ResumePolicy): Due {
  if (!d.receivedAt) throw new Error(`dossier ${d.id} has not been received`)
  const extension = lastExtension(d)
  if (extension) return dueOn(d.dueAt?.getTime() ?? null, extension.at, calendar)
  const ended = d.pauses.filter(pause => pause.to !== null)
  return dueAt(term, d.receivedAt, ended, calendar, resume)
}

/** Early on an earlier day, on time the same day up to the minute, late after it; judged when the result is ready, never on pick-up. */
export function judge(readyAt: Date, due: Date | null): Judgement {
  if (!due) return 'no-term'
  if (readyAt > due) return 'late'
  return localDate(readyAt) < localDate(due) ? 'early' : 'on-time'
}
