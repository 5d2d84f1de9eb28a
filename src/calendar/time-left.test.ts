import { describe, expect, it } from 'vitest'
import { nationalCalendar } from './national-calendar.ts'
import { stretchesAt, timeLeft } from './time-left.ts'

const at = (text: string) => new Date(`${text.replace(' ', 'T')}+07:00`)
const TWO_DAYS = { amount: 2, unit: 'working-days' } as const
const START = at('2026-08-24 09:00') // due 26/8 09:00 without a pause
const pause = (from: string, to: string | null) => [{ from: at(from), to: to === null ? null : at(to) }]
const told = (now: string, pauses = pause('2027-01-01 00:00', null), resume?: 'restart') =>
  stretchesAt(at(now), TWO_DAYS, START, pauses, nationalCalendar, resume).map(s => `${s.kind} ${s.minutes}`)

describe('time left', () => {
  const left = (due: string | null, now: string, paused = false) =>
    timeLeft({ due: due === null ? null : at(due), paused }, at(now), nationalCalendar)

  it('is counted in working minutes', () => {
    expect(left('2026-08-26 09:00', '2026-08-24 14:00')).toEqual({ state: 'running', minutes: 180 + 480 + 90 })
    expect(left('2026-08-26 09:00', '2026-08-26 13:30')).toEqual({ state: 'overdue', minutes: 180 })
  })

  it('is not over at the due time itself', () => {
    expect(left('2026-08-26 09:00', '2026-08-26 09:00')).toEqual({ state: 'running', minutes: 0 })
  })

  it('stands still during a pause and does not exist without a term', () => {
    expect(left(null, '2026-08-26 09:00', true)).toEqual({ state: 'paused' })
    expect(left(null, '2026-08-26 09:00')).toEqual({ state: 'no-term' })
  })
})

describe('the stretches of a term', () => {
  it('are used, then left', () => {
    expect(told('2026-08-25 09:00')).toEqual(['used 480', 'left 480'])
    expect(told('2026-08-24 08:00')).toEqual(['left 960'])
  })

  it('show a pause in its place', () => {
    const pauses = pause('2026-08-24 10:00', '2026-08-25 10:00')
    expect(told('2026-08-25 14:00', pauses)).toEqual(['used 60', 'paused 480', 'used 150', 'left 750'])
  })

  it('keep what is left during an open pause', () => {
    expect(told('2026-08-28 10:00', pause('2026-08-24 10:00', null))).toEqual(['used 60', 'paused 1920', 'left 900'])
  })

  it('end in the time over, in which a pause changes nothing', () => {
    expect(told('2026-08-26 10:00')).toEqual(['used 960', 'over 60'])
    expect(told('2026-08-26 10:00', pause('2026-08-26 09:30', null))).toEqual(['used 960', 'over 60'])
  })

  it('begin again after a restart', () => {
    const pauses = pause('2026-08-24 10:00', '2026-08-25 10:00')
    expect(told('2026-08-25 11:00', pauses, 'restart')).toEqual(['used 60', 'left 900'])
  })

  it('are none without a term', () => {
    expect(stretchesAt(START, null, START, [], nationalCalendar)).toEqual([])
  })
})
