import { type DayNumber, dayNumber, type Weekday, weekdayOf } from './local-date.ts'

type FixedHoliday = { on: string; name: string; basis: string; since: number; madeUp: boolean }

export const HOLIDAY_LAW = 'Bộ luật Lao động 45/2019/QH14, Điều 112'
export const MAKE_UP_LAW = 'Bộ luật Lao động 45/2019/QH14, Điều 111 khoản 3'
export const CULTURE_DAY_LAW = 'Nghị quyết 28/2026/QH16, Điều 2'

/**
 * The holidays whose dates the law itself fixes, in the order of the year. The lunar ones (Tết, Giỗ Tổ), the second
 * National Day holiday and the swapped days are known only from each year's notice.
 * Vietnamese Culture Day stands outside article 112, so it is not made up when it falls on a rest day.
 */
const FIXED_HOLIDAYS: readonly FixedHoliday[] = [
  { on: '01-01', name: 'Tết Dương lịch', basis: HOLIDAY_LAW, since: 0, madeUp: true },
  { on: '04-30', name: 'Ngày Chiến thắng', basis: HOLIDAY_LAW, since: 0, madeUp: true },
  { on: '05-01', name: 'Ngày Quốc tế lao động', basis: HOLIDAY_LAW, since: 0, madeUp: true },
  { on: '09-02', name: 'Quốc khánh', basis: HOLIDAY_LAW, since: 0, madeUp: true },
  { on: '11-24', name: 'Ngày Văn hóa Việt Nam', basis: CULTURE_DAY_LAW, since: 2026, madeUp: false },
]

export type Holiday = { name: string; basis: string }

/**
 * The days off that are certain in a year before its notice is published. A holiday on a weekly rest day is made up on
 * the next working day (Labour Code, article 111(3)); `isRestDay` says which weekdays the calendar rests on.
 */
export function statutoryHolidays(year: number, isRestDay: (day: Weekday) => boolean): Map<DayNumber, Holiday> {
  const inForce = FIXED_HOLIDAYS.filter(holiday => holiday.since <= year).map(holiday => ({
    ...holiday,
    day: dayNumber(`${String(year).padStart(4, '0')}-${holiday.on}`),
  }))
  const off = new Map<DayNumber, Holiday>(inForce.map(({ day, name, basis }) => [day, { name, basis }]))
  for (const { day, name, madeUp } of inForce) {
    if (!madeUp || !isRestDay(weekdayOf(day))) continue
    const free = nextWorkday(day, next => off.has(next) || isRestDay(weekdayOf(next)))
    if (free !== undefined) off.set(free, { name: `Nghỉ bù ${name}`, basis: MAKE_UP_LAW })
  }
  return off
}

/** Undefined when the whole following fortnight is taken, as in a calendar that never works. */
function nextWorkday(after: DayNumber, taken: (day: DayNumber) => boolean): DayNumber | undefined {
  for (let day = after + 1; day <= after + 14; day++) if (!taken(day)) return day
  return undefined
}
