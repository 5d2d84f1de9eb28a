import { dueAt } from '#src/calendar/deadline.ts'
import { addDays, localDate, MINUTE, startOfLocalDay } from '#src/calendar/local-date.ts'
import { effectiveStart, type WorkingCalendar, workingMinutesBetween } from '#src/calendar/working-time.ts'
import type { Random } from './random.ts'

/** Somewhere within the minute at which the office has worked `minutes` more, never before `at` itself; always while it is open. */
export function later(at: Date, minutes: number, calendar: WorkingCalendar, random: Random): Date {
  const amount = Math.max(1, Math.round(minutes)) / 60
  const { at: end } = dueAt({ amount, unit: 'working-hours' }, at, [], calendar)
  // A term used up at a window's end is due at that end; whoever works until then is done a moment before.
  const minute = Math.floor(((end ?? at).getTime() - 1) / MINUTE) * MINUTE
  return new Date(Math.max(minute + Math.floor(random() * 60) * 1000, at.getTime() + 1000))
}

/** The instant before which the office has yet to work `minutes` until `at`; within its hours. */
export function earlier(at: Date, minutes: number, calendar: WorkingCalendar): Date {
  let day = localDate(at)
  let worked = workingMinutesBetween(startOfLocalDay(day), at, calendar)
  while (worked < minutes + 1) {
    day = addDays(day, -1)
    worked = workingMinutesBetween(startOfLocalDay(day), at, calendar)
  }
  const amount = (worked - Math.round(minutes)) / 60
  return effectiveStart(dueAt({ amount, unit: 'working-hours' }, startOfLocalDay(day), [], calendar).at ?? at, calendar)
}
