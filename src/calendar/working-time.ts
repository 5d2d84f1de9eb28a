import {
  type DayNumber,
  dayNumber,
  dayNumberAt,
  type LocalDate,
  MINUTE,
  millisOf,
  startOfDay,
  type Weekday,
  weekdayOf,
  yearOf,
} from './local-date.ts'
import { statutoryHolidays } from './statutory-holidays.ts'

/** Whole minutes of working time, unless said otherwise. */
export type Minutes = number

/** Working hours of a day, 'HH:MM' in Vietnam, half-open: at `to` the office is closed. */
export type Window = { from: string; to: string }

/**
 * A day that differs from its week. `off`: a holiday, or a day given away by a swap. `work`: a swapped Saturday or special
 * hours; without `windows` it is worked like a Monday, because a swapped day stands in for a full ordinary one.
 */
export type DayRule = {
  day: LocalDate
  kind: 'off' | 'work'
  windows?: Window[]
  reason: string
  legalBasis?: string
}

/**
 * When an agency works. A value: to change it, make another with the next version, never alter one in place (its index
 * is built once). In a year that is not in `noticedYears` the lunar holidays and swaps are unknown: only the weekly
 * hours, the explicit `days` and the holidays fixed by law are known.
 */
export type WorkingCalendar = {
  id: number
  name: string
  version: number
  weekly: Record<Weekday, Window[]>
  days: DayRule[]
  noticedYears: number[]
}

/** What a day is to a calendar; `gap-year` is an ordinary working day of a year without notice. */
export type DayKind = 'working-day' | 'swapped-work' | 'weekend' | 'day-off' | 'gap-year'

/** Half-open stretch of a day, in milliseconds from local midnight. */
export type Span = { readonly from: number; readonly to: number }

export type Day = {
  readonly kind: DayKind
  readonly windows: readonly Window[]
  readonly spans: readonly Span[]
  /** Working time of the day and the end of its last window, in milliseconds; both 0 on a day off. */
  readonly length: number
  readonly close: number
  readonly note?: string
}

/** No search for working time looks further than a century ahead: past that the calendar or the term is wrong. */
export const HORIZON_DAYS = 36_525

const lookups = new WeakMap<WorkingCalendar, (day: DayNumber) => Day>()

/** The days of a calendar by number. Built once per calendar object; throws RangeError if its data contradict themselves. */
export function daysOf(calendar: WorkingCalendar): (day: DayNumber) => Day {
  const known = lookups.get(calendar)
  if (known) return known
  const lookup = buildLookup(calendar)
  lookups.set(calendar, lookup)
  return lookup
}

/** True when the day has working hours. */
export function isWorkingDay(date: LocalDate, calendar: WorkingCalendar): boolean {
  return daysOf(calendar)(dayNumber(date)).length > 0
}

/** The instant itself if the office is open then, else the next opening. Throws Error if the calendar never opens again. */
export function effectiveStart(start: Date, calendar: WorkingCalendar): Date {
  return new Date(nextWorkingInstant(millisOf(start), calendar))
}

/** `effectiveStart` in epoch milliseconds. */
export function nextWorkingInstant(instant: number, calendar: WorkingCalendar): number {
  const dayOf = daysOf(calendar)
  const first = dayNumberAt(instant)
  for (let day = first; day < first + HORIZON_DAYS; day++) {
    const midnight = startOfDay(day)
    for (const span of dayOf(day).spans) {
      if (instant < midnight + span.to) return Math.max(instant, midnight + span.from)
    }
  }
  throw new Error(`calendar ${calendar.id} (${calendar.name}) has no working hours in the century after the start`)
}

/**
 * Window time between two instants, negative when `to` is the earlier. Both are read to the whole minute, as a wall
 * clock shows them, so that parts always add up to the whole.
 */
export function workingMinutesBetween(from: Date, to: Date, calendar: WorkingCalendar): Minutes {
  const begin = Math.floor(millisOf(from) / MINUTE) * MINUTE
  const end = Math.floor(millisOf(to) / MINUTE) * MINUTE
  if (end < begin) return 0 - workingMinutesBetween(to, from, calendar)
  const dayOf = daysOf(calendar)
  let total = 0
  for (let day = dayNumberAt(begin); day <= dayNumberAt(end); day++) {
    const midnight = startOfDay(day)
    for (const span of dayOf(day).spans) total += overlap(midnight + span.from, midnight + span.to, begin, end)
  }
  return total / MINUTE
}

