import {
  addMonths,
  DAY,
  type DayNumber,
  dateOf,
  dayNumberAt,
  type LocalDate,
  MINUTE,
  millisOf,
  startOfDay,
  type Weekday,
  weekdayOf,
  yearOf,
} from './local-date.ts'
import { instantAfter, isStoppedAt, runningTime, type Stoppage, stoppagesAfter } from './stoppage.ts'
import {
  type Day,
  daysOf,
  HORIZON_DAYS,
  type Minutes,
  nextWorkingInstant,
  type Span,
  type Window,
  type WorkingCalendar,
} from './working-time.ts'

export type TermUnit = 'working-hours' | 'working-days' | 'days' | 'months'

/** `hour-clock`: a working day is 480 minutes of working time. `civil-day`: it is a date, and the day of receipt is not counted. */
export type WorkingDayPolicy = 'hour-clock' | 'civil-day'

/** `amount` is positive and at most 36,525; whole, except that hours and hour-clock days may be parts (half a day). `policy`: see above, default hour-clock. */
export type Term = { amount: number; unit: TermUnit; policy?: WorkingDayPolicy }

/** A pause with legal ground, from `from` until just before `to`; `to` null means still paused. */
export type Pause = { from: Date; to: Date | null }

/** After a pause the term goes on with what was left, or starts again as a whole. */
export type ResumePolicy = 'remaining' | 'restart'

/** `at` is null without a term or while paused. `gaps`: years from start to due without an official notice; any makes it provisional. */
export type Due = { at: Date | null; provisional: boolean; gaps: number[] }

/**
 * Why a day was counted (working-day, swapped-work, gap-year, calendar-day, partial) or not (the others). `gap-year` is a
 * working day of a year without notice, `partial` a day only part of which ran, `restarted` a day made void by a restart,
 * `moved-forward` the working day to which the due time moved after the term had ended on a day off.
 */
export type DueReason =
  | 'start-day'
  | 'working-day'
  | 'swapped-work'
  | 'gap-year'
  | 'calendar-day'
  | 'partial'
  | 'weekend'
  | 'day-off'
  | 'paused'
  | 'restarted'
  | 'moved-forward'

/** One day of the way to the due time. Over all steps, `minutes` add up to the term (480 to a working day, 1440 to a calendar day). */
export type DueStep = {
  day: LocalDate
  weekday: Weekday
  counted: boolean
  minutes: Minutes
  why: DueReason
  /** Name and legal ground of a holiday or swapped day. */
  note?: string
  windows: Window[]
}

/** `effectiveStart`: from when the term in force is counted (after a restart, the last one); null without a term. */
export type DueExplanation = Due & { effectiveStart: Date | null; steps: DueStep[] }

export const WORKING_DAY_MINUTES = 480

/**
 * When a term that begins at `start` runs out.
 *
 * Hours and hour-clock days use up working time and end at an instant. Terms in whole days (civil-day, days, months)
 * begin on the day after and end at a close of business. Under `remaining`, every term gives back exactly the time it
 * lost: working time of the hour-clock, the paused share of each working day, the paused hours of calendar days; a term
 * in whole days then still ends at a close, the first one that is not itself paused. So no pause ever costs the agency
 * time, all pauses together give it less than one day extra, and a pause of no length changes nothing.
 *
 * Throws RangeError on a term, pause or instant that makes no sense, or when nothing falls due within a century.
 */
export function dueAt(
  term: Term | null,
  start: Date,
  pauses: readonly Pause[],
  calendar: WorkingCalendar,
  resume: ResumePolicy = 'remaining',
): Due {
  if (!term) return dueOn(null, start, calendar)
  const { plan, stoppages } = settle(term, start, pauses, calendar, resume)
  return dueOn(walk(plan, stoppages, calendar), start, calendar)
}

