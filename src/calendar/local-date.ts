/** A civil date 'YYYY-MM-DD' in Asia/Ho_Chi_Minh. */
export type LocalDate = string

/** Whole days since 1970-01-01 on the calendar of Asia/Ho_Chi_Minh: a LocalDate one can count with. */
export type DayNumber = number

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/** Milliseconds in a minute and in a day. */
export const MINUTE = 60_000
export const DAY = 86_400_000

/** Vietnam keeps UTC+7 all year, so a day is always 24 hours and plain integers are enough. */
const OFFSET = 7 * 60 * MINUTE

/** The local date on which an instant falls. */
export function localDate(instant: Date): LocalDate {
  return dateOf(dayNumberAt(millisOf(instant)))
}

/** The instant at which a local date begins (00:00 in Vietnam). Throws RangeError on a date that does not exist. */
export function startOfLocalDay(date: LocalDate): Date {
  return new Date(startOfDay(dayNumber(date)))
}

/** The date `days` later (earlier when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOf(dayNumber(date) + days)
}

/** ISO weekday of a date: 1 is Monday, 7 is Sunday. */
export function weekday(date: LocalDate): Weekday {
  return weekdayOf(dayNumber(date))
}

/** Throws RangeError unless `date` is a real date written 'YYYY-MM-DD'. */
export function dayNumber(date: LocalDate): DayNumber {
  const millis = /^\d{4}-\d{2}-\d{2}$/u.test(date) ? Date.parse(date) : Number.NaN
  const day = millis / DAY
  // Date.parse rolls 2026-02-30 over to March, so the way back is the test of a real date.
  if (Number.isNaN(day) || dateOf(day) !== date) throw new RangeError(`'${date}' is not a date (YYYY-MM-DD)`)
  return day
}

export function dateOf(day: DayNumber): LocalDate {
  return new Date(day * DAY).toISOString().slice(0, 10)
}

export function yearOf(day: DayNumber): number {
  return new Date(day * DAY).getUTCFullYear()
}

export function weekdayOf(day: DayNumber): Weekday {
  const sinceMonday = (day + 3) % 7 // day 0 was a Thursday
  return (sinceMonday < 0 ? sinceMonday + 8 : sinceMonday + 1) as Weekday
}

/** The same day of the month `months` later, or that month's last day when it is shorter: 31/1 + 1 month is 28/2 or 29/2. */
export function addMonths(day: DayNumber, months: number): DayNumber {
  const date = new Date(day * DAY)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months]
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) / DAY
}

/** The day on which an instant (epoch milliseconds) falls. */
export function dayNumberAt(instant: number): DayNumber {
  return Math.floor((instant + OFFSET) / DAY)
}

/** The instant (epoch milliseconds) at which a day begins. */
export function startOfDay(day: DayNumber): number {
  return day * DAY - OFFSET
}

/** Epoch milliseconds; throws RangeError on an invalid Date, which would otherwise spoil every later sum in silence. */
export function millisOf(instant: Date): number {
  const millis = instant.getTime()
  if (Number.isNaN(millis)) throw new RangeError('the instant is not a valid Date')
  return millis
}
