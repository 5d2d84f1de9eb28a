import { describe, expect, it } from 'vitest'
import { dueAt, type Pause, type ResumePolicy, type Term } from './deadline.ts'
import { nationalCalendar } from './national-calendar.ts'

const at = (text: string) => new Date(`${text.replace(' ', 'T')}+07:00`)
const pause = (from: string, to: string | null): Pause => ({ from: at(from), to: to === null ? null : at(to) })
const hours = (amount: number): Term => ({ amount, unit: 'working-hours' })
const hourClock = (amount: number): Term => ({ amount, unit: 'working-days', policy: 'hour-clock' })
const civil = (amount: number): Term => ({ amount, unit: 'working-days', policy: 'civil-day' })
const days = (amount: number): Term => ({ amount, unit: 'days' })
const months = (amount: number): Term => ({ amount, unit: 'months' })
const due = (term: Term, start: string, pauses: Pause[] = [], resume?: ResumePolicy) =>
  dueAt(term, at(start), pauses, nationalCalendar, resume).at

describe('a pause, with what was left going on after it', () => {
  const START = '2026-03-02 09:00' // a Monday in a quiet month
  const twoDays = pause('2026-03-03 10:00', '2026-03-05 10:00') // 16 working hours, 48 hours

  it('moves the due time of hours and hour-clock days by exactly its working time', () => {
    expect(due(hourClock(3), START)).toEqual(at('2026-03-05 09:00'))
    expect(due(hourClock(3), START, [twoDays])).toEqual(at('2026-03-09 09:00'))
    expect(due(hours(4), START, [pause('2026-03-02 10:00', '2026-03-02 13:30')])).toEqual(at('2026-03-02 16:30'))
  })

  it('moves terms in whole days by as many days', () => {
    expect(due(civil(3), START)).toEqual(at('2026-03-05 17:00'))
    expect(due(civil(3), START, [twoDays])).toEqual(at('2026-03-09 17:00'))
    expect(due(days(7), START)).toEqual(at('2026-03-09 17:00'))
    expect(due(days(7), START, [twoDays])).toEqual(at('2026-03-11 17:00'))
    expect(due(months(1), START, [twoDays])).toEqual(at('2026-04-06 17:00')) // Saturday 4/4, moved forward
  })

  it('of part of a day moves terms in whole days to the next close, and parts are added up first', () => {
    const mornings = [3, 4].map(day => pause(`2026-03-0${day} 07:30`, `2026-03-0${day} 11:30`))
    expect(due(civil(3), START, mornings.slice(0, 1))).toEqual(at('2026-03-06 17:00'))
    expect(due(civil(3), START, mornings)).toEqual(at('2026-03-06 17:00'))
    expect(due(days(7), START, mornings)).toEqual(at('2026-03-10 17:00'))
  })

  it('outside working time changes no term of working time', () => {
    const night = pause('2026-03-02 17:00', '2026-03-03 07:30')
    expect(due(hourClock(3), START, [night])).toEqual(due(hourClock(3), START))
    expect(due(civil(3), START, [night])).toEqual(due(civil(3), START))
  })

  it('on the day of receipt changes no term that leaves this day out', () => {
    const sameDay = pause('2026-03-02 10:00', '2026-03-02 16:00')
    expect(due(civil(3), START, [sameDay])).toEqual(due(civil(3), START))
    expect(due(days(7), START, [sameDay])).toEqual(due(days(7), START))
  })

  it.each([hourClock(3), civil(3), days(3)])('before the start or from the due time on has no effect: %j', term => {
    const end = due(term, START)
    const before = pause('2026-02-24 09:00', '2026-02-25 09:00')
    const after = { from: end as Date, to: null }
    expect(due(term, START, [before, after])).toEqual(end)
    expect(due(term, START, [pause('2026-03-05 18:00', '2026-03-05 20:00')])).toEqual(end)
    expect(due(term, START, [before], 'restart')).toEqual(end)
  })

  it('overlapping another counts once', () => {
    const overlapping = [pause('2026-03-04 08:00', '2026-03-05 10:00'), pause('2026-03-03 10:00', '2026-03-04 16:00')]
    expect(due(hourClock(3), START, overlapping)).toEqual(due(hourClock(3), START, [twoDays]))
  })

  it('still open leaves no due time, unless the term was over before', () => {
    const open = pause('2026-03-04 10:00', null)
    expect(dueAt(hourClock(3), at(START), [open], nationalCalendar)).toEqual({ at: null, provisional: false, gaps: [] })
    expect(due(hourClock(3), START, [open], 'restart')).toBeNull()
    expect(due(hours(4), START, [open])).toEqual(at('2026-03-02 14:30'))
  })

  it('over the close at which a term in whole days would end moves it to the next close', () => {
    const early = pause('2026-03-03 08:00', '2026-03-03 10:00') // the term is used up in the morning of 6/3
    const dueAfter = (end: string) => due(civil(3), START, [early, pause('2026-03-06 16:00', end)])
    expect(dueAfter('2026-03-06 17:30')).toEqual(at('2026-03-09 17:00'))
    expect(dueAfter('2026-03-06 17:00')).toEqual(at('2026-03-09 17:00'))
    expect(dueAfter('2026-03-06 16:59')).toEqual(at('2026-03-06 17:00'))
  })

  it('leaves parts of days that add up to whole days, whatever the hours of a day', () => {
    const hours = [
      { from: '07:00', to: '11:20' },
      { from: '13:30', to: '16:45' },
    ]
    const odd = { ...nationalCalendar, weekly: { 1: hours, 2: hours, 3: hours, 4: hours, 5: hours, 6: [], 7: [] } }
    const oneDay = [pause('2026-03-02 07:00', '2026-03-02 08:00'), pause('2026-03-03 07:00', '2026-03-03 15:45')]
    expect(dueAt(civil(2), at('2026-02-27 09:00'), oneDay, odd).at).toEqual(at('2026-03-04 16:45'))
  })
})

describe('a pause after which the whole term starts again', () => {
  const START = '2026-03-02 09:00'
  const first = pause('2026-03-03 10:00', '2026-03-05 10:00')

  it('makes every term count from its end', () => {
    for (const term of [hours(5), hourClock(3), civil(3), days(9), months(2)]) {
      const begun = pause('2026-03-02 10:00', '2026-03-05 10:00')
      expect(due(term, START, [begun], 'restart')).toEqual(due(term, '2026-03-05 10:00'))
    }
  })

  it('does so for the last pause that began before the term was over', () => {
    const second = pause('2026-03-06 09:00', '2026-03-06 14:00')
    const late = pause('2026-03-20 09:00', '2026-03-23 14:00')
    expect(due(hourClock(3), START, [late, second, first], 'restart')).toEqual(due(hourClock(3), '2026-03-06 14:00'))
  })

  it('even if it lay outside working time, but not if it had no length', () => {
    const night = pause('2026-03-02 18:00', '2026-03-02 19:00')
    expect(due(hourClock(3), START, [night], 'restart')).toEqual(at('2026-03-05 17:00'))
    expect(due(hourClock(3), START, [pause('2026-03-03 10:00', '2026-03-03 10:00')], 'restart')).toEqual(
      due(hourClock(3), START),
    )
  })
})
