import { addDays, type LocalDate } from '#src/calendar/local-date.ts'
import { isDay } from './past-instant.ts'

const NATIONAL = /^(?<prefix>[0-9A-Z.]{3,40}-(?<yy>\d\d)(?<mm>\d\d)(?<dd>\d\d))-\d{4,6}$/u
/** Ends the agency's part of codes given to imported dossiers, apart from those the desks give. */
const SERIES = '.I'

/**
 * The part of an old code before its number (`H20.101-190304`) if the code may be kept: of the national shape, of a day whose numbers are all
 * given out by now, and not of our own series for imports. Else undefined.
 */
export function keptPrefix(code: string | null, today: LocalDate): string | undefined {
  const { prefix, yy, mm, dd } = NATIONAL.exec(code ?? '')?.groups ?? {}
  if (!prefix || prefix.slice(0, -7).endsWith(SERIES)) return undefined
  const day = `20${yy}-${mm}-${dd}`
  return isDay(day) && day < addDays(today, -1) ? prefix : undefined
}

/** `H20.101.I-190304-0001`: of an agency, the day of reception, and the number in that series. */
export function seriesCode(agency: string, day: LocalDate, number: number): string {
  return `${agency}${SERIES}-${day.slice(2).replaceAll('-', '')}-${String(number).padStart(4, '0')}`
}
