import { describe, expect, it } from 'vitest'
import { dueAt, explainDue, type Pause, type ResumePolicy, type Term } from './deadline.ts'
import { nationalCalendar } from './national-calendar.ts'
import type { WorkingCalendar } from './working-time.ts'

const at = (text: string) => new Date(`${text.replace(' ', 'T')}+07:00`)
const pause = (from: string, to: string | null): Pause => ({ from: at(from), to: to === null ? null : at(to) })
const hours = (amount: number): Term => ({ amount, unit: 'working-hours' })
const hourClock = (amount: number): Term => ({ amount, unit: 'working-days', policy: 'hour-clock' })
const civil = (amount: number): Term => ({ amount, unit: 'working-days', policy: 'civil-day' })
const days = (amount: number): Term => ({ amount, unit: 'days' })
const months = (amount: number): Term => ({ amount, unit: 'months' })
const due = (term: Term, start: string, pauses: Pause[] = [], resume?: ResumePolicy) =>
  dueAt(term, at(start), pauses, nationalCalendar, resume).at
const story = (term: Term, start: string, pauses: Pause[] = [], resume?: ResumePolicy, calendar = nationalCalendar) =>
  explainDue(term, at(start), pauses, calendar, resume).steps.map(step => `${step.day} ${step.why} ${step.minutes}`)

describe('working hours and hour-clock days', () => {
  it.each([
    ['2026-08-24 09:00', 3, '2026-08-27 09:00'],
    ['2026-08-21 10:00', 1, '2026-08-22 10:00'], // a worked Saturday
    ['2026-02-13 15:30', 2, '2026-02-24 15:30'], // over Tết
    ['2026-11-23 10:00', 1, '2026-11-25 10:00'], // over Vietnamese Culture Day
  ])('received at %s with %i working days are due at %s', (start, amount, expected) => {
    expect(due(hourClock(amount), start)).toEqual(at(expected))
  })

  it('count 60 minutes to the hour and 480 to the day, halves included', () => {
    expect(due(hours(4), '2026-08-24 09:00')).toEqual(at('2026-08-24 14:30'))
    expect(due(hours(8), '2026-08-24 09:00')).toEqual(due(hourClock(1), '2026-08-24 09:00'))
    expect(due(hourClock(0.5), '2026-08-24 09:00')).toEqual(at('2026-08-24 14:30'))
  })

  it('used up exactly at the end of a window are due at that end, not at the next opening', () => {
    expect(due(hours(4), '2026-08-24 07:30')).toEqual(at('2026-08-24 11:30'))
    expect(due(hours(8), '2026-08-24 07:30')).toEqual(at('2026-08-24 17:00'))
  })

  it('received outside working time begin at the next opening: 11:30 is already outside', () => {
    expect(due(hours(1), '2026-08-24 11:30')).toEqual(at('2026-08-24 14:00'))
    expect(due(hours(1), '2026-08-21 17:00')).toEqual(at('2026-08-22 08:30'))
  })

  it('keep the second of receipt', () => {
    expect(due(hourClock(1), '2026-08-24 09:00:30')).toEqual(at('2026-08-25 09:00:30'))
  })

  it('are the default meaning of working days', () => {
    expect(due({ amount: 3, unit: 'working-days' }, '2026-08-24 09:00')).toEqual(at('2026-08-27 09:00'))
  })
})

