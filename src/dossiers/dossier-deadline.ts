import { type Due, dueAt, dueOn, type ResumePolicy, type Term } from '#src/calendar/deadline.ts'
import { localDate, MINUTE } from '#src/calendar/local-date.ts'
import { type WorkingCalendar, workingMinutesBetween } from '#src/calendar/working-time.ts'
import type { LawPolicy } from '#src/procedures/law.ts'
import type { Dossier, Judgement } from './dossier.ts'
import { type RecordedDue, recordedDue } from './dossier-event.ts'

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
function dueAfterPause(d: Dossier, at: Date, calendar: WorkingCalendar, resume: ResumePolicy): Due {
  const pauses = d.pauses.map(pause => (pause.to === null ? { ...pause, to: at } : pause))
  const extension = lastExtension(d)
  if (!d.extendedTo || !extension) return dueAt(d.term, d.receivedAt ?? at, pauses, calendar, resume)
  // The promise is a closing time, so what was left of it is whole minutes from the start of a minute.
  const from = new Date(Math.floor(extension.at.getTime() / MINUTE) * MINUTE)
  const left = workingMinutesBetween(from, d.extendedTo, calendar)
  return dueAt({ amount: left / 60, unit: 'working-hours' }, from, pauses, calendar)
}

/** By when the step under way is to be done: its hours counted around the pauses within it. Null when it promises nothing. */
export function stepDueAt({ step, pauses }: Dossier, at: Date, calendar: WorkingCalendar): Date | null {
  if (!step || step.minutes === null) return null
  const within = pauses.map(pause => ({ ...pause, to: pause.to ?? at })).filter(pause => pause.to > step.since)
  const clipped = within.map(p => ({ ...p, from: new Date(Math.max(p.from.getTime(), step.since.getTime())) }))
  return dueAt({ amount: step.minutes / 60, unit: 'working-hours' }, step.since, clipped, calendar).at
}

/** What is promised once the clock runs again at `at`, of the dossier and of its step, as it is recorded. */
export function dueAgain(d: Dossier, at: Date, calendar: WorkingCalendar, resume: ResumePolicy): RecordedDue {
  return {
    ...recordedDue(dueAfterPause(d, at, calendar, resume)),
    step: stepDueAt(d, at, calendar)?.toISOString() ?? null,
  }
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
