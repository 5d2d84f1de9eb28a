import { describe, expect, it } from 'vitest'
import { nationalCalendar } from './national-calendar.ts'
import {
  type DayRule,
  effectiveStart,
  isWorkingDay,
  type WorkingCalendar,
  workingMinutesBetween,
} from './working-time.ts'

const at = (text: string) => new Date(`${text.replace(' ', 'T')}+07:00`)
const startOf = (text: string) => effectiveStart(at(text), nationalCalendar)
const between = (from: string, to: string) => workingMinutesBetween(at(from), at(to), nationalCalendar)
const withDays = (days: DayRule[]): WorkingCalendar => ({ ...nationalCalendar, days })

describe('the effective start', () => {
  it('is the instant itself inside working hours, to the second', () => {
    expect(startOf('2026-08-24 07:30:00')).toEqual(at('2026-08-24 07:30:00'))
    expect(startOf('2026-08-24 11:29:59')).toEqual(at('2026-08-24 11:29:59'))
  })

  it('is the next opening outside them: 11:30 and 17:00 are outside', () => {
    expect(startOf('2026-08-24 06:00')).toEqual(at('2026-08-24 07:30'))
    expect(startOf('2026-08-24 11:30')).toEqual(at('2026-08-24 13:00'))
    expect(startOf('2026-08-24 17:00')).toEqual(at('2026-08-25 07:30'))
  })

  it('passes over weekends and holidays but not over a worked Saturday', () => {
    expect(startOf('2026-02-13 17:30')).toEqual(at('2026-02-23 07:30'))
    expect(startOf('2026-08-21 18:00')).toEqual(at('2026-08-22 07:30'))
  })

  it('cannot be found in a calendar that never opens', () => {
    const weekly = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] }
    const closed = { ...nationalCalendar, days: [], weekly }
    expect(() => effectiveStart(at('2026-08-24 09:00'), closed)).toThrow(/no working hours/u)
  })
})

describe('working minutes between two instants', () => {
  it('leave out nights, lunch, weekends and holidays', () => {
    expect(between('2026-08-24 09:00', '2026-08-24 17:00')).toBe(390)
    expect(between('2026-08-24 16:00', '2026-08-25 08:00')).toBe(90)
    expect(between('2026-08-24 11:30', '2026-08-24 13:00')).toBe(0)
    expect(between('2026-02-13 16:00', '2026-02-23 08:00')).toBe(90)
    expect(between('2026-01-01 00:00', '2027-01-01 00:00')).toBe((261 - 14 + 2) * 480)
  })

  it('are negative backwards, and plain zero when there are none', () => {
    expect(between('2026-08-24 17:00', '2026-08-24 09:00')).toBe(-390)
    expect(between('2026-08-24 12:30', '2026-08-24 12:00')).toBe(0)
  })

  it('are whole, and parts add up to the whole even when cut at a second', () => {
    const parts =
      between('2026-08-24 09:00:10', '2026-08-24 09:10:50') + between('2026-08-24 09:10:50', '2026-08-24 10:00')
    expect(parts).toBe(between('2026-08-24 09:00:10', '2026-08-24 10:00'))
  })
})

describe('a calendar', () => {
  it('works a swapped Saturday like a Monday, or at the hours its rule gives', () => {
    const minutes = (rule: DayRule) =>
      workingMinutesBetween(at('2026-08-22 00:00'), at('2026-08-23 00:00'), withDays([rule]))
    expect(minutes({ day: '2026-08-22', kind: 'work', reason: 'bù' })).toBe(480)
    expect(minutes({ day: '2026-08-22', kind: 'work', reason: 'bù', windows: [{ from: '08:00', to: '10:00' }] })).toBe(
      120,
    )
  })

  it('of a year without notice knows its weeks, the holidays fixed by law and its own rules', () => {
    expect(isWorkingDay('2027-02-08', nationalCalendar)).toBe(true) // in Tết, which only a notice can say
    expect(isWorkingDay('2027-09-02', nationalCalendar)).toBe(false)
    expect(isWorkingDay('2027-05-03', nationalCalendar)).toBe(false) // 1/5 is a Saturday
    const ownRule = withDays([{ day: '2027-03-10', kind: 'off', reason: 'Mất điện' }])
    expect(isWorkingDay('2027-03-10', ownRule)).toBe(false)
  })

  it.each<[string, DayRule[]]>([
    ['an impossible date', [{ day: '2026-02-30', kind: 'off', reason: '' }]],
    ['two rules for one day', [1, 2].map(n => ({ day: '2026-03-02', kind: 'off', reason: `${n}` }))],
    ['a worked day without hours', [{ day: '2026-03-02', kind: 'work', windows: [], reason: '' }]],
    [
      'hours out of order',
      [{ day: '2026-03-02', kind: 'work', windows: [{ from: '13:00', to: '11:00' }], reason: '' }],
    ],
    [
      'hours that do not exist',
      [{ day: '2026-03-02', kind: 'work', windows: [{ from: '7:30', to: '25:00' }], reason: '' }],
    ],
  ])('with %s is refused', (_, days) => {
    expect(() => isWorkingDay('2026-03-02', withDays(days))).toThrow(RangeError)
  })

  it('may work until midnight', () => {
    const late = withDays([
      { day: '2026-03-02', kind: 'work', windows: [{ from: '22:00', to: '24:00' }], reason: 'trực' },
    ])
    expect(workingMinutesBetween(at('2026-03-02 00:00'), at('2026-03-03 00:00'), late)).toBe(120)
  })
})
