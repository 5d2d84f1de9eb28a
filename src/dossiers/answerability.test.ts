import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MINUTE } from '#src/calendar/local-date.ts'
import { nationalCalendar } from '#src/calendar/national-calendar.ts'
import { workingMinutesBetween } from '#src/calendar/working-time.ts'
import type { Role } from '#src/platform/ctx.ts'
import { causeOf, type Held, sharesOf } from './answerability.ts'
import type { PauseRecord } from './dossier.ts'
import type { Holding } from './held-step.ts'

const COMMUNE = 1
const DEPARTMENT = 2
const POLICE = 3

/** Monday 3 November 2025; the office works 7:30–11:30 and 13:00–17:00. */
const on = (time: string, day = '03') => new Date(`2025-11-${day}T${time}:00+07:00`)

const holding = (agencyId: number, from: Date, to: Date | null, step: Partial<Holding> = {}): Holding => ({
  step: 'tham-dinh',
  name: 'Thẩm định',
  agencyId,
  role: 'specialist',
  accountId: null,
  from,
  to,
  minutes: 60,
  ...step,
})
const held = (given: Partial<Held>): Held => ({
  holdings: [],
  pauses: [],
  dueAt: null,
  readyAt: null,
  closedAt: null,
  ...given,
})
const pause = (from: Date, to: Date | null): PauseRecord => ({ from, to, cause: 'supplement', ground: 'Khoản 2' })
const shares = (d: Held, now: Date) => sharesOf(d, nationalCalendar, now)
const cause = (d: Held, now: Date) => causeOf(d, nationalCalendar, now)

describe('the time of a dossier', () => {
  const d = held({
    holdings: [
      holding(COMMUNE, on('08:00'), on('08:30'), { step: 'chuyen', name: 'Chuyển hồ sơ', role: 'intake' }),
      holding(DEPARTMENT, on('08:30'), on('09:00')),
      holding(DEPARTMENT, on('09:00'), on('10:30'), { accountId: 7 }),
      holding(COMMUNE, on('10:30'), null, { step: 'tra', name: 'Trả kết quả', role: 'clerk', minutes: null }),
    ],
    dueAt: on('10:00'),
  })

  test('is grouped by agency, with the desks and persons beneath', () => {
    const [commune, department] = shares(d, on('11:00'))
    expect(commune).toMatchObject({ agencyId: COMMUNE, minutes: 60, allowed: 60, over: 0, since: on('08:00') })
    expect(commune?.people).toEqual([
      { role: 'intake', accountId: null, minutes: 30, allowed: 60, over: 0, steps: ['Chuyển hồ sơ'] },
      { role: 'clerk', accountId: null, minutes: 30, allowed: 0, over: 0, steps: ['Trả kết quả'] },
    ])
    expect(department).toMatchObject({ agencyId: DEPARTMENT, minutes: 120, allowed: 60, over: 60 })
  })

  test('lets a step allow its minutes once, and counts the excess with whoever had it then', () => {
    const [, department] = shares(d, on('11:00'))
    expect(
      department?.people.map(({ accountId, minutes, allowed, over }) => [accountId, minutes, allowed, over]),
    ).toEqual([
      [null, 30, 60, 0],
      [7, 90, 60, 60],
    ])
  })

  test('allows the minutes anew when a dossier comes back to a step', () => {
    const returned = held({
      holdings: [
        holding(DEPARTMENT, on('08:00'), on('08:50')),
        holding(DEPARTMENT, on('08:50'), on('09:00'), { step: 'duyet', role: 'leader' }),
        holding(DEPARTMENT, on('09:00'), on('09:50')),
        holding(DEPARTMENT, on('09:50'), on('10:40')),
      ],
    })
    expect(shares(returned, on('11:00'))).toMatchObject([{ minutes: 160, allowed: 240, over: 0 }])
  })

  test('stands still in a pause', () => {
    const waiting = held({
      holdings: [holding(DEPARTMENT, on('08:00'), null)],
      pauses: [pause(on('08:20'), on('09:20')), pause(on('10:00'), null)],
    })
    expect(shares(waiting, on('16:00'))).toMatchObject([{ minutes: 60, over: 0 }])
  })
})

