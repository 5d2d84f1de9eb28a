import { dayNumber, type LocalDate, localDate, MINUTE, startOfLocalDay } from '#src/calendar/local-date.ts'
import { closeOfDay, isWorkingDay, type WorkingCalendar } from '#src/calendar/working-time.ts'

/** A local day, and the instant where more than the day is known. */
export type PastInstant = { day: LocalDate; at: Date | null }

const ISO = /^(?<y>\d{4})-(?<m>\d\d)-(?<d>\d\d)(?:[ T](?<hh>\d\d?):(?<mm>\d\d)(?::(?<ss>\d\d))?)?$/u
const VIETNAMESE = /^(?<d>\d\d?)\/(?<m>\d\d?)\/(?<y>\d{4})(?: (?<hh>\d\d?):(?<mm>\d\d)(?::(?<ss>\d\d))?)?$/u

/** `2019-03-04`, `2019-03-04 08:15`, `4/3/2019 8:15`; undefined for anything else and for days that do not exist. */
export function parseInstant(text: string): PastInstant | undefined {
  const { y, m, d, hh, mm, ss } = (ISO.exec(text) ?? VIETNAMESE.exec(text))?.groups ?? {}
  if (!y || !m || !d) return undefined
  const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  if (!isDay(day)) return undefined
  if (hh === undefined) return { day, at: null }
  const seconds = Number(hh) * 3600 + Number(mm) * 60 + Number(ss ?? 0)
  if (Number(hh) > 23 || Number(mm) > 59 || Number(ss ?? 0) > 59) return undefined
  return { day, at: new Date(startOfLocalDay(day).getTime() + seconds * 1000) }
}

/** A day that exists, in a year reports can be asked for: others are slips of the keyboard. */
export function isDay(day: string): boolean {
  try {
    return dayNumber(day) > 0 && day >= '2000' && day < '2200'
  } catch {
    return false
  }
}

/** A day alone is that hour of it, yet never before what came first that day. */
export function atHour({ day, at }: PastInstant, hour: number, first?: Date): Date {
  if (at) return at
  const usual = new Date(startOfLocalDay(day).getTime() + hour * 60 * MINUTE)
  return first && first > usual && localDate(first) === day ? first : usual
}

/** A day alone is the end of its working hours; 17:00 on a day off. */
export function atClosing(instant: PastInstant, calendar: WorkingCalendar): Date {
  if (instant.at) return instant.at
  return isWorkingDay(instant.day, calendar) ? closeOfDay(instant.day, calendar) : atHour(instant, 17)
}
