import { joined } from './calendar-year.ts'
import { addDays, dayNumber, type LocalDate } from './local-date.ts'
import type { DayRule } from './working-time.ts'

export type NoticeLine = { day: LocalDate; reason: string }

/** A line that cannot be read: `form` when it is not "day/month: reason", `date` when the year has no such day. */
export type LineFault = { line: number; text: string; why: 'form' | 'date' }

const LINE = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?(?:\s*[-–—]\s*(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?)?\s*:\s*(\S.*)$/u

/**
 * Reads the days of a notice as people write them, one line each: `01/01: Tết Dương lịch`, several in a row as
 * `05/02-09/02: Tết Nguyên đán`. Empty lines count for nothing; the year may be left out.
 */
export function parseNoticeLines(text: string, year: number): { days: NoticeLine[]; faults: LineFault[] } {
  const days: NoticeLine[] = []
  const faults: LineFault[] = []
  for (const [n, raw] of text.split(/\r\n?|\n/u).entries()) {
    const line = raw.normalize('NFC').replace(/\s+/gu, ' ').trim()
    if (line === '') continue
    const read = readLine(line, year)
    if (Array.isArray(read)) days.push(...read)
    else faults.push({ line: n + 1, text: line.slice(0, 60), why: read })
  }
  return { days, faults }
}

function readLine(line: string, year: number): NoticeLine[] | LineFault['why'] {
  const parts = LINE.exec(line)
  if (!parts) return 'form'
  const [, day, month, ownYear, lastDay, lastMonth, lastYear, reason = ''] = parts
  const first = dateIn(year, ownYear, month, day)
  const last = lastDay === undefined ? first : dateIn(year, lastYear, lastMonth, lastDay)
  if (!first || !last || last < first || dayNumber(last) - dayNumber(first) > 30) return 'date'
  const list: NoticeLine[] = []
  for (let at = first; at <= last; at = addDays(at, 1)) list.push({ day: at, reason })
  return list
}

/** Undefined for a day of another year or one that does not exist. */
function dateIn(year: number, ownYear: string | undefined, month = '', day = ''): LocalDate | undefined {
  if (ownYear !== undefined && Number(ownYear) !== year) return undefined
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  try {
    dayNumber(date)
    return date
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The lines that give these days again, to correct a notice or to start from the days fixed by law. */
export function noticeLines(rules: readonly DayRule[]): string {
  return joined(rules.map(({ day, reason }) => ({ day, reason, kind: 'off' })))
    .map(({ from, to, reason }) => `${dayMonth(from)}${to === from ? '' : `-${dayMonth(to)}`}: ${reason}`)
    .join('\n')
}

/** `05/02` */
export function dayMonth(day: LocalDate): string {
  return `${day.slice(8)}/${day.slice(5, 7)}`
}
