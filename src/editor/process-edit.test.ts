import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exitsOf, getStep, Process } from '#src/processes/process.ts'
import { flawsOf } from '#src/processes/process-flaws.ts'
import { reachableFrom } from '#src/processes/process-ways.ts'
import { processes } from '#test/support/process-arbitrary.ts'
import { addStep, inOrder, moveDown, moveUp, removeStep, replaceStep } from './process-edit.ts'
import { newStep } from './step-kinds.ts'

const work = (kind: string, key: string, outcomes: unknown[], role = 'specialist') => ({
  ...{ kind, key, name: key, agency: { by: 'competent' }, role, hours: 2 },
  outcomes,
})
const out = (key: string, to: string, back = false) => ({ key, name: key, to, back })

/** desk → head → specialist → leader (returns to the specialist) → clerk */
const usual = Process.parse({
  name: 'Cấp giấy phép',
  start: 'phan-cong',
  steps: [
    work('assign', 'phan-cong', [out('assigned', 'tham-dinh')], 'leader'),
    work('appraise', 'tham-dinh', [out('submitted', 'phe-duyet')]),
    work('approve', 'phe-duyet', [out('approved', 'phat-hanh'), out('returned', 'tham-dinh', true)], 'leader'),
    work('sign', 'phat-hanh', [out('ready', 'end')], 'clerk'),
  ],
})

const flow = (process: Process) =>
  inOrder(process).map(step => `${step.key}>${exitsOf(step).map(({ to, back }) => `${back ? '~' : ''}${to}`)}`)

describe('adding a step', () => {
  test('leads the step before to it, and it to where that one led', () => {
    const added = addStep(usual, 'tham-dinh', newStep('task', { key: 'kiem-tra', name: 'Kiểm tra thực địa' }))
    expect(flow(added)).toEqual([
      'phan-cong>tham-dinh',
      'tham-dinh>kiem-tra',
      'kiem-tra>phe-duyet',
      'phe-duyet>phat-hanh,~tham-dinh',
      'phat-hanh>end',
    ])
  })

  test('before all others makes it the first', () => {
    const added = addStep(usual, null, newStep('transfer', { key: 'chuyen', name: 'Chuyển hồ sơ' }))
    expect(added.start).toBe('chuyen')
    expect(flow(added).slice(0, 2)).toEqual(['chuyen>phan-cong', 'phan-cong>tham-dinh'])
  })

  test('brings the outcomes of its kind: a second approval returns to the specialist', () => {
    const added = addStep(usual, 'phe-duyet', newStep('approve', { key: 'duyet-2', name: 'Phê duyệt cấp trên' }))
    expect(flow(added)).toContain('duyet-2>phat-hanh,~tham-dinh')
  })

  test('both ends of a consultation lead on, and so does what is put behind it', () => {
    const asked = addStep(usual, 'tham-dinh', newStep('consult', { key: 'lay-y-kien', name: 'Lấy ý kiến' }))
    expect(flow(asked)).toContain('lay-y-kien>phe-duyet,phe-duyet')
    const more = addStep(asked, 'lay-y-kien', newStep('task', { key: 'tong-hop', name: 'Tổng hợp' }))
    expect(flow(more)).toContain('lay-y-kien>tong-hop,tong-hop')
  })

  test('is refused past sixty', () => {
    let process = usual
    for (let n = 0; n < 56; n += 1)
      process = addStep(process, 'tham-dinh', newStep('task', { key: `b${n}`, name: 'x' }))
    expect(() => addStep(process, 'tham-dinh', newStep('task', { key: 'b', name: 'x' }))).toThrow('process-too-long')
  })
})

