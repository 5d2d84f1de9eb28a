import { explainDue, type Pause, type ResumePolicy, type Term } from './deadline.ts'
import { stoppagesAfter } from './stoppage.ts'
import { type Minutes, type WorkingCalendar, workingMinutesBetween } from './working-time.ts'

/** How a dossier stands against its deadline; `minutes` of working time, left or late. */
export type TimeLeft = { state: 'running' | 'overdue'; minutes: Minutes } | { state: 'paused' } | { state: 'no-term' }

/** For lists, from the stored due time alone. `paused`: a pause is open that began before the due time. */
export function timeLeft(
  { due, paused }: { due: Date | null; paused: boolean },
  now: Date,
  calendar: WorkingCalendar,
): TimeLeft {
  if (paused) return { state: 'paused' }
  if (!due) return { state: 'no-term' }
  return now > due
    ? { state: 'overdue', minutes: workingMinutesBetween(due, now, calendar) }
    : { state: 'running', minutes: workingMinutesBetween(now, due, calendar) }
}

/** A stretch of working time; `over` is time after the due time. */
export type Stretch = { kind: 'used' | 'paused' | 'left' | 'over'; minutes: Minutes }

/**
 * What has become of a term by `now`, in the order of time, for the deadline bar; empty without a term. What is left
 * during a pause is what would be left if it ended now. After a restart only the term in force is told.
 */
export function stretchesAt(
  now: Date,
  term: Term | null,
  start: Date,
  pauses: readonly Pause[],
  calendar: WorkingCalendar,
  resume: ResumePolicy = 'remaining',
): Stretch[] {
  const begun = pauses.filter(pause => pause.from < now)
  const ended = begun.map(({ from, to }) => ({ from, to: to && to < now ? to : now }))
  const { at: due, effectiveStart } = explainDue(term, start, ended, calendar, resume)
  if (!due || !effectiveStart) return []

  const stretches: Stretch[] = []
  let reached = effectiveStart
  const reach = (kind: Stretch['kind'], until: Date) => {
    const minutes = workingMinutesBetween(reached, until, calendar)
    if (minutes > 0) stretches.push({ kind, minutes })
    if (until > reached) reached = until
  }
  const end = now < due ? now : due
  for (const { from, to } of stoppagesAfter(effectiveStart.getTime(), ended)) {
    if (from >= end.getTime()) break
    reach('used', new Date(from))
    reach('paused', new Date(Math.min(to, end.getTime())))
  }
  reach('used', end)
  if (now < due) reach('left', due)
  else reach('over', now)
  return stretches
}
