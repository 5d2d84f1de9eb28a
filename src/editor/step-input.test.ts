import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FormValues } from '#src/platform/form.ts'
import { translator } from '#src/platform/text.ts'
import { getStep, type Process, type Step } from '#src/processes/process.ts'
import { processes } from '#test/support/process-arbitrary.ts'
import { knownFacts, readCondition, writeCondition } from './conditions.ts'
import { readStep } from './step-input.ts'
import { newStep } from './step-kinds.ts'
import { stepValues } from './step-values.ts'

const t = translator('vi')

/** The form a browser would send: what the page shows, with the changes somebody types. */
function typed(step: Step, change: FormValues = {}, facts: ReturnType<typeof knownFacts> = []): FormData {
  const form = new FormData()
  const values = { ...stepValues(step, facts), ...change, revision: '3', do: 'save' }
  for (const [name, value] of Object.entries(values)) {
    for (const one of [value ?? ''].flat()) form.append(name, one)
  }
  return form
}

function read(step: Step, change: FormValues = {}, facts: ReturnType<typeof knownFacts> = []): Step {
  const input = readStep(typed(step, change, facts), { old: step, facts, t })
  if (!input.ok) throw new Error(JSON.stringify(input.errors))
  return input.step
}

function faults(step: Step, change: FormValues): string[] {
  const input = readStep(typed(step, change), { old: step, facts: [], t })
  return input.ok ? [] : input.errors.map(({ field, message }) => `${field}: ${message}`)
}

test('a step sent as it is shown stays as it is, whatever it is', () => {
  fc.assert(
    fc.property(processes, ({ process }) => {
      const facts = knownFacts(process, [], t)
      for (const step of process.steps) expect(read(step, {}, facts)).toEqual(step)
    }),
    { numRuns: 150 },
  )
})

test('a condition on a fact the platform works out is not turned into one about words', () => {
  const choice = newStep('choice', { key: 're-nhanh', name: 'Rẽ nhánh' })
  if (choice.kind !== 'choice') throw new Error('newStep makes another kind')
  const facts = [{ fact: 'form.y', name: 'y', kind: 'text' as const }]
  for (const when of ['form.y = true', 'form.y > 3', 'form.y = "a"', 'form.y="a"']) {
    const step = { ...choice, branches: [{ name: 'Nhánh', when, to: 'end' }] }
    expect(read(step, {}, facts)).toMatchObject({ branches: [{ when }] })
  }
})

const task = newStep('task', { key: 'kiem-tra', name: 'Kiểm tra' })

describe('what is typed about a step', () => {
  test('hours are written with a comma, an agency is named by its code', () => {
    expect(read(task, { hours: '1,5', agency: 'code:H20.11' })).toMatchObject({
      hours: 1.5,
      agency: { by: 'code', code: 'H20.11' },
    })
  })

  test('a new outcome gets its key from its name, apart from the others', () => {
    const step = read(task, {
      'outcomes.1.name': 'Không đạt',
      'outcomes.1.to': 'end',
      'outcomes.2.name': 'Không đạt',
      'outcomes.2.to': 'end',
    })
    expect(step.kind !== 'choice' && step.outcomes.map(({ key }) => key)).toEqual(['done', 'khong-dat', 'khong-dat-2'])
  })

  test('an emptied name takes an outcome away, but not one the kind always has', () => {
    const approve = newStep('approve', { key: 'duyet', name: 'Duyệt' })
    const step = read(approve, { 'outcomes.0.name': '', 'outcomes.1.name': '' })
    expect(step.kind !== 'choice' && step.outcomes.map(({ key, name }) => [key, name])).toEqual([
      ['approved', 'Đồng ý'],
      ['returned', 'Trả lại'],
    ])
    const more = read(task, { 'outcomes.1.name': 'Đạt', 'outcomes.1.to': 'end' })
    expect(read(more, { 'outcomes.1.name': '' })).toEqual(task)
  })

  test('facts to be written down are called by their names, and a spare row is nothing', () => {
    const step = read(task, {
      'asks.0.name': 'Diện tích đất (m²)',
      'asks.0.kind': 'number',
      'asks.1.name': '',
      'asks.1.kind': 'text',
    })
    expect(step).toMatchObject({ asks: [{ field: 'dienTichDatM', name: 'Diện tích đất (m²)', kind: 'number' }] })
  })

  test('each box that is wrong is named', () => {
    expect(faults(task, { name: '', hours: '0,1' })).toEqual([
      'name: Hãy nhập tên bước.',
      'hours: Giờ làm việc là số từ 0,25 đến 2000, chia theo 15 phút: 0,25 là 15 phút.',
    ])
    expect(faults(task, { agency: 'rule', rule: '' })[0]).toMatch(/^rule: /u)
    expect(faults(task, { 'outcomes.1.name': 'Đạt' })).toEqual(['outcomes.1.to: Hãy chọn bước tiếp theo.'])
    const consult = newStep('consult', { key: 'hoi', name: 'Hỏi' })
    expect(faults(consult, { 'asked.0.name': '' })).toEqual(['asked.0.name: Hãy ghi ít nhất một nơi được hỏi ý kiến.'])
  })
})

describe('a condition picked from lists', () => {
  const process: Process = {
    name: 'Thử',
    start: 'do-dac',
    scaled: false,
    steps: [
      {
        ...newStep('task', { key: 'do-dac', name: 'Đo đạc' }),
        asks: [
          { field: 'dienTich', name: 'Diện tích', kind: 'number' },
          { field: 'tranhChap', name: 'Có tranh chấp', kind: 'yes-no' },
        ],
        outcomes: [{ key: 'done', name: 'Xong', to: 're', back: false }],
      } as Step,
      newStep('choice', { key: 're', name: 'Rẽ nhánh' }),
    ],
  }
  const facts = knownFacts(process, [{ code: 'sua-chua', name: 'Sửa chữa' }], t)
  const choice = getStep(process, 're')
  const branch = (change: FormValues) => {
    const step = read(choice, { 'branches.0.to': 'do-dac', 'branches.0.name': 'Nhánh', ...change }, facts)
    return step.kind === 'choice' && step.branches[0]?.when
  }

  test.each([
    ['form.dienTich', '>', '500,5', 'form.dienTich > 500.5'],
    ['form.tranhChap', '=', 'có', 'form.tranhChap = true'],
    ['channel', '=', 'trực tuyến', 'channel = "online"'],
    ['channel', '!=', 'Truc tuyen', 'channel != "online"'],
    ['case', '=', 'Sửa chữa', 'case = "sua-chua"'],
    ['applicant.kind', '=', '" or true or "', 'applicant.kind = "or true or"'],
  ])('%s %s %s becomes %s, and is shown so again', (fact, op, value, feel) => {
    expect(branch({ 'branches.0.fact': fact, 'branches.0.op': op, 'branches.0.value': value })).toBe(feel)
    const back = readCondition(feel)
    expect(back?.fact).toBe(fact)
    expect(
      writeCondition(
        back as never,
        facts.find(one => one.fact === fact),
      ),
    ).toBe(feel)
  })

  test('a cleverer one stays as it was written', () => {
    const when = 'form.dienTich > 500 and channel = "online"'
    const change = { 'branches.0.fact': '', 'branches.0.op': '=', 'branches.0.value': '', 'branches.0.when': when }
    expect(branch(change)).toBe(when)
    const step = { ...choice, branches: [{ name: 'Nhánh', when, to: 'do-dac' }] } as Step
    expect(stepValues(step, facts)).toMatchObject({ 'branches.0.when': when })
  })
})
