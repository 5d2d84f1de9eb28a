import type { Weekday } from '#src/calendar/local-date.ts'
import type { Window, WorkingCalendar } from '#src/calendar/working-time.ts'
import type { T } from '#src/platform/text.ts'
import { wallClock } from '#src/platform/text.ts'

const weekdays: readonly (readonly [vi: string, en: string])[] = [
  ['Chủ nhật', 'Sunday'],
  ['thứ Hai', 'Monday'],
  ['thứ Ba', 'Tuesday'],
  ['thứ Tư', 'Wednesday'],
  ['thứ Năm', 'Thursday'],
  ['thứ Sáu', 'Friday'],
  ['thứ Bảy', 'Saturday'],
  ['Chủ nhật', 'Sunday'],
]

/** 'thứ Ba'; `day` counts from Sunday = 0 (or 7), as wall clocks and ISO do. */
export function weekdayName(day: number, t: T): string {
  const [vi, en] = weekdays[day] ?? ['', '']
  return t(vi, en)
}

/** `16:30 thứ Ba, 24/11/2026`: a promise people read aloud to one another. */
export function spokenInstant(at: Date, t: T): string {
  const w = wallClock(at)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(w.hour)}:${two(w.minute)} ${weekdayName(w.weekday, t)}, ${two(w.day)}/${two(w.month)}/${w.year}`
}

/** `thứ Hai, 30/11/2026` of a local date `2026-11-30`. */
export function spokenDay(date: string, t: T): string {
  const [year, month, day] = date.split('-')
  return `${weekdayName(new Date(`${date}T00:00:00Z`).getUTCDay(), t)}, ${day}/${month}/${year}`
}

/** `thứ Hai đến thứ Sáu: 07:30–11:30, 13:00–17:00`; days of the same hours are told together. */
export function openingHours({ weekly }: Pick<WorkingCalendar, 'weekly'>, t: T): string {
  const stretches: { from: number; to: number; hours: string }[] = []
  for (let day = 1; day <= 7; day++) {
    const hours = hoursOf(weekly[day as Weekday] ?? [])
    const last = stretches.at(-1)
    if (last && last.to === day - 1 && last.hours === hours) last.to = day
    else if (hours) stretches.push({ from: day, to: day, hours })
  }
  return stretches
    .map(({ from, to, hours }) => {
      const until = to > from ? ` ${t('đến', 'to')} ${weekdayName(to, t)}` : ''
      return `${weekdayName(from, t)}${until}: ${hours}`
    })
    .join('; ')
}

const hoursOf = (windows: readonly Window[]) => windows.map(({ from, to }) => `${from}–${to}`).join(', ')
