import { describe, expect, test } from 'vitest'
import { competent, type GivenStep, receiving, sampleProcess, way } from '#test/support/sample-process.ts'
import { type FeelFacts, noFacts } from './feel.ts'
import { END, hoursOf } from './process.ts'
import { longestHours, stepMinutes, termMinutes } from './step-hours.ts'
import { type Act, type Advance, advance, start } from './stepper.ts'

const facts: FeelFacts = { ...noFacts, receiving: 'H20.101', competent: 'H20.10' }
const process = sampleProcess()
const task = (key: string, more: object = {}): GivenStep => {
  const own = { kind: 'task' as const, key, name: key, agency: competent, role: 'specialist' as const, hours: 1 }
  return { ...own, outcomes: [way('xong', END)], ...more }
}
const of = (...steps: GivenStep[]) => sampleProcess({}, { start: steps[0]?.key ?? '', steps })
const exits = ({ passed }: Advance) => passed.map(({ step, exit }) => `${step}: ${exit}`)

describe('a dossier handed from desk to desk', () => {
  test('stops at the hand-over, then at the taking over, each with the agency of that side', () => {
    const first = start(process, facts)
    expect(first).toMatchObject({ position: { step: 'chuyen' }, entered: { agency: 'H20.101' }, passed: [] })
    const next = advance(process, first.position, { outcome: 'handed-over' }, facts)
    expect(next).toMatchObject({ position: { step: 'nhan' }, entered: { agency: 'H20.10' }, passed: [] })
  })

  test('within one agency is neither handed over nor taken over', () => {
    const home = start(process, { ...facts, competent: 'H20.101' })
    expect(home.position.step).toBe('phan-cong')
    expect(exits(home)).toEqual(['chuyen: handed-over', 'nhan: taken-over'])
  })
})

describe('the platform goes on by itself', () => {
  const writes = (field: string, value: string, to: string): GivenStep => {
    return {
      kind: 'automatic',
      key: `ghi-${field}`,
      name: 'Ghi',
      note: 'Đã tính',
      set: { field, value },
      outcomes: [way('done', to)],
    }
  }
  const chooses = (when: string): GivenStep => {
    return { kind: 'choice', key: 'xet', name: 'Xét', branches: [{ name: 'A', when, to: 'a' }], otherwise: 'b' }
  }

  test('through a choice by what it has just worked out', () => {
    const scale = of(writes('lon', 'form.x > 5', 'xet'), chooses('form.lon'), task('a'), task('b'))
    const big = start(scale, { ...facts, form: { x: 6 } })
    expect(big.position.step).toBe('a')
    expect(big.passed[0]).toEqual({
      step: 'ghi-lon',
      name: 'Ghi',
      exit: 'done',
      note: 'Đã tính',
      set: { field: 'lon', value: true },
    })
    expect(start(scale, { ...facts, form: { x: 5 } }).position.step).toBe('b')
  })

  test('by the outcome just taken, of a step with a person and of one without', () => {
    const byTask = of(
      task('lam', { outcomes: [way('xong', 'xet'), way('khong', 'xet')] }),
      chooses('outcomes.lam = "khong"'),
      task('a'),
      task('b'),
    )
    const left = (outcome: string) => advance(byTask, { step: 'lam', awaited: [] }, { outcome }, facts).position.step
    expect([left('xong'), left('khong')]).toEqual(['b', 'a'])
    const byItself = of(writes('y', '1', 'xet'), chooses('outcomes["ghi-y"] = "done"'), task('a'), task('b'))
    expect(start(byItself, facts).position.step).toBe('a')
  })

  test('by the first branch that is true, and past what is not known', () => {
    const first = (form: FeelFacts['form']) =>
      advance(process, { step: 'tham-dinh', awaited: [] }, { outcome: 'submitted' }, { ...facts, form })
    expect(first({ soTang: 7 }).position).toEqual({ step: 'hoi-y-kien', awaited: ['pccc', 'dat-dai'] })
    expect(first({ soTang: 6 }).position.step).toBe('phe-duyet')
    expect(first({}).position.step).toBe('phe-duyet')
    expect(first({ soTang: 'bảy' }).position.step).toBe('phe-duyet')
  })

  test('past a dossier of its own at another agency that nobody waits for, and not past one that is waited for', () => {
    const child = (wait: boolean): GivenStep => {
      const own = {
        kind: 'child' as const,
        key: 'con',
        name: 'Con',
        procedure: '1.000001',
        agency: receiving,
        hours: 8,
      }
      return { ...own, wait, outcomes: [way('granted', 'a'), way('refused', 'a')] }
    }
    expect(exits(start(of(child(false), task('a')), facts))).toEqual(['con: granted'])
    expect(start(of(child(true), task('a')), facts).position.step).toBe('con')
    expect(of(child(false), child(true)).steps.map(hoursOf)).toEqual([0, 8])
  })
})

