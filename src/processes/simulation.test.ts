import { describe, expect, test } from 'vitest'
import { nationalCalendar } from '#src/calendar/national-calendar.ts'
import { sampleProcess, way } from '#test/support/sample-process.ts'
import { noFacts } from './feel.ts'
import { type Given, type Simulation, simulate } from './simulation.ts'

const MONDAY = new Date('2026-03-02T08:00:00+07:00')
const facts = { ...noFacts, receiving: 'H20.101', competent: 'H20.10', form: { soTang: 9 } }
const days = (amount: number) => ({ amount, unit: 'working-days' as const })
const common: Simulation = {
  process: sampleProcess(),
  outcomes: [],
  facts,
  term: days(3),
  start: MONDAY,
  calendar: nationalCalendar,
}
const walk = (outcomes: Given[] = [], more: Partial<Simulation> = {}) => simulate({ ...common, ...more, outcomes })
const steps = (outcomes: Given[] = [], more: Partial<Simulation> = {}) =>
  walk(outcomes, more).path.map(({ step, outcome }) => `${step}: ${outcome}`)
const local = (text: string) => new Date(`${text}:00+07:00`)

describe('the usual way', () => {
  test('is taken where nothing is said, each step entered when the one before is due', () => {
    const { path, endsAt, dueAt, minutes } = walk()
    expect(
      path.map(({ step, agency, role, minutes: m, enteredAt, dueAt: due, passed }) => [
        step,
        agency,
        role,
        m,
        enteredAt,
        due,
        passed,
      ]),
    ).toEqual([
      ['chuyen', 'H20.101', 'intake', 60, MONDAY, local('2026-03-02T09:00'), false],
      ['nhan', 'H20.10', 'clerk', 60, local('2026-03-02T09:00'), local('2026-03-02T10:00'), false],
      ['phan-cong', 'H20.10', 'leader', 60, local('2026-03-02T10:00'), local('2026-03-02T11:00'), false],
      ['tham-dinh', 'H20.10', 'specialist', 360, local('2026-03-02T11:00'), local('2026-03-03T09:00'), false],
      ['xet-quy-mo', null, null, null, local('2026-03-03T09:00'), local('2026-03-03T09:00'), true],
      ['hoi-y-kien', null, null, 480, local('2026-03-03T09:00'), local('2026-03-04T09:00'), false],
      ['phe-duyet', 'H20.10', 'leader', 120, local('2026-03-04T09:00'), local('2026-03-04T11:00'), false],
      ['phat-hanh', 'H20.10', 'clerk', 60, local('2026-03-04T11:00'), local('2026-03-04T13:30'), false],
    ])
    expect({ endsAt, dueAt, minutes }).toEqual({
      endsAt: local('2026-03-04T13:30'),
      dueAt: local('2026-03-05T08:00'),
      minutes: 20 * 60,
    })
    expect(path[5]?.asked).toEqual([
      { key: 'pccc', agency: 'H20.32', answer: 'agree' },
      { key: 'dat-dai', agency: 'H20.11', answer: 'agree' },
    ])
  })

  test('follows the facts', () => {
    expect(steps([], { facts: { ...facts, form: { soTang: 2 } } })).toContain('xet-quy-mo: otherwise')
    expect(steps()).toContain('xet-quy-mo: branch-1')
  })
})