/** `dueAt` with its reasons: the same walk, and one step for every day from the effective start to the due time or open pause. */
export function explainDue(
  term: Term | null,
  start: Date,
  pauses: readonly Pause[],
  calendar: WorkingCalendar,
  resume: ResumePolicy = 'remaining',
): DueExplanation {
  if (!term) return { ...dueOn(null, start, calendar), effectiveStart: null, steps: [] }
  const { plan, stoppages } = settle(term, start, pauses, calendar, resume)
  const steps = stepsBefore(plan, planOf(term, millisOf(start), calendar).effective, calendar)
  let total = 0
  const at = walk(plan, stoppages, calendar, (number, day, used, left, due) => {
    // Whole minutes of the running total, so that days cut at a second still add up to the term.
    const minutes = Math.floor((total + used) / MINUTE) - Math.floor(total / MINUTE)
    total += used
    steps.push(stepOf(number, day, reasonOf(plan.clock, day, used, left, due), minutes))
  })
  return { ...dueOn(at, start, calendar), effectiveStart: new Date(plan.effective), steps }
}

/** A due time that was set rather than counted, with the years on the way to it that have no notice. */
export function dueOn(at: number | null, start: Date, { noticedYears }: WorkingCalendar): Due {
  const gaps: number[] = []
  if (at === null) return { at: null, provisional: false, gaps }
  const last = yearOf(dayNumberAt(at))
  for (let year = yearOf(dayNumberAt(millisOf(start))); year <= last; year++) {
    if (!noticedYears.includes(year)) gaps.push(year)
  }
  return { at: new Date(at), provisional: gaps.length > 0, gaps }
}

/** What a term counts: open time, dates on which the office works, or all dates. Only the first ends at an instant. */
type ClockKind = 'office-hours' | 'office-days' | 'dates'

/** A term tied to its start: from `from` on, `budget` milliseconds of its clock are to be used up. */
type Plan = { clock: ClockKind; effective: number; from: number; budget: number }

/** What the walk tells of each day: the time it used of what was left, and the due time if the term ends here. */
type Visit = (number: DayNumber, day: Day, used: number, left: number, due: number | null) => void

const LONGEST_AMOUNT = HORIZON_DAYS
const WORKING_DAY = WORKING_DAY_MINUTES * MINUTE
const WHOLE_DATE: readonly Span[] = [{ from: 0, to: DAY }]

/** Takes the pauses in order of time and stops at the first that begins when the term is already over. */
function settle(
  term: Term,
  start: Date,
  pauses: readonly Pause[],
  calendar: WorkingCalendar,
  resume: ResumePolicy,
): { plan: Plan; stoppages: readonly Stoppage[] } {
  const begin = millisOf(start)
  const stoppages: Stoppage[] = []
  let plan = planOf(term, begin, calendar)
  for (const stoppage of stoppagesAfter(begin, pauses)) {
    const due = walk(plan, stoppages, calendar)
    if (due !== null && due <= stoppage.from) break
    if (resume === 'restart' && stoppage.to < Number.POSITIVE_INFINITY) plan = planOf(term, stoppage.to, calendar)
    else stoppages.push(stoppage)
  }
  return { plan, stoppages }
}

function planOf(term: Term, start: number, calendar: WorkingCalendar): Plan {
  const { amount, unit } = term
  const inParts = unit === 'working-hours' || (unit === 'working-days' && term.policy !== 'civil-day')
  if (!(amount > 0 && amount <= LONGEST_AMOUNT && (inParts || Number.isInteger(amount)))) {
    throw new RangeError(`a term of ${amount} ${unit} makes no sense`)
  }
  if (inParts) {
    const effective = nextWorkingInstant(start, calendar)
    const minutes = Math.round(amount * (unit === 'working-hours' ? 60 : WORKING_DAY_MINUTES))
    return { clock: 'office-hours', effective, from: effective, budget: minutes * MINUTE }
  }
  if (unit === 'working-days') {
    const effective = nextWorkingInstant(start, calendar)
    return { clock: 'office-days', effective, from: dayAfter(effective), budget: amount * WORKING_DAY }
  }
  const received = dayNumberAt(start)
  const dates = unit === 'months' ? addMonths(received, amount) - received : amount
  return { clock: 'dates', effective: start, from: dayAfter(start), budget: dates * DAY }
}

