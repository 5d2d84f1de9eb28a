import { describe, expect, test } from 'vitest'
import { back, competent, type GivenStep, sampleProcess, stepOf, way } from '#test/support/sample-process.ts'
import { expand } from './expansion.ts'
import { noFacts } from './feel.ts'
import { END, exitsOf, type Process } from './process.ts'
import { advance, start } from './stepper.ts'

const task = (key: string, ...outcomes: object[]): GivenStep => {
  const own = {
    kind: 'task' as const,
    key,
    name: `Việc ${key}`,
    agency: competent,
    role: 'specialist' as const,
    hours: 1,
  }
  return { ...own, outcomes: outcomes as never }
}
const calls = (key: string, process: string, to: string): GivenStep => {
  return { kind: 'sub-process', key, name: `Gọi ${process}`, process, outcomes: [way('done', to)] }
}
const of = (...steps: GivenStep[]): Process => sampleProcess({}, { start: steps[0]?.key ?? '', steps })

const visit = of(
  task('di', way('xong', 'xet')),
  {
    kind: 'choice',
    key: 'xet',
    name: 'Xét',
    branches: [{ name: 'Lại', when: 'outcomes.di = "xong" and form.lai', to: 'bao-cao' }],
    otherwise: END,
  },
  task('bao-cao', way('xong', END), back('di-lai', 'di')),
)

describe('a process with its sub-processes written out', () => {
  const whole = expand(
    of(
      task('nhan', way('xong', 'thuc-dia')),
      calls('thuc-dia', 'tham-tra', 'ket'),
      task('ket', way('xong', END), back('lai', 'thuc-dia')),
    ),
    {
      'tham-tra': visit,
    },
  )

  test('has their steps in their place, under keys of its own', () => {
    expect(whole.steps.map(({ key }) => key)).toEqual([
      'nhan',
      'thuc-dia-di',
      'thuc-dia-xet',
      'thuc-dia-bao-cao',
      'ket',
    ])
    expect(whole.steps.map(({ name }) => name)).toContain('Việc bao-cao')
  })

  test('enters at their first step, returns to it, and leaves where the sub-process led', () => {
    const to = (key: string) => exitsOf(stepOf(whole, key)).map(exit => exit.to)
    expect(to('nhan')).toEqual(['thuc-dia-di'])
    expect(to('ket')).toEqual([END, 'thuc-dia-di'])
    expect(to('thuc-dia-xet')).toEqual(['thuc-dia-bao-cao', 'ket'])
    expect(to('thuc-dia-bao-cao')).toEqual(['ket', 'thuc-dia-di'])
  })

  test('asks for its own outcomes under their new keys', () => {
    const position = { step: 'thuc-dia-di', awaited: [] }
    const next = advance(whole, position, { outcome: 'xong' }, { ...noFacts, form: { lai: true } })
    expect(next.position.step).toBe('thuc-dia-bao-cao')
  })

  test('is the same when there is nothing to write out', () => expect(expand(visit, {})).toBe(visit))
})

test('sub-processes of sub-processes, one after the other, and as the first step', () => {
  const outer = of(calls('a', 'ngoai', 'b'), calls('b', 'trong', END))
  const library = {
    ngoai: of(task('truoc', way('xong', 'c')), calls('c', 'trong', END)),
    trong: of(task('x', way('xong', END))),
  }
  const whole = expand(outer, library)
  expect(whole.steps.map(({ key }) => key)).toEqual(['a-truoc', 'a-c-x', 'b-x'])
  expect(whole.start).toBe('a-truoc')
  let { position } = start(whole, noFacts)
  const way_: string[] = []
  while (position.step !== END) {
    way_.push(position.step)
    position = advance(whole, position, { outcome: 'xong' }, noFacts).position
  }
  expect(way_).toEqual(['a-truoc', 'a-c-x', 'b-x'])
})

test('keys stay unique and short, however they are put together', () => {
  const long = `b-${'c'.repeat(57)}`
  const inner = of(task(long, way('xong', `${long}d`)), task(`${long}d`, way('xong', END)))
  const whole = expand(of(task('a-b', way('xong', 'a')), calls('a', 'p', END)), {
    p: { ...inner, steps: [...inner.steps, ...of(task('b', way('xong', END))).steps] },
  })
  const keys = whole.steps.map(({ key }) => key)
  expect(new Set(keys).size).toBe(4)
  for (const key of keys) expect(key).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/u)
  expect(Math.max(...keys.map(key => key.length))).toBeLessThanOrEqual(60)
})

describe('cannot be written out:', () => {
  const ring = { x: of(calls('g', 'y', END)), y: of(calls('g', 'x', END)) }
  const wide = of(...Array.from({ length: 40 }, (_, i) => task(`v-${i}`, way('xong', i < 39 ? `v-${i + 1}` : END))))
  const six = of(...Array.from({ length: 6 }, (_, i) => calls(`g-${i}`, 'wide', i < 5 ? `g-${i + 1}` : END)))

  test.each([
    ['one that is not there', of(calls('g', 'khong-co', END)), {}, 'sub-process-unknown'],
    ['one called like what every object has', of(calls('g', 'constructor', END)), {}, 'sub-process-unknown'],
    ['one that contains itself', of(calls('g', 'x', END)), ring, 'sub-process-ring'],
    ['so many that nobody could follow', six, { wide }, 'process-too-long'],
  ])('%s', (_, process, library, code) => expect(() => expand(process, library)).toThrow(code))
})
