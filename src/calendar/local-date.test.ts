import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  dateOf,
  dayNumber,
  dayNumberAt,
  localDate,
  startOfDay,
  startOfLocalDay,
  weekday,
} from './local-date.ts'

describe('local dates', () => {
  it('change at midnight in Vietnam, which is 17:00 UTC', () => {
    expect(localDate(new Date('2026-08-24T16:59:59.999Z'))).toBe('2026-08-24')
    expect(localDate(new Date('2026-08-24T17:00:00Z'))).toBe('2026-08-25')
    expect(startOfLocalDay('2026-08-25')).toEqual(new Date('2026-08-24T17:00:00Z'))
  })

  it('know their weekday, also before 1970', () => {
    expect(['2026-08-24', '2026-08-30', '1969-12-29', '1969-12-28'].map(weekday)).toEqual([1, 7, 1, 7])
  })

  it('that do not exist are refused', () => {
    for (const date of ['2026-02-29', '2026-13-01', '2026-8-24', '24/08/2026', '']) {
      expect(() => startOfLocalDay(date)).toThrow(RangeError)
    }
    expect(() => localDate(new Date(Number.NaN))).toThrow(RangeError)
  })

  it('are counted across months and leap days', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
  })

  it('keep their day of the month when months are added, or take the last one', () => {
    const later = (date: string, months: number) => dateOf(addMonths(dayNumber(date), months))
    expect(later('2026-01-31', 1)).toBe('2026-02-28')
    expect(later('2024-01-31', 1)).toBe('2024-02-29')
    expect(later('2026-08-31', 3)).toBe('2026-11-30')
    expect(later('2026-11-15', 14)).toBe('2028-01-15')
  })

  it('and day numbers are two forms of the same thing', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30_000, max: 60_000 }), fc.integer({ min: 0, max: 86_399_999 }), (day, millis) => {
        expect(dayNumber(dateOf(day))).toBe(day)
        expect(dayNumberAt(startOfDay(day) + millis)).toBe(day)
      }),
    )
  })
})