describe('civil working days', () => {
  it.each([
    ['2026-08-24 09:00', 3, '2026-08-27 17:00'],
    ['2026-08-21 10:00', 1, '2026-08-22 17:00'],
    ['2026-02-13 15:30', 2, '2026-02-24 17:00'],
    ['2026-11-23 10:00', 1, '2026-11-25 17:00'],
  ])('received at %s, %i of them are due at the close of %s', (start, amount, expected) => {
    expect(due(civil(amount), start)).toEqual(at(expected))
  })

  it('leave out the day of the effective start, not that of the receipt', () => {
    expect(due(civil(1), '2026-08-24 16:59')).toEqual(at('2026-08-25 17:00'))
    expect(due(civil(1), '2026-08-24 17:00')).toEqual(at('2026-08-26 17:00'))
  })

  it('count a short Saturday as a day', () => {
    const weekly = { ...nationalCalendar.weekly, 6: [{ from: '07:30', to: '11:30' }] }
    const saturdays: WorkingCalendar = { ...nationalCalendar, weekly }
    expect(dueAt(civil(1), at('2026-08-28 10:00'), [], saturdays).at).toEqual(at('2026-08-29 11:30'))
    expect(story(civil(1), '2026-08-28 10:00', [], 'remaining', saturdays)).toEqual([
      '2026-08-28 start-day 0',
      '2026-08-29 working-day 480',
    ])
  })
})

describe('calendar days and months', () => {
  it('end at the close of the last day', () => {
    expect(due(days(3), '2026-08-24 09:00')).toEqual(at('2026-08-27 17:00'))
    expect(due(months(1), '2026-08-24 09:00')).toEqual(at('2026-09-24 17:00'))
  })

  it('move forward when the last day is not a working day', () => {
    expect(due(days(18), '2026-08-14 09:00')).toEqual(at('2026-09-03 17:00'))
    expect(due(days(8), '2026-08-14 09:00')).toEqual(at('2026-08-22 17:00')) // a worked Saturday is one
  })

  it('count from the local date of receipt, also on a day off or at night', () => {
    expect(due(days(2), '2026-08-23 22:00')).toEqual(at('2026-08-25 17:00'))
    expect(due(days(2), '2026-08-24 00:00')).toEqual(at('2026-08-26 17:00'))
  })

  it('of a month clamp to its last day', () => {
    expect(due(months(1), '2025-01-31 09:00')).toEqual(at('2025-02-28 17:00'))
    expect(due(months(1), '2024-01-31 09:00')).toEqual(at('2024-02-29 17:00'))
    expect(due(months(3), '2026-03-31 09:00')).toEqual(at('2026-06-30 17:00'))
  })
})

describe('the explanation', () => {
  it('tells every day from the effective start to the due time', () => {
    expect(story(hourClock(2), '2026-08-21 10:00')).toEqual([
      '2026-08-21 partial 330',
      '2026-08-22 swapped-work 480',
      '2026-08-23 weekend 0',
      '2026-08-24 partial 150',
    ])
    expect(story(civil(1), '2026-11-23 18:00')).toEqual(['2026-11-25 start-day 0', '2026-11-26 working-day 480'])
  })

  it('names the holiday and its ground', () => {
    const { steps } = explainDue(hourClock(1), at('2026-11-23 10:00'), [], nationalCalendar)
    expect(steps[1]).toEqual({
      day: '2026-11-24',
      weekday: 2,
      counted: false,
      minutes: 0,
      why: 'day-off',
      note: 'Ngày Văn hóa Việt Nam (Nghị quyết 28/2026/QH16, Điều 2)',
      windows: [],
    })
  })

  it('shows how a calendar term moved forward', () => {
    expect(story(days(2), '2026-08-30 09:00')).toEqual([
      '2026-08-30 start-day 0',
      '2026-08-31 calendar-day 1440',
      '2026-09-01 calendar-day 1440',
      '2026-09-02 day-off 0',
      '2026-09-03 moved-forward 0',
    ])
  })

  it('shows days lost to a pause, and ends with the day on which an open one began', () => {
    const pauses = [pause('2026-03-03 08:30', '2026-03-05 08:30')]
    const lost = ['2026-03-02 partial 390', '2026-03-03 partial 60', '2026-03-04 paused 0', '2026-03-05 partial 420']
    expect(story(hourClock(2), '2026-03-02 09:00', pauses)).toEqual([...lost, '2026-03-06 partial 90'])
    expect(story(hourClock(2), '2026-03-02 09:00', [pause('2026-03-03 08:30', null)])).toEqual(lost.slice(0, 2))
  })

  it('shows the days a restart made void, and gives the new effective start', () => {
    const pauses = [pause('2026-03-03 10:00', '2026-03-04 17:30')]
    expect(story(hours(8), '2026-03-02 16:00', pauses, 'restart')).toEqual([
      '2026-03-02 restarted 0',
      '2026-03-03 restarted 0',
      '2026-03-04 restarted 0',
      '2026-03-05 working-day 480',
    ])
    const { effectiveStart } = explainDue(hours(8), at('2026-03-02 16:00'), pauses, nationalCalendar, 'restart')
    expect(effectiveStart).toEqual(at('2026-03-05 07:30'))
  })

  it('of no term is empty', () => {
    const nothing = { at: null, provisional: false, gaps: [] }
    expect(dueAt(null, at('2026-03-02 09:00'), [], nationalCalendar)).toEqual(nothing)
    expect(explainDue(null, at('2026-03-02 09:00'), [], nationalCalendar)).toEqual({
      ...nothing,
      effectiveStart: null,
      steps: [],
    })
  })
})

