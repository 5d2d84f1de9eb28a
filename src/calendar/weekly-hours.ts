import { z } from '@hono/zod-openapi'
import { says } from '#src/platform/field-problems.ts'
import type { T } from '#src/platform/text.ts'
import type { Weekday } from './local-date.ts'
import type { Window } from './working-time.ts'

export const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7]

const Time = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/u)

/** Working hours of one weekday, in order and apart from one another; none on a day of rest. */
export const DayHours = z
  .array(z.strictObject({ from: Time, to: Time }))
  .max(6)
  .refine(inOrder, says('Giờ làm việc phải nối tiếp nhau, không chồng lên nhau.', 'Hours must follow one another.'))

/** Weekly hours by weekday, 1 = Monday. */
export const WeeklyHours = z.strictObject({
  1: DayHours,
  2: DayHours,
  3: DayHours,
  4: DayHours,
  5: DayHours,
  6: DayHours,
  7: DayHours,
})

function inOrder(windows: readonly Window[]): boolean {
  return windows.every(({ from, to }, n) => from < to && (n === 0 || (windows[n - 1]?.to ?? '') <= from))
}

/** `07:30-11:30, 13:00-17:00` */
export function hoursText(windows: readonly Window[]): string {
  return windows.map(({ from, to }) => `${from}-${to}`).join(', ')
}

/** Reads hours as `hoursText` writes them, also `7:30 – 11:30; 13:00 – 17:00`; undefined when they make no sense. */
export function parseHours(text: string): Window[] | undefined {
  const parts = text.split(/[,;]/u).filter(part => part.trim() !== '')
  const windows = parts.map(part => /^\s*(\d{1,2}[:h]\d{2})\s*[-–—]\s*(\d{1,2}[:h]\d{2})\s*$/u.exec(part))
  const read = windows.map(found => ({ from: time(found?.[1]), to: time(found?.[2]) }))
  return DayHours.safeParse(read).data
}

function time(text = ''): string {
  return text.replace('h', ':').padStart(5, '0')
}

const NAMES: Record<Weekday, readonly [vi: string, en: string]> = {
  1: ['Thứ Hai', 'Monday'],
  2: ['Thứ Ba', 'Tuesday'],
  3: ['Thứ Tư', 'Wednesday'],
  4: ['Thứ Năm', 'Thursday'],
  5: ['Thứ Sáu', 'Friday'],
  6: ['Thứ Bảy', 'Saturday'],
  7: ['Chủ nhật', 'Sunday'],
}

export function weekdayName(day: Weekday, t: T): string {
  return t(...NAMES[day])
}