/** Length that two half-open stretches have in common. */
export function overlap(from: number, to: number, otherFrom: number, otherTo: number): number {
  return Math.max(0, Math.min(to, otherTo) - Math.max(from, otherFrom))
}

function buildLookup(calendar: WorkingCalendar): (day: DayNumber) => Day {
  const ordinaryWeek = weekOf(calendar, 'working-day')
  const gapWeek = weekOf(calendar, 'gap-year')
  const rules = new Map(calendar.days.map(rule => [dayNumber(rule.day), ruledDay(rule, calendar)]))
  if (rules.size < calendar.days.length) throw new RangeError(`calendar ${calendar.id} has two rules for one day`)
  const noticed = new Set(calendar.noticedYears)
  const certainDaysOff = new Map<number, Map<DayNumber, Day>>()

  return day => {
    const rule = rules.get(day)
    if (rule) return rule
    const year = yearOf(day)
    if (noticed.has(year)) return ordinaryWeek[weekdayOf(day)]
    let daysOff = certainDaysOff.get(year)
    if (!daysOff) {
      daysOff = daysOffByLaw(year, calendar)
      certainDaysOff.set(year, daysOff)
    }
    return daysOff.get(day) ?? gapWeek[weekdayOf(day)]
  }
}

function weekOf({ weekly }: WorkingCalendar, working: DayKind): Record<Weekday, Day> {
  const day = (weekday: Weekday) => makeDay(weekly[weekday].length > 0 ? working : 'weekend', weekly[weekday])
  return { 1: day(1), 2: day(2), 3: day(3), 4: day(4), 5: day(5), 6: day(6), 7: day(7) }
}

function daysOffByLaw(year: number, calendar: WorkingCalendar): Map<DayNumber, Day> {
  const holidays = statutoryHolidays(year, weekday => calendar.weekly[weekday].length === 0)
  return new Map([...holidays].map(([day, { name, basis }]) => [day, makeDay('day-off', [], `${name} (${basis})`)]))
}

function ruledDay({ day, kind, windows, reason, legalBasis }: DayRule, { weekly }: WorkingCalendar): Day {
  const note = legalBasis ? `${reason} (${legalBasis})` : reason
  if (kind === 'off') return makeDay('day-off', [], note)
  const hours = windows ?? weekly[1]
  if (!hours.length) throw new RangeError(`${day} is to be worked but has no hours`)
  return makeDay(weekly[weekdayOf(dayNumber(day))].length ? 'working-day' : 'swapped-work', hours, note)
}

function makeDay(kind: DayKind, windows: readonly Window[], note?: string): Day {
  const spans = windows.map(window => ({ from: timeOfDay(window.from), to: timeOfDay(window.to) }))
  let close = 0
  for (const { from, to } of spans) {
    if (from < close || to <= from) throw new RangeError(`working hours overlap or are out of order: ${show(windows)}`)
    close = to
  }
  const length = spans.reduce((sum, { from, to }) => sum + to - from, 0)
  return { kind, windows, spans, length, close, note }
}

/** Milliseconds from midnight of 'HH:MM'; '24:00' is the end of the day. */
function timeOfDay(text: string): number {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)$|^(24):(00)$/u.exec(text)
  if (!parts) throw new RangeError(`'${text}' is not a time of day (HH:MM)`)
  return (Number(parts[1] ?? parts[3]) * 60 + Number(parts[2] ?? parts[4])) * MINUTE
}

function show(windows: readonly Window[]): string {
  return windows.map(({ from, to }) => `${from}–${to}`).join(', ')
}

/** When the offices close on a working day. Throws RangeError for a day off. */
export function closeOfDay(date: LocalDate, calendar: WorkingCalendar): Date {
  const number = dayNumber(date)
  const day = daysOf(calendar)(number)
  if (day.length === 0) throw new RangeError(`${date} is not a working day`)
  return new Date(startOfDay(number) + day.close)
}