describe('an agency found by rule', () => {
  const ruled = (rule: string) => of(task('a', { agency: { by: 'rule', rule } }))
  test('is the one the rule names, and the resolving one where it names none', () => {
    const at = (rule: string) => start(ruled(rule), { ...facts, form: { x: 9 } }).entered?.agency
    expect(at('if form.x > 5 then "H20.31" else receiving')).toBe('H20.31')
    expect(at('if form.x > 50 then "H20.31" else receiving')).toBe('H20.101')
    expect(at('form.unknown')).toBe('H20.10')
    expect(at('form.x')).toBe('H20.10')
  })
})

describe('opinions', () => {
  const asked = sampleProcess({ 'hoi-y-kien': { outcomes: [way('joined', 'phe-duyet'), way('expired', 'tham-dinh')] } })
  const both = { step: 'hoi-y-kien', awaited: ['pccc', 'dat-dai'] }

  test('are waited for until all have come, and joined then', () => {
    const one = advance(asked, both, { answered: 'dat-dai' }, facts)
    expect(one).toEqual({ position: { step: 'hoi-y-kien', awaited: ['pccc'] }, passed: [], entered: null })
    expect(advance(asked, one.position, { answered: 'pccc' }, facts).position.step).toBe('phe-duyet')
  })

  test('that do not come in time lead the way for that', () => {
    expect(advance(asked, both, { expired: true }, facts).position.step).toBe('tham-dinh')
  })

  test('count for a choice right after them: the one that ended them, and silence as “none”', () => {
    const branches = [
      { name: 'Im lặng', when: 'opinions.pccc = "none"', to: 'chuyen' },
      { name: 'Phản đối', when: 'opinions.pccc = "disagree"', to: 'nhan' },
    ]
    const process = sampleProcess(
      {},
      {
        steps: [
          ...sampleProcess({ 'hoi-y-kien': { outcomes: [way('joined', 'xem'), way('expired', 'xem')] } }).steps,
          { kind: 'choice', key: 'xem', name: 'Xem', branches, otherwise: 'phe-duyet' },
        ],
      },
    )
    const last = { step: 'hoi-y-kien', awaited: ['pccc'] }
    const to = (act: Act) => advance(process, last, act, facts).position.step
    expect(to({ expired: true })).toBe('chuyen')
    expect(to({ answered: 'pccc', answer: 'disagree' })).toBe('nhan')
    expect(to({ answered: 'pccc', answer: 'agree' })).toBe('phe-duyet')
  })

  test('of which only some are needed end with those', () => {
    const enough = sampleProcess({ 'hoi-y-kien': { need: 1 } })
    expect(advance(enough, both, { answered: 'pccc' }, facts).position.step).toBe('phe-duyet')
  })
})

describe('hours', () => {
  test('of the longest way leave out the shorter branch and returns', () => {
    expect(longestHours(process)).toBe(20)
    expect(
      longestHours(sampleProcess({ 'xet-quy-mo': { branches: [{ name: 'A', when: 'true', to: 'phe-duyet' }] } })),
    ).toBe(12)
  })

  test.each([
    [{ amount: 24, unit: 'working-hours' }, 24 * 60],
    [{ amount: 5, unit: 'working-days' }, 5 * 480],
    [{ amount: 15, unit: 'days' }, 10 * 480],
    [{ amount: 1, unit: 'days' }, 480],
    [{ amount: 1, unit: 'months' }, 22 * 480],
  ] as const)('of a term of %o are %i minutes', (term, minutes) => expect(termMinutes(term)).toBe(minutes))

  test('in a process for many procedures are shares of the term, in whole quarters', () => {
    const scaled = sampleProcess({}, { scaled: true })
    const days = (amount: number) => ({ amount, unit: 'working-days' as const })
    expect(stepMinutes(scaled, 'tham-dinh', days(5))).toBe(5 * 480 * (6 / 20))
    expect(stepMinutes(scaled, 'nhan', days(1))).toBe(15)
    expect(stepMinutes(scaled, 'nhan', null)).toBeNull()
    expect(stepMinutes(process, 'tham-dinh', null)).toBe(360)
    expect(stepMinutes(process, 'xet-quy-mo', days(5))).toBeNull()
  })
})
