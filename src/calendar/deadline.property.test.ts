import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueAt, explainDue, type Pause, type ResumePolicy, type Term } from './deadline.ts'
import { localDate, MINUTE, startOfLocalDay } from './local-date.ts'
import { nationalCalendar } from './national-calendar.ts'
import { effectiveStart, isWorkingDay, type WorkingCalendar, workingMinutesBetween } from './working-time.ts'

const HALF_DAY = [{ from: '07:30', to: '11:30' }]
const ODD_HOURS = [
  { from: '07:00', to: '11:20' },
  { from: '13:30', to: '16:45' },
]

/** Agencies with their own hours: short Saturdays, and a week of four odd days. */
const saturdayCalendar: WorkingCalendar = {
  ...nationalCalendar,
  id: 2,
  weekly: { ...nationalCalendar.weekly, 6: HALF_DAY },
}
const oddCalendar: WorkingCalendar = {
  ...nationalCalendar,
  id: 3,
  weekly: { 1: ODD_HOURS, 2: ODD_HOURS, 3: [], 4: HALF_DAY, 5: ODD_HOURS, 6: [], 7: [] },
  noticedYears: [2025],
}

const calendars = fc.constantFrom(nationalCalendar, saturdayCalendar, oddCalendar)
const WHOLE_PERIOD = 700 * 1_440 // to the end of April 2027, so some terms reach a year without notice
const instantAt = (minutes: number) => new Date(Date.UTC(2025, 5, 1) + minutes * MINUTE)
const minutesIn = (max: number) => fc.integer({ min: 0, max })
const wholeMinutes = minutesIn(WHOLE_PERIOD).map(instantAt)
const starts = fc
  .tuple(minutesIn(WHOLE_PERIOD), fc.constantFrom(0, 30_500))
  .map(([minutes, ms]) => new Date(instantAt(minutes).getTime() + ms))
const hourTerms: fc.Arbitrary<Term> = fc.oneof(
  fc.record({ amount: fc.integer({ min: 1, max: 90 }), unit: fc.constant('working-hours' as const) }),
  fc.record({ amount: fc.integer({ min: 1, max: 30 }), unit: fc.constant('working-days' as const) }),
)
const dayTerms: fc.Arbitrary<Term> = fc.oneof(
  fc.record({
    amount: fc.integer({ min: 1, max: 30 }),
    unit: fc.constant('working-days' as const),
    policy: fc.constant('civil-day' as const),
  }),
  fc.record({ amount: fc.integer({ min: 1, max: 60 }), unit: fc.constant('days' as const) }),
  fc.record({ amount: fc.integer({ min: 1, max: 6 }), unit: fc.constant('months' as const) }),
)
const terms = fc.oneof(hourTerms, dayTerms)
const resumes = fc.constantFrom<ResumePolicy>('remaining', 'restart')

/** Pauses near a start: before it, in it, overlapping, of no length; some an hour long, some weeks. */
const pausesNear = (start: Date) =>
  fc.array(
    fc.tuple(fc.integer({ min: -4_000, max: 40_000 }), fc.oneof(minutesIn(300), minutesIn(15_000))).map(
      ([offset, length]): Pause => ({
        from: new Date(start.getTime() + offset * MINUTE),
        to: new Date(start.getTime() + (offset + length) * MINUTE),
      }),
    ),
    { maxLength: 4 },
  )
const cases = starts.chain(start =>
  fc.record({
    start: fc.constant(start),
    term: terms,
    pauses: pausesNear(start),
    calendar: calendars,
    resume: resumes,
  }),
)

/** The due time of a dossier that is not paused at the end. */
function due(term: Term, start: Date, pauses: Pause[], calendar: WorkingCalendar, resume?: ResumePolicy): Date {
  const { at } = dueAt(term, start, pauses, calendar, resume)
  if (!at) throw new Error('every pause here is closed')
  return at
}

