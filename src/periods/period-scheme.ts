import type { LocalDate } from '#src/calendar/local-date.ts'
import type { T } from '#src/platform/text.ts'

/** `nine-months`: the first nine of a year, reported beside its third quarter. */
export const periodKinds = ['month', 'quarter', 'half', 'nine-months', 'year'] as const
export type PeriodKind = (typeof periodKinds)[number]

const kindWords: Record<PeriodKind, PeriodWords> = {
  month: ['tháng', 'month'],
  quarter: ['quý', 'quarter'],
  half: ['6 tháng', 'half-year'],
  'nine-months': ['9 tháng', 'nine months'],
  year: ['năm', 'year'],
}

export const kindText = (kind: PeriodKind, t: T) => t(...kindWords[kind])

/** Vietnamese and English. */
export type PeriodWords = readonly [vi: string, en: string]

/**
 * How a year is cut in force from a local day until just before another. `startDay` 1: by the calendar; 15: a period ends on the 14th of its
 * last month, and so month 1 begins on 15 December. `submissionDays`: calendar days after the last day within which the report is sent.
 */
export type SchemeTerms = {
  name: PeriodWords
  startDay: number
  kinds: readonly PeriodKind[]
  submissionDays: number
  ground: string
  validFrom: LocalDate
  validTo: LocalDate | null
}

/** A way to cut years into reporting periods; `terms` the earliest first, at least one. */
export type PeriodScheme = { code: string; terms: readonly SchemeTerms[] }

/** Its periods are named without the scheme: `2026-Q3`; those of another by it: `local-2026-Q3`. */
export const NATIONAL = 'national'

/** Those in force on `day`; before the first, the first, so that years before the rule can be reported too. */
export function termsOn({ terms }: PeriodScheme, day: LocalDate): SchemeTerms {
  const found = terms.findLast(one => one.validFrom <= day) ?? terms[0]
  if (!found) throw new Error('a scheme has terms')
  return found
}
