import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nationalCalendar } from '#src/calendar/national-calendar.ts'
import { workingMinutesBetween } from '#src/calendar/working-time.ts'
import { facts, processes } from '#test/support/process-arbitrary.ts'
import { expand } from './expansion.ts'
import type { FeelFacts } from './feel.ts'
import { END, findStep, getStep, hoursOf, isPassing, type Process, usualOutcomes } from './process.ts'
import { problemsOf } from './process-problems.ts'
import { type Given, simulate } from './simulation.ts'
import { longestHours, stepMinutes } from './step-hours.ts'
import { type Act, type Advance, advance, type Position, start } from './stepper.ts'

const walks = fc.record({ drawn: processes, facts, picks: fc.array(fc.nat(1_000), { maxLength: 60 }) })
type Walk = typeof walks extends fc.Arbitrary<infer W> ? W : never
const RUNS = { numRuns: 300 }

const wholeOf = ({ drawn: { process, part } }: Walk) => expand(process, { 'phan-chung': part })
const isAtEnd = (position: Position) => position.step === END

/** Everything that may happen at a position. */
function actsAt(process: Process, position: Position): Act[] {
  if (!('awaited' in position)) return []
  const step = getStep(process, position.step)
  if (step.kind === 'consult') return [...position.awaited.map(answered => ({ answered })), { expired: true }]
  return step.kind === 'choice' ? [] : step.outcomes.map(({ key }) => ({ outcome: key }))
}

/** The act that brings a dossier nearer to its end. */
function usualAct(process: Process, position: Position): Act {
  const step = getStep(process, position.step)
  if (step.kind === 'consult') return { expired: true }
  if (step.kind === 'choice') throw new Error('nobody stands at a choice')
  return { outcome: usualOutcomes[step.kind][0] ?? step.outcomes.find(({ back }) => !back)?.key ?? '' }
}

/** What is known at the moment of an act: an answer counts already for where it leads. */
function knownAt(known: FeelFacts, position: Position, act: Act): FeelFacts {
  const silent = 'expired' in act && 'awaited' in position ? position.awaited.map(key => [key, 'none']) : []
  const opinions = 'answered' in act ? { [act.answered]: 'disagree' } : Object.fromEntries(silent)
  return { ...known, opinions: { ...known.opinions, ...opinions } }
}

function learnt(known: FeelFacts, position: Position, act: Act, passed: Advance['passed']): FeelFacts {
  const ways = Object.fromEntries(passed.map(one => [one.step, one.exit]))
  const form = Object.fromEntries(passed.flatMap(({ set }) => (set ? [[set.field, set.value]] : [])))
  const own = 'outcome' in act ? { [position.step]: act.outcome } : {}
  return { ...known, form: { ...known.form, ...form }, outcomes: { ...known.outcomes, ...own, ...ways } }
}

type Visit = { position: Position; facts: FeelFacts; act: Act; next: Advance }

/** A random way, which may return as often as it likes. */
function walked(process: Process, { facts: given, picks }: Walk): { visits: Visit[]; first: Advance; last: Position } {
  const first = start(process, given)
  const visits: Visit[] = []
  let [position, known] = [first.position, learntAtStart(given, first)]
  for (const pick of picks) {
    const acts = actsAt(process, position)
    if (isAtEnd(position) || acts.length === 0) break
    const act = acts[pick % acts.length] as Act
    known = knownAt(known, position, act)
    const next = advance(process, position, act, known)
    visits.push({ position, facts: known, act, next })
    known = learnt(known, position, act, next.passed)
    position = next.position
  }
  return { visits, first, last: position }
}

function learntAtStart(given: FeelFacts, { passed }: Advance): FeelFacts {
  const form = Object.fromEntries(passed.flatMap(({ set }) => (set ? [[set.field, set.value]] : [])))
  return { ...given, form: { ...given.form, ...form } }
}

const positionsOf = ({ first, visits }: ReturnType<typeof walked>) => [
  first.position,
  ...visits.map(({ next }) => next.position),
]

/** How many usual acts it takes from here to the end; fails when they never get there. */
function usualWayOut(process: Process, from: Position, known: FeelFacts): number {
  let position = from
  for (let n = 0; n <= process.steps.length; n++) {
    if (isAtEnd(position)) return n
    position = advance(process, position, usualAct(process, position), known).position
  }
  throw new Error(`stuck: ${JSON.stringify(position)}`)
}

const always = (holds: (process: Process, walk: Walk) => void) =>
  fc.assert(
    fc.property(walks, walk => holds(wholeOf(walk), walk)),
    RUNS,
  )