describe('the cause of a delay', () => {
  const fast = holding(COMMUNE, on('08:00'), on('08:30'), { step: 'chuyen' })
  const slow = holding(DEPARTMENT, on('08:30'), on('10:30'), { accountId: 7 })

  test('is who took longest beyond what their steps allow, though another had it when it fell due', () => {
    const d = held({
      holdings: [fast, slow, holding(POLICE, on('10:30'), null, { step: 'y-kien' })],
      dueAt: on('11:00'),
    })
    expect(cause(d, on('11:10'))).toEqual({
      agencyId: DEPARTMENT,
      role: 'specialist',
      accountId: 7,
      over: 60,
      why: 'over-allowance',
    })
  })

  test('is who had it when it fell due, if nobody took longer than allowed', () => {
    const d = held({
      holdings: [fast, holding(POLICE, on('08:30'), null, { step: 'y-kien', minutes: 480 })],
      dueAt: on('09:00'),
    })
    expect(cause(d, on('09:01'))).toMatchObject({ agencyId: POLICE, over: 0, why: 'held-when-due' })
  })

  test('is what was written down once its result is there, whatever the calendar says afterwards', () => {
    const holdings = [
      holding(COMMUNE, on('08:00'), on('08:30'), { accountId: 3 }),
      holding(DEPARTMENT, on('08:30'), on('11:00'), { accountId: 7 }),
    ]
    const settled = { causeAgencyId: COMMUNE, causeAccountId: 3, causeOver: 12 }
    const late = held({ holdings, dueAt: on('09:00'), readyAt: on('11:00') })
    expect(cause(late, on('12:00'))).toMatchObject({ agencyId: DEPARTMENT })
    expect(cause({ ...late, ...settled }, on('12:00'))).toEqual({
      agencyId: COMMUNE,
      role: 'specialist',
      accountId: 3,
      over: 12,
      why: 'over-allowance',
    })
  })

  test('is no longer asked for once the result was there in time', () => {
    const ready = held({ holdings: [fast, slow], dueAt: on('10:30'), readyAt: on('10:30') })
    expect(cause(ready, on('17:00'))).toBeNull()
    expect(cause({ ...ready, dueAt: on('10:29') }, on('17:00'))).toMatchObject({ agencyId: DEPARTMENT })
    expect(cause(held({ holdings: [fast] }), on('17:00'))).toBeNull()
  })
})

const RECEIVED = on('08:00')
const after = (minutes: number) => new Date(RECEIVED.getTime() + minutes * MINUTE + (minutes % 7) * 1_000)
const gaps = fc.array(fc.nat(4_000), { minLength: 1, maxLength: 12 })
const histories = fc
  .record({
    lengths: gaps,
    choices: fc.array(fc.nat(5), { minLength: 12, maxLength: 12 }),
    rests: gaps,
    open: fc.boolean(),
  })
  .map(({ lengths, choices, rests, open }) => {
    let from = 0
    const holdings = lengths.map((length, i) => {
      const begin = from
      from += length
      const choice = choices[i] ?? 0
      const to = open && i === lengths.length - 1 ? null : after(from)
      const role: Role = choice % 2 ? 'specialist' : 'leader'
      const minutes = choice === 5 ? null : choice * 60
      return holding(1 + (choice % 3), after(begin), to, { step: `buoc-${choice % 4}`, role, minutes })
    })
    const [still = 0] = rests
    const pauses = rests
      .slice(1)
      .reduce<{ at: number; list: PauseRecord[] }>(
        ({ at, list }, rest) => ({ at: at + 2 * rest, list: [...list, pause(after(at), after(at + rest))] }),
        { at: still, list: [] },
      ).list
    const end = after(from)
    return held({
      holdings,
      pauses: pauses.filter(one => (one.to ?? end) <= end),
      readyAt: open ? null : end,
      dueAt: end,
    })
  })

test('every working minute between reception and result, pauses left out, is exactly one holder’s', () => {
  fc.assert(
    fc.property(histories, fc.nat(3_000), (d, later) => {
      const end = d.readyAt ?? after(d.holdings.length * 4_000 + later)
      const still = d.pauses.reduce((sum, p) => sum + workingMinutesBetween(p.from, p.to ?? end, nationalCalendar), 0)
      const whole = workingMinutesBetween(RECEIVED, end, nationalCalendar) - still
      const found = shares(d, end)
      expect(found.reduce((sum, share) => sum + share.minutes, 0)).toBe(whole)
      for (const { people, ...share } of found) {
        expect(people.reduce((sum, one) => sum + one.minutes, 0)).toBe(share.minutes)
        expect(people.reduce((sum, one) => sum + one.over, 0)).toBe(share.over)
        expect(people.every(one => one.minutes >= 0 && one.over >= 0 && one.over <= one.minutes)).toBe(true)
      }
      const most = Math.max(...found.map(one => one.over))
      const late = cause({ ...d, dueAt: new Date(end.getTime() - 1) }, end)
      expect(late?.over).toBe(most)
    }),
    { numRuns: 300 },
  )
})
