import { addDays, type DayNumber, dateOf, dayNumber, type LocalDate, type Weekday, weekdayOf } from './local-date.ts'
import { statutoryHolidays } from './statutory-holidays.ts'
import { type DayRule, daysOf, type WorkingCalendar } from './working-time.ts'

/** What a day is to the reader of a calendar: an ordinary working day, the weekly rest, a day off, a day worked in exchange. */
export type YearDay = { day: LocalDate; kind: 'work' | 'rest' | 'off' | 'swapped'; note?: string }

/** Days that follow one another for one reason, first and last. */
export type SpecialDays = Omit<DayRule, 'day'> & { from: LocalDate; to: LocalDate }

export type YearMonth = {
  /** 1–12 */
  month: number
  /** ISO weekday of the first day, 1 = Monday. */
  startsOn: Weekday
  days: YearDay[]
  workingDays: number
  special: SpecialDays[]
}

/** Whether the official notice of the year has been entered; without it only the days fixed by law are known. */
export function isNoticed(calendar: WorkingCalendar, year: number): boolean {
  return calendar.noticedYears.includes(year)
}

/** The days of a year that differ from the week: those entered and, while there is no notice, the holidays the law itself fixes. */
export function specialDays(calendar: WorkingCalendar, year: number): DayRule[] {
  const entered = calendar.days.filter(({ day }) => day.startsWith(`${year}-`))
  if (isNoticed(calendar, year)) return entered
  const known = new Set(entered.map(({ day }) => day))
  const holidays = [...statutoryHolidays(year, weekday => calendar.weekly[weekday].length === 0)]
  const certain = holidays
    .map(([day, { name, basis }]): DayRule => ({ day: dateOf(day), kind: 'off', reason: name, legalBasis: basis }))
    .filter(({ day }) => !known.has(day))
  return [...entered, ...certain].sort((a, b) => (a.day < b.day ? -1 : 1))
}

/** The twelve months of a year as the calendar counts them. */
export function yearMonths(calendar: WorkingCalendar, year: number): YearMonth[] {
  const special = specialDays(calendar, year)
  return Array.from({ length: 12 }, (_, n) => {
    const first = dayNumber(`${year}-${String(n + 1).padStart(2, '0')}-01`)
    const next = n === 11 ? dayNumber(`${year + 1}-01-01`) : dayNumber(`${year}-${String(n + 2).padStart(2, '0')}-01`)
    const days = Array.from({ length: next - first }, (_, i) => dayOf(calendar, first + i))
    const month = dateOf(first).slice(0, 7)
    return {
      month: n + 1,
      startsOn: weekdayOf(first),
      days,
      workingDays: days.filter(({ kind }) => kind === 'work' || kind === 'swapped').length,
      special: joined(special.filter(({ day }) => day.startsWith(month))),
    }
  })
}

function dayOf(calendar: WorkingCalendar, number: DayNumber): YearDay {
  const { kind, note } = daysOf(calendar)(number)
  const kinds = {
    'working-day': 'work',
    'gap-year': 'work',
    'swapped-work': 'swapped',
    weekend: 'rest',
    'day-off': 'off',
  } as const
  return { day: dateOf(number), kind: kinds[kind], note }
}

/** One entry for days in a row with the same reason, as a notice words them: "16–20/02: Tết Nguyên đán". */
export function joined(rules: readonly DayRule[]): SpecialDays[] {
  const list: SpecialDays[] = []
  for (const { day, ...rule } of rules) {
    const last = list.at(-1)
    const follows = last && addDays(last.to, 1) === day && last.kind === rule.kind && last.reason === rule.reason
    const sameHours = last && JSON.stringify(last.windows) === JSON.stringify(rule.windows)
    if (follows && sameHours && last.legalBasis === rule.legalBasis) last.to = day
    else list.push({ ...rule, from: day, to: day })
  }
  return list
}