/** Working time just before the instant means: inside a window or at its very end. */
function endsWork(instant: Date, calendar: WorkingCalendar): boolean {
  const minute = Math.ceil(instant.getTime() / MINUTE) * MINUTE
  return workingMinutesBetween(new Date(minute - MINUTE), new Date(minute), calendar) === 1
}

describe('every due time', () => {
  it('lies at or after the effective start, inside or at the end of a working window', () => {
    fc.assert(
      fc.property(cases, ({ start, term, pauses, calendar, resume }) => {
        const at = due(term, start, pauses, calendar, resume)
        expect(at >= effectiveStart(start, calendar)).toBe(true)
        expect(endsWork(at, calendar)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('never lies in a pause', () => {
    fc.assert(
      fc.property(cases, ({ start, term, pauses, calendar, resume }) => {
        const at = due(term, start, pauses, calendar, resume)
        expect(pauses.some(({ from, to }) => from < at && to && at <= to && to > start)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('comes no earlier for a later start', () => {
    fc.assert(
      fc.property(cases, minutesIn(5_000), ({ start, term, pauses, calendar, resume }, delay) => {
        // From 28/1 and from 31/1 a month can end on one day: there, a pause between the two starts delays only the first.
        const kept = term.unit === 'months' ? [] : pauses
        const later = new Date(start.getTime() + delay * MINUTE)
        const [at, laterAt] = [start, later].map(from => due(term, from, kept, calendar, resume)) as [Date, Date]
        expect(laterAt >= at).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('comes no earlier for a longer term', () => {
    fc.assert(
      fc.property(cases, ({ start, term, pauses, calendar, resume }) => {
        const longer = { ...term, amount: term.amount + 1 }
        expect(due(longer, start, pauses, calendar, resume) >= due(term, start, pauses, calendar, resume)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('comes no earlier for one more holiday', () => {
    fc.assert(
      fc.property(cases, minutesIn(40), ({ start, term, pauses, calendar, resume }, offset) => {
        const day = localDate(new Date(start.getTime() + offset * 1_440 * MINUTE))
        const others = calendar.days.filter(rule => rule.day !== day)
        const more: WorkingCalendar = { ...calendar, days: [...others, { day, kind: 'off', reason: 'Nghỉ thêm' }] }
        expect(due(term, start, pauses, more, resume) >= due(term, start, pauses, calendar, resume)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('falls on a close of a working day for terms in whole days', () => {
    fc.assert(
      fc.property(cases, dayTerms, ({ start, pauses, calendar, resume }, term) => {
        const at = due(term, start, pauses, calendar, resume)
        const midnight = new Date(startOfLocalDay(localDate(at)).getTime() + 1_440 * MINUTE)
        expect(isWorkingDay(localDate(at), calendar)).toBe(true)
        expect(workingMinutesBetween(at, midnight, calendar)).toBe(0)
      }),
    )
  })
})

describe('pauses', () => {
  it('of no length change nothing', () => {
    fc.assert(
      fc.property(cases, minutesIn(40_000), ({ start, term, pauses, calendar, resume }, offset) => {
        const instant = new Date(start.getTime() + offset * MINUTE)
        const more = [...pauses, { from: instant, to: instant }]
        expect(due(term, start, more, calendar, resume)).toEqual(due(term, start, pauses, calendar, resume))
      }),
    )
  })

  it('move an hour-clock due time by exactly their working minutes', () => {
    fc.assert(
      fc.property(
        wholeMinutes,
        hourTerms,
        calendars,
        minutesIn(5_000),
        minutesIn(9_000),
        (start, term, calendar, a, length) => {
          const from = new Date(start.getTime() + a * MINUTE)
          const to = new Date(from.getTime() + length * MINUTE)
          const before = due(term, start, [], calendar)
          fc.pre(from < before)
          const after = due(term, start, [{ from, to }], calendar)
          expect(workingMinutesBetween(before, after, calendar)).toBe(workingMinutesBetween(from, to, calendar))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('in any order, and cut in two, are the same pauses', () => {
    fc.assert(
      fc.property(cases, ({ start, term, pauses, calendar }) => {
        const halves = pauses.flatMap(({ from, to }) => {
          const middle = new Date((from.getTime() + (to as Date).getTime()) / 2)
          return [
            { from: middle, to },
            { from, to: middle },
          ]
        })
        expect(due(term, start, halves.reverse(), calendar)).toEqual(due(term, start, pauses, calendar))
      }),
    )
  })
})

describe('hour-clock terms', () => {
  it('are additive: b hours after the due time of a hours is the due time of a + b hours', () => {
    const hours = (amount: number): Term => ({ amount, unit: 'working-hours' })
    const amounts = fc.integer({ min: 1, max: 60 })
    fc.assert(
      fc.property(starts, amounts, amounts, calendars, (start, a, b, calendar) => {
        const inTwoSteps = due(hours(b), due(hours(a), start, [], calendar), [], calendar)
        expect(inTwoSteps).toEqual(due(hours(a + b), start, [], calendar))
      }),
    )
  })

  it('agree with counting unpaused working minutes one by one', () => {
    const short = wholeMinutes.chain(start =>
      fc.tuple(fc.constant(start), fc.integer({ min: 1, max: 20 }), pausesNear(start)),
    )
    fc.assert(
      fc.property(short, calendars, ([start, amount, pauses], calendar) => {
        let instant = start.getTime()
        for (let left = amount * 60; left > 0; instant += MINUTE) {
          const [now, next] = [new Date(instant), new Date(instant + MINUTE)]
          const paused = pauses.some(({ from, to }) => from <= now && to && now < to)
          if (!paused) left -= workingMinutesBetween(now, next, calendar)
        }
        expect(due({ amount, unit: 'working-hours' }, start, pauses, calendar)).toEqual(new Date(instant))
      }),
      { numRuns: 60 },
    )
  })
})

describe('the explanation', () => {
  it('has the due time of dueAt, and minutes that add up to the term', () => {
    fc.assert(
      fc.property(cases, ({ start, term, pauses, calendar, resume }) => {
        const { effectiveStart: _, steps, ...explained } = explainDue(term, start, pauses, calendar, resume)
        expect(explained).toEqual(dueAt(term, start, pauses, calendar, resume))
        const total = steps.reduce((sum, step) => sum + step.minutes, 0)
        if (term.unit === 'months') expect(total % 1_440).toBe(0)
        else expect(total).toBe(term.amount * { 'working-hours': 60, 'working-days': 480, days: 1_440 }[term.unit])
      }),
      { numRuns: 500 },
    )
  })

  it('tells each day once, without a hole, the last being that of the due time', () => {
    fc.assert(
      fc.property(cases, ({ start, term, pauses, calendar, resume }) => {
        const { at, steps } = explainDue(term, start, pauses, calendar, resume)
        const days = steps.map(step => startOfLocalDay(step.day).getTime())
        for (let n = 1; n < days.length; n++) expect(days[n]).toBe((days[n - 1] as number) + 1_440 * MINUTE)
        expect(steps.at(-1)?.day).toBe(at && localDate(at))
      }),
    )
  })
})

describe('two agencies', () => {
  it('computing in turns never mix', () => {
    fc.assert(
      fc.property(fc.array(cases, { minLength: 2, maxLength: 8 }), list => {
        const fresh = (calendar: WorkingCalendar) => structuredClone(calendar)
        const inTurns = list.map(c => dueAt(c.term, c.start, c.pauses, c.calendar, c.resume))
        const alone = list.map(c => dueAt(c.term, c.start, c.pauses, fresh(c.calendar), c.resume))
        expect(inTurns).toEqual(alone)
      }),
    )
  })
})