function dayAfter(instant: number): number {
  return startOfDay(dayNumberAt(instant) + 1)
}

/** Day by day to the due time (epoch milliseconds), or to the open stoppage that hides it (null). */
function walk(plan: Plan, stoppages: readonly Stoppage[], calendar: WorkingCalendar, visit?: Visit): number | null {
  const dayOf = daysOf(calendar)
  const last = stoppages.at(-1)
  const endless = last?.to === Number.POSITIVE_INFINITY ? last.from : Number.POSITIVE_INFINITY
  const first = dayNumberAt(plan.from)
  let left = plan.budget
  for (let number = first; number < first + HORIZON_DAYS; number++) {
    const day = dayOf(number)
    const midnight = startOfDay(number)
    const used = left > 0 ? Math.min(left, countable(plan, day, midnight, stoppages)) : 0
    const due = used < left ? null : endOn(plan, day, midnight, left, stoppages)
    visit?.(number, day, used, left, due)
    if (due !== null) return due
    if (endless < midnight + DAY) return null
    left -= used
  }
  throw new RangeError(`nothing falls due within a century by calendar ${calendar.id} (${calendar.name})`)
}

/** How much of the term a day can use. */
function countable({ clock, from }: Plan, day: Day, midnight: number, stoppages: readonly Stoppage[]): number {
  let running = 0
  for (const span of clock === 'dates' ? WHOLE_DATE : day.spans) running += runningTime(span, midnight, from, stoppages)
  // A working day is one day however short its hours; rounding up keeps parts of days from missing their sum.
  return clock === 'office-days' && running > 0 ? Math.ceil((running * WORKING_DAY) / day.length) : running
}

/** The due time of a term used up on this day; null when it ends at a close and this day has none, or a paused one. */
function endOn(plan: Plan, day: Day, midnight: number, left: number, stoppages: readonly Stoppage[]): number | null {
  if (plan.clock !== 'office-hours') {
    const close = midnight + day.close
    return day.length > 0 && !isStoppedAt(close, stoppages) ? close : null
  }
  let rest = left
  for (const span of day.spans) {
    const running = runningTime(span, midnight, plan.from, stoppages)
    if (rest <= running) return instantAfter(Math.max(midnight + span.from, plan.from), rest, stoppages)
    rest -= running
  }
  return null
}

/** The days before the walk: those a restart made void, then the day of receipt where that is not counted. */
function stepsBefore(plan: Plan, received: number, calendar: WorkingCalendar): DueStep[] {
  const dayOf = daysOf(calendar)
  const steps: DueStep[] = []
  for (let number = dayNumberAt(received); number < dayNumberAt(plan.from); number++) {
    const why = number < dayNumberAt(plan.effective) ? 'restarted' : 'start-day'
    steps.push(stepOf(number, dayOf(number), why, 0))
  }
  return steps
}

function stepOf(number: DayNumber, { note, windows }: Day, why: DueReason, minutes: Minutes): DueStep {
  const step = { day: dateOf(number), weekday: weekdayOf(number), counted: minutes > 0, minutes, why }
  return { ...step, ...(note === undefined ? {} : { note }), windows: [...windows] }
}

function reasonOf(clock: ClockKind, day: Day, used: number, left: number, due: number | null): DueReason {
  if (used === 0) {
    if (due !== null) return 'moved-forward'
    const runsToday = day.length > 0 || (clock === 'dates' && left > 0)
    return runsToday ? 'paused' : day.kind
  }
  if (day.kind === 'gap-year' || (day.kind === 'swapped-work' && clock !== 'dates')) return day.kind
  if (clock === 'dates') return used === DAY ? 'calendar-day' : 'partial'
  return used === (clock === 'office-days' ? WORKING_DAY : day.length) ? day.kind : 'partial'
}