describe('processes as offices design them', () => {
  test('have no problems, before and after their sub-processes are written out', () => {
    always((whole, { drawn: { process, part } }) => {
      expect(problemsOf(process, { termMinutes: null, library: { 'phan-chung': part } })).toEqual([])
      expect(problemsOf(part, { termMinutes: null, part: true })).toEqual([])
      expect(problemsOf(whole, { termMinutes: null })).toEqual([])
      expect(whole.steps.map(({ kind }) => kind)).not.toContain('sub-process')
    })
  })

  test('come in every kind, so that what follows is about all of them', () => {
    const seen = new Set<string>()
    const ended = { back: 0, joined: 0, expired: 0, passed: 0 }
    always((whole, walk) => {
      for (const { kind } of [...walk.drawn.process.steps, ...whole.steps]) seen.add(kind)
      for (const { position, act, next } of walked(whole, walk).visits) {
        const step = getStep(whole, position.step)
        if ('expired' in act) ended.expired++
        if ('answered' in act && next.position.step !== step.key) ended.joined++
        if ('outcome' in act && step.kind !== 'choice' && step.outcomes.find(o => o.key === act.outcome)?.back)
          ended.back++
        ended.passed += next.passed.length
      }
    })
    expect([...seen].sort()).toEqual(
      'appraise approve assign automatic child choice consult receipt sign sub-process task transfer'.split(' '),
    )
    for (const [what, times] of Object.entries(ended)) expect(times, what).toBeGreaterThan(5)
  })
})

describe('whatever happens to a dossier', () => {
  test('it is never stuck: every act leads on, and the usual ones lead to the end', () => {
    always((process, walk) => {
      const { visits, last } = walked(process, walk)
      for (const { position, facts: known } of visits) {
        const acts = actsAt(process, position)
        expect(acts.length).toBeGreaterThan(0)
        for (const act of acts) {
          const { position: next } = advance(process, position, act, known)
          expect(next.step === END || findStep(process, next.step)).toBeTruthy()
        }
        usualWayOut(process, position, known)
      }
      usualWayOut(process, last, visits.at(-1)?.facts ?? walk.facts)
    })
  })

  test('it stands at one step, with one holder, or waits for answers that this step asks for', () => {
    always((process, walk) => {
      const way = walked(process, walk)
      for (const position of positionsOf(way)) {
        if (!('awaited' in position)) continue
        const step = getStep(process, position.step)
        expect(isPassing(step)).toBe(false)
        expect(new Set(position.awaited).size).toBe(position.awaited.length)
        if (step.kind !== 'consult') expect(position.awaited).toEqual([])
        else expect(step.asked.map(({ key }) => key)).toEqual(expect.arrayContaining([...position.awaited]))
        if (step.kind === 'consult') expect(position.awaited.length).toBeGreaterThan(0)
      }
      for (const { entered, position } of [way.first, ...way.visits.map(({ next }) => next)]) {
        if (entered) expect(entered.step.key).toBe(position.step)
        if (entered && 'agency' in entered.step) expect(entered.agency).toMatch(/^H20/u)
      }
    })
  })

  test('where it goes depends on the process, the act and the facts alone, and changes none of them', () => {
    always((process, walk) => {
      const before = JSON.stringify(process)
      for (const { position, act, facts: known, next } of walked(frozen(process), walk).visits) {
        const copy = structuredClone({ process, position, act, known })
        expect(advance(copy.process, frozen(copy.position), frozen(copy.act), frozen(copy.known))).toEqual(next)
      }
      expect(JSON.stringify(process)).toBe(before)
    })
  })

  test('a return brings it back, and from there it comes again and reaches the end', () => {
    always((process, walk) => {
      for (const { position, act, facts: known, next } of walked(process, walk).visits) {
        const step = getStep(process, position.step)
        const exit =
          'outcome' in act && step.kind !== 'choice' ? step.outcomes.find(o => o.key === act.outcome) : undefined
        if (!exit?.back) continue
        const through = [...next.passed.map(one => one.step), next.position.step]
        expect(through[0]).toBe(exit.to)
        if (next.entered?.step.kind === 'consult')
          expect('awaited' in next.position && next.position.awaited).toEqual(next.entered.step.asked.map(a => a.key))
        usualWayOut(process, next.position, known)
      }
    })
  })

  test('a step that is over takes no more acts', () => {
    always((process, walk) => {
      const { facts: known } = walk
      expect(() => advance(process, { step: END }, { outcome: 'ready' }, known)).toThrow('process-ended')
      for (const { position } of walked(process, walk).visits) {
        if (!('awaited' in position)) continue
        const { kind } = getStep(process, position.step)
        expect(() => advance(process, position, { answered: 'ai-do' }, known)).toThrow('opinion-not-awaited')
        expect(() => advance(process, position, { outcome: 'lam-gi-do' }, known)).toThrow('outcome-unknown')
        if (kind === 'consult') {
          expect(() => advance(process, position, { outcome: 'joined' }, known)).toThrow('outcome-unknown')
          expect(() => advance(process, position, { outcome: 'expired' }, known)).toThrow('outcome-unknown')
        } else expect(() => advance(process, position, { expired: true }, known)).toThrow('opinion-not-awaited')
      }
    })
  })
})

