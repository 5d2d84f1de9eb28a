import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueAt } from '#src/calendar/deadline.ts'
import { MINUTE } from '#src/calendar/local-date.ts'
import { nationalCalendar } from '#src/calendar/national-calendar.ts'
import { workingMinutesBetween } from '#src/calendar/working-time.ts'
import { translator } from '#src/platform/text.ts'
import {
  begunBefore,
  byStage,
  momentText,
  noticeKind,
  reachOfDue,
  reachOfSubmission,
  type WarningRule,
} from './warning.ts'

const on = (text: string) => new Date(`2026-03-${text}:00+07:00`)
const hours = (amount: number, moment: 'before' | 'after') => ({ amount, moment, unit: 'hours' as const })

describe('how far a rule reaches', () => {
  test('ahead, in working hours over the weekend', () => {
    const reach = reachOfDue(hours(8, 'before'), on('06T15:30'), nationalCalendar)
    expect(reach.from).toEqual(on('06T15:30'))
    const due = dueAt({ amount: 8, unit: 'working-hours' }, on('06T15:30'), [], nationalCalendar).at
    expect(reach.to.getTime() - 1).toBe(due?.getTime())
  })

  test('back: what is due at this very moment is not yet missed', () => {
    const { to } = reachOfDue(hours(0, 'after'), on('06T10:00'), nationalCalendar)
    expect(to).toEqual(on('06T10:00'))
  })

  test('for submissions from the moment they came', () => {
    const soon = reachOfSubmission(hours(2, 'before'), on('03T14:00'), nationalCalendar, 480)
    const came = on('02T15:00')
    expect(came >= soon.from && came < soon.to).toBe(true)
    const late = reachOfSubmission(hours(0, 'after'), on('03T15:01'), nationalCalendar, 480)
    expect(came < late.to).toBe(true)
  })
})

test('what began before an instant has used up the time, what began after it has not', () => {
  fc.assert(
    fc.property(fc.nat(200_000), fc.integer({ min: 1, max: 5_000 }), (offset, minutes) => {
      const now = new Date(on('02T08:00').getTime() + offset * MINUTE + 12_345)
      const edge = begunBefore(minutes, now, nationalCalendar)
      const used = (at: number) => workingMinutesBetween(new Date(at), now, nationalCalendar)
      expect(used(edge.getTime() - 1)).toBeGreaterThanOrEqual(minutes)
      expect(used(edge.getTime())).toBeLessThan(minutes)
    }),
    { numRuns: 200 },
  )
})

test('rules say what they do', () => {
  const t = translator('vi')
  expect(momentText({ amount: 25, moment: 'before', unit: 'percent' }, t)).toBe('Còn 25% thời gian của bước')
  expect(momentText(hours(0, 'after'), t)).toBe('Khi quá hạn')
  expect(noticeKind({ subject: 'step', moment: 'before', escalateTo: 'holder' })).toBe('step-soon')
  expect(noticeKind({ subject: 'dossier', moment: 'after', escalateTo: 'holder' })).toBe('dossier-late')
  expect(noticeKind({ subject: 'dossier', moment: 'after', escalateTo: 'above' })).toBe('escalated')
})

test('rules are read in the order in which a delay grows', () => {
  const rule = (
    subject: 'step' | 'dossier',
    moment: 'before' | 'after',
    amount: number,
    unit: 'hours' | 'percent' = 'hours',
  ) => ({ subject, moment, amount, unit }) as WarningRule
  const grown = [
    rule('step', 'before', 25, 'percent'),
    rule('step', 'after', 0),
    rule('step', 'after', 4),
    rule('dossier', 'before', 8),
    rule('dossier', 'after', 16),
  ]
  expect([...grown].reverse().toSorted(byStage)).toEqual(grown)
})
