import { addDays, addMonths, dateOf, dayNumber, type LocalDate } from '#src/calendar/local-date.ts'
import {
  NATIONAL,
  type PeriodKind,
  type PeriodScheme,
  type PeriodWords,
  periodKinds,
  termsOn,
} from './period-scheme.ts'

/**
 * A named reporting period: `code` 2026-M07, 2026-Q3, 2026-H1, 2026-9M or 2026, with the scheme before it unless it is the national one;
 * `number` which of its kind in the year, from 1; `from` and `to` both inclusive; `submitBy` the last day its report may be sent.
 */
export type PeriodPreset = {
  code: string
  scheme: string
  kind: PeriodKind
  year: number
  number: number
  from: LocalDate
  to: LocalDate
  submitBy: LocalDate
  label: PeriodWords
}

/** In a year how many there are, how many months each has, and how it is coded. */
const cuts: Record<PeriodKind, { count: number; months: number; code: (number: number) => string }> = {
  month: { count: 12, months: 1, code: number => `-M${String(number).padStart(2, '0')}` },
  quarter: { count: 4, months: 3, code: number => `-Q${number}` },
  half: { count: 2, months: 6, code: number => `-H${number}` },
  'nine-months': { count: 1, months: 9, code: () => '-9M' },
  year: { count: 1, months: 12, code: () => '' },
}

/** The periods of a year that the scheme offers: months first, the year last. */
export function periodsOf(scheme: PeriodScheme, year: number): PeriodPreset[] {
  return periodKinds.flatMap(kind => periodsOfKind(scheme, kind, year))
}

/** Those of one kind, in order; none of a kind the scheme does not offer at their end. */
export function periodsOfKind(scheme: PeriodScheme, kind: PeriodKind, year: number): PeriodPreset[] {
  return Array.from({ length: cuts[kind].count }, (_, i) => period(scheme, kind, year, i + 1)).filter(({ to }) =>
    termsOn(scheme, to).kinds.includes(kind),
  )
}

/** Of every scheme in force on `day` and every kind: the period that has begun last, and the one before it. */
export function presetsAround(schemes: readonly PeriodScheme[], day: LocalDate): PeriodPreset[] {
  const inForce = schemes.filter(({ terms }) => terms.some(one => holds(one, day)))
  return inForce.flatMap(scheme => periodKinds.flatMap(kind => lastBegun(scheme, kind, day, 2)))
}

/** The `count` periods of a kind that began last by `day`, the latest first. */
export function lastBegun(scheme: PeriodScheme, kind: PeriodKind, day: LocalDate, count: number): PeriodPreset[] {
  const year = yearOf(day)
  // A year may begin in the calendar year before, and the first of its kind has those of the year before as neighbours.
  const years = [year - 2, year - 1, year, year + 1].flatMap(one => periodsOfKind(scheme, kind, one))
  const begun = years.filter(({ from }) => from <= day)
  return begun.slice(-count).reverse()
}

/** The period of that code, in a year from 1990 to 2100; undefined when no scheme offers it. */
export function findPreset(schemes: readonly PeriodScheme[], code: string): PeriodPreset | undefined {
  const [, prefix = NATIONAL, digits = ''] = /^(?:([a-z][a-z0-9-]*)-)?(\d{4})(?:-\w{1,3})?$/u.exec(code) ?? []
  const scheme = schemes.find(one => one.code === prefix)
  const year = Number(digits)
  if (!scheme || year < 1990 || year > 2100) return undefined
  return periodsOf(scheme, year).find(one => one.code === code)
}

function period(scheme: PeriodScheme, kind: PeriodKind, year: number, number: number): PeriodPreset {
  const { months, code } = cuts[kind]
  const last = number * months
  const to = endOfMonth(scheme, year, last)
  // The day after the period before, by whatever terms that one ended: a change of terms leaves no day out and counts none twice.
  const from = addDays(endOfMonth(scheme, year, last - months), 1)
  const prefix = scheme.code === NATIONAL ? '' : `${scheme.code}-`
  return {
    code: `${prefix}${year}${code(number)}`,
    scheme: scheme.code,
    ...{ kind, year, number, from, to },
    submitBy: addDays(to, termsOn(scheme, to).submissionDays),
    label: labels[kind](number, year),
  }
}

/** The last day of a month of the scheme (0: December of the year before), by the terms in force when that calendar month begins. */
function endOfMonth(scheme: PeriodScheme, year: number, month: number): LocalDate {
  const first = dateOf(addMonths(dayNumber(`${year}-01-01`), month - 1))
  const { startDay } = termsOn(scheme, first)
  if (startDay === 1) return dateOf(addMonths(dayNumber(first), 1) - 1)
  return addDays(first, startDay - 2)
}

const roman = ['', 'I', 'II', 'III', 'IV']
const labels: Record<PeriodKind, (number: number, year: number) => PeriodWords> = {
  month: (number, year) => [`Tháng ${number}/${year}`, `Month ${number}/${year}`],
  quarter: (number, year) => [`Quý ${roman[number]}/${year}`, `Quarter ${roman[number]}/${year}`],
  half: (number, year) =>
    number === 1
      ? [`6 tháng đầu năm ${year}`, `First half of ${year}`]
      : [`6 tháng cuối năm ${year}`, `Second half of ${year}`],
  'nine-months': (_, year) => [`9 tháng đầu năm ${year}`, `First nine months of ${year}`],
  year: (_, year) => [`Năm ${year}`, `Year ${year}`],
}

const yearOf = (day: LocalDate) => Number(day.slice(0, 4))

const holds = ({ validFrom, validTo }: { validFrom: LocalDate; validTo: LocalDate | null }, day: LocalDate) =>
  validFrom <= day && (validTo === null || validTo > day)