function frozen<V>(value: V): V {
  if (value && typeof value === 'object') for (const inner of Object.values(Object.freeze(value))) frozen(inner)
  return value
}

test('opinions join after exactly as many answers as needed, in whatever order, each agency once', () => {
  const rounds = fc.integer({ min: 1, max: 6 }).chain(asked =>
    fc.record({
      order: fc.shuffledSubarray(
        Array.from({ length: asked }, (_, i) => `noi-${i}`),
        { minLength: asked },
      ),
      need: fc.nat(asked),
      facts,
    }),
  )
  fc.assert(
    fc.property(rounds, ({ order, need, facts: known }) => {
      const asked = [...order]
        .sort()
        .map(key => ({ key, name: key, agency: { by: 'competent' as const }, role: 'specialist' as const }))
      const outcomes = ['joined', 'expired'].map(key => ({ key, name: key, to: END, back: false }))
      const step = { kind: 'consult' as const, key: 'hoi', name: 'Hỏi', asked, need, hours: 1, outcomes }
      const process: Process = { name: 'Hỏi', start: 'hoi', scaled: false, steps: [step] }
      let { position } = start(process, known)
      let given = 0
      while (!isAtEnd(position)) {
        const act = { answered: order[given] as string }
        const next = advance(process, position, act, known)
        if (!isAtEnd(next.position))
          expect(() => advance(process, next.position, act, known)).toThrow('opinion-not-awaited')
        given++
        position = next.position
      }
      expect(given).toBe(need === 0 ? order.length : need)
    }),
    RUNS,
  )
})

describe('the hours of a way', () => {
  const START = new Date('2026-03-02T09:00:00+07:00')
  const common = { term: { amount: 400, unit: 'working-days' as const }, start: START, calendar: nationalCalendar }

  test('belong to exactly one step each, from the start to the end, with nothing between and nothing twice', () => {
    always((process, walk) => {
      const outcomes = walked(process, walk)
        .visits.slice(0, 20)
        .map(({ position, act }) => givenBy(position.step, act))
      const { path, endsAt, minutes } = simulate({ process, outcomes, facts: walk.facts, ...common })
      let at = START
      for (const one of path) {
        expect(one.enteredAt).toEqual(at)
        expect(workingMinutesBetween(one.enteredAt, one.dueAt, nationalCalendar)).toBe(one.minutes ?? 0)
        expect(one.passed).toBe(one.minutes === null)
        at = one.dueAt
      }
      expect(endsAt).toEqual(at)
      expect(workingMinutesBetween(START, endsAt, nationalCalendar)).toBe(minutes)
    })
  })

  test('without returns come to no more than the longest way; shares of a term to no more than the term', () => {
    always((process, walk) => {
      const onward = walked(process, walk).visits.flatMap(({ position, act }) => {
        const step = getStep(process, position.step)
        const isBack =
          'outcome' in act && step.kind !== 'choice' && step.outcomes.some(o => o.key === act.outcome && o.back)
        return isBack || 'answered' in act ? [] : [{ position, act }]
      })
      const firstTime = onward.filter(
        ({ position }, i) => onward.findIndex(o => o.position.step === position.step) === i,
      )
      const given = firstTime.map(({ position, act }) => givenBy(position.step, act))
      const visited = new Set(simulateLoosely(process, walk, given))
      const hours = [...visited].reduce((sum, key) => sum + hoursOf(getStep(process, key)), 0)
      expect(hours).toBeLessThanOrEqual(longestHours(process))
      const shares = [...visited].reduce(
        (sum, key) => sum + (stepMinutes({ ...process, scaled: true }, key, common.term) ?? 0),
        0,
      )
      expect(shares).toBeLessThanOrEqual(400 * 480)
    })
  })

  /** Steps of the way; what is said of steps it does not come to is left out. */
  function simulateLoosely(process: Process, walk: Walk, given: Given[]): string[] {
    for (let left = given; ; left = left.slice(0, -1)) {
      try {
        return simulate({ process, outcomes: left, facts: walk.facts, ...common }).path.map(({ step }) => step)
      } catch (error) {
        if (left.length === 0) throw error
      }
    }
  }

  function givenBy(step: string, act: Act): Given {
    if ('outcome' in act) return { step, outcome: act.outcome }
    return 'answered' in act ? { step, opinion: act.answered, answer: 'disagree' } : { step, expired: true }
  }
})