describe('a year without official notice', () => {
  it('makes a due time in it provisional, counted by weekly hours and the holidays fixed by law', () => {
    expect(dueAt(hourClock(3), at('2026-12-30 09:00'), [], nationalCalendar)).toEqual({
      at: at('2027-01-05 09:00'),
      provisional: true,
      gaps: [2027],
    })
    expect(story(hourClock(3), '2026-12-31 07:30')).toEqual([
      '2026-12-31 working-day 480',
      '2027-01-01 day-off 0',
      '2027-01-02 weekend 0',
      '2027-01-03 weekend 0',
      '2027-01-04 gap-year 480',
      '2027-01-05 gap-year 480',
    ])
  })

  it('is named, every one of them from start to due', () => {
    expect(dueAt(months(14), at('2026-12-01 09:00'), [], nationalCalendar).gaps).toEqual([2027, 2028])
    expect(dueAt(days(3), at('2021-12-30 09:00'), [], nationalCalendar).gaps).toEqual([2021])
    expect(dueAt(days(1), at('2026-12-30 09:00'), [], nationalCalendar).provisional).toBe(false)
  })

  it('is one no longer when its notice is entered', () => {
    const tet = { day: '2027-02-05', kind: 'off', reason: 'Tết' } as const
    const noticed = { ...nationalCalendar, days: [...nationalCalendar.days, tet], noticedYears: [2026, 2027] }
    expect(dueAt(hourClock(1), at('2027-02-04 09:00'), [], noticed)).toEqual({
      at: at('2027-02-08 09:00'),
      provisional: false,
      gaps: [],
    })
  })
})

describe('what makes no sense', () => {
  it.each([
    hours(0),
    hours(-1),
    hours(Number.NaN),
    civil(1.5),
    days(0.5),
    months(1e9),
    hourClock(Number.POSITIVE_INFINITY),
  ])('is refused as a term: %j', term => {
    expect(() => due(term, '2026-03-02 09:00')).toThrow(RangeError)
  })

  it('is refused as a pause or an instant', () => {
    expect(() => due(hours(1), '2026-03-02 09:00', [pause('2026-03-03 09:00', '2026-03-02 09:00')])).toThrow(RangeError)
    expect(() => due(hours(1), 'no such time')).toThrow(RangeError)
  })

  it('does not walk for ever: a calendar without hours, a term of millennia', () => {
    const closed = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] }
    const never = { ...nationalCalendar, days: [], weekly: closed }
    for (const term of [hours(1), civil(1), days(1)]) {
      expect(() => dueAt(term, at('2026-03-02 09:00'), [], never)).toThrow(/calendar 1/u)
    }
    expect(() => due(months(36_000), '2026-03-02 09:00')).toThrow(/century/u)
  })
})