describe('taking a step out', () => {
  test('closes the gap, and returns to it go to the step before', () => {
    expect(flow(removeStep(usual, 'tham-dinh'))).toEqual([
      'phan-cong>phe-duyet',
      'phe-duyet>phat-hanh,~phan-cong',
      'phat-hanh>end',
    ])
  })

  test('of the first makes the next the first', () => {
    expect(removeStep(usual, 'phan-cong').start).toBe('tham-dinh')
  })

  test('of the last leads to the end', () => {
    expect(flow(removeStep(usual, 'phat-hanh')).at(-1)).toBe('phe-duyet>end,~tham-dinh')
  })

  test('of the only one is refused', () => {
    const one = Process.parse({ name: 'x', start: 'a', steps: [work('sign', 'a', [out('ready', 'end')], 'clerk')] })
    expect(() => removeStep(one, 'a')).toThrow('process-needs-step')
  })

  test('whatever was added and taken out again, the process is as before', () => {
    for (const after of [null, ...usual.steps.map(({ key }) => key)]) {
      for (const kind of ['task', 'approve', 'consult', 'choice', 'automatic', 'child'] as const) {
        const added = addStep(usual, after, newStep(kind, { key: 'moi', name: 'Mới' }))
        expect(flow(removeStep(added, 'moi')), `${kind} after ${after}`).toEqual(flow(usual))
      }
    }
  })
})

describe('moving a step', () => {
  test('earlier changes places with the one before', () => {
    const moved = moveUp(usual, 'phe-duyet')
    expect(flow(moved)).toEqual([
      'phan-cong>phe-duyet',
      'phe-duyet>tham-dinh,~phan-cong',
      'tham-dinh>phat-hanh',
      'phat-hanh>end',
    ])
  })

  test('later is the same as the next one earlier', () => {
    expect(flow(moveDown(usual, 'phan-cong'))).toEqual(flow(moveUp(usual, 'tham-dinh')))
  })

  test('of the first earlier, and of the last later, changes nothing', () => {
    expect(moveUp(usual, 'phan-cong')).toBe(usual)
    expect(moveDown(usual, 'phat-hanh')).toBe(usual)
  })
})

describe('where an outcome leads decides whether it is a return', () => {
  test('to an earlier step it is, to a later one it is not', () => {
    const step = getStep(usual, 'phat-hanh')
    if (step.kind !== 'sign') throw new Error('not the sign step')
    const outcomes = [...step.outcomes, { key: 'sai', name: 'Sai sót', to: 'tham-dinh', back: false }]
    const changed = getStep(replaceStep(usual, { ...step, outcomes }), 'phat-hanh')
    expect(exitsOf(changed).map(({ back }) => back)).toEqual([false, true])
    const skipping = getStep(usual, 'phan-cong')
    if (skipping.kind !== 'assign') throw new Error('not the assign step')
    const skip = { key: 'bo-qua', name: 'Bỏ qua', to: 'phat-hanh', back: true }
    const skipped = getStep(replaceStep(usual, { ...skipping, outcomes: [...skipping.outcomes, skip] }), 'phan-cong')
    expect(exitsOf(skipped).map(({ back }) => back)).toEqual([false, false])
  })
})

describe('whatever the process', () => {
  const kinds = fc.constantFrom('task', 'approve', 'consult', 'choice', 'automatic', 'child', 'transfer')
  const change = fc.record({ at: fc.nat(), kind: kinds, isFirst: fc.boolean() })

  test('a step put in anywhere leaves it without flaws, every step within reach; taken out again it is as before', () => {
    fc.assert(
      fc.property(processes, change, ({ process }, { at, kind, isFirst }) => {
        const after = isFirst ? null : (process.steps[at % process.steps.length]?.key ?? null)
        const added = addStep(process, after, newStep(kind as never, { key: 'moi-them', name: 'Mới' }))
        expect(flawsOf(added)).toEqual([])
        expect([...reachableFrom(added, added.start)]).toEqual(
          expect.arrayContaining(added.steps.map(({ key }) => key)),
        )
        expect(flow(removeStep(added, 'moi-them'))).toEqual(flow(process))
      }),
      { numRuns: 200 },
    )
  })

  test('moving steps about loses none, and leaves none out of reach', () => {
    fc.assert(
      fc.property(processes, fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 6 }), ({ process }, moves) => {
        const moved = moves.reduce((now, [at, up]) => {
          const key = now.steps[at % now.steps.length]?.key ?? ''
          return up ? moveUp(now, key) : moveDown(now, key)
        }, process)
        const keys = process.steps.map(({ key }) => key)
        expect(moved.steps.map(({ key }) => key).sort()).toEqual(keys.toSorted())
        expect(flawsOf(moved).filter(({ vi }) => /vòng|quay lại/u.test(vi))).toEqual([])
        expect([...reachableFrom(moved, moved.start)]).toEqual(expect.arrayContaining(keys))
      }),
      { numRuns: 200 },
    )
  })
})