describe('what is said', () => {
  test('happens at its step, the first time there first', () => {
    const outcomes = [
      { step: 'phe-duyet', outcome: 'returned' },
      { step: 'tham-dinh', outcome: 'submitted' },
      { step: 'tham-dinh', outcome: 'khong-du' },
    ]
    expect(steps(outcomes).slice(3)).toEqual([
      'tham-dinh: submitted',
      'xet-quy-mo: branch-1',
      'hoi-y-kien: joined',
      'phe-duyet: returned',
      'tham-dinh: khong-du',
      'phe-duyet: approved',
      'phat-hanh: ready',
    ])
  })

  test('of opinions is told: given, not given in time, not needed any more', () => {
    const told = (outcomes: Given[], need = 0) =>
      walk(outcomes, { process: sampleProcess({ 'hoi-y-kien': { need } }) }).path.find(({ kind }) => kind === 'consult')
    const disagrees: Given = { step: 'hoi-y-kien', opinion: 'dat-dai', answer: 'disagree' }
    expect(told([disagrees, { step: 'hoi-y-kien', expired: true }])).toMatchObject({
      outcome: 'expired',
      asked: [
        { key: 'pccc', answer: 'none' },
        { key: 'dat-dai', answer: 'disagree' },
      ],
    })
    expect(told([disagrees], 1)).toMatchObject({
      outcome: 'joined',
      asked: [
        { key: 'pccc', answer: null },
        { key: 'dat-dai', answer: 'disagree' },
      ],
    })
  })

  test('is what choices further on go by', () => {
    const branches = [{ name: 'Không trả lời', when: 'opinions.pccc = "none"', to: 'tham-dinh-lai' }]
    const process = sampleProcess(
      {},
      {
        steps: [
          ...sampleProcess({ 'hoi-y-kien': { outcomes: [way('joined', 'xem'), way('expired', 'xem')] } }).steps,
          { kind: 'choice', key: 'xem', name: 'Xem', branches, otherwise: 'phe-duyet' },
          {
            kind: 'task',
            key: 'tham-dinh-lai',
            name: 'Lại',
            agency: { by: 'competent' },
            role: 'specialist',
            hours: 1,
            outcomes: [way('xong', 'phe-duyet')],
          },
        ],
      },
    )
    expect(steps([{ step: 'hoi-y-kien', expired: true }], { process })).toContain('tham-dinh-lai: xong')
    expect(steps([], { process })).toContain('xem: otherwise')
  })

  test('comes after what the platform has written down on the way', () => {
    const set = { field: 'soTang', value: '9' }
    const process = sampleProcess(
      {},
      {
        steps: [
          ...sampleProcess({ nhan: { outcomes: [way('taken-over', 'ghi')] } }).steps,
          { kind: 'automatic', key: 'ghi', name: 'Ghi', set, outcomes: [way('done', 'phan-cong')] },
        ],
      },
    )
    expect(steps([], { process, facts: { ...facts, form: {} } })).toContain('xet-quy-mo: branch-1')
  })

  test.each([
    ['a way the step does not have', { step: 'nhan', outcome: 'bay' }, 'outcome-unknown'],
    ['an opinion nobody asks for', { step: 'hoi-y-kien', opinion: 'thue', answer: 'agree' }, 'opinion-not-awaited'],
    ['an opinion at a step of work', { step: 'nhan', opinion: 'thue', answer: 'agree' }, 'opinion-not-awaited'],
    ['an end to opinions chosen by hand', { step: 'hoi-y-kien', outcome: 'joined' }, 'outcome-unknown'],
    ['a step that is not come to', { step: 'xa', outcome: 'xong' }, 'simulation-outcomes-left'],
  ] as [string, Given, string][])('is refused: %s', (_, given, code) => expect(() => walk([given])).toThrow(code))

  test('is refused when it leads through more than 200 steps', () => {
    const returns = Array.from({ length: 60 }, () => ({ step: 'phe-duyet', outcome: 'returned' }))
    expect(() => walk(returns)).toThrow('simulation-too-long')
  })
})

test('without a term nothing falls due, and shares of it promise nothing', () => {
  const { path, dueAt, minutes, endsAt } = walk([], { process: sampleProcess({}, { scaled: true }), term: null })
  expect({ dueAt, minutes, endsAt }).toEqual({ dueAt: null, minutes: 0, endsAt: MONDAY })
  expect(path.every(one => one.minutes === null)).toBe(true)
})
