import { describe, expect, test } from 'vitest'
import { sampleProcess, sampleSteps, task, way } from '#test/support/sample-process.ts'
import type { Library } from './expansion.ts'
import type { Process } from './process.ts'
import { type Known, problemsOf } from './process-problems.ts'

const found = (process: Process, known: Known) => problemsOf(process, known)
const words = (process: Process, known: Known) => found(process, known).map(({ vi }) => vi)

describe('a process with sub-processes', () => {
  const part = (...outcomes: object[]) =>
    sampleProcess({}, { name: 'Kiểm tra thực địa', start: 'di', steps: [task('di', ...outcomes)] as never })
  const calling = (process: string) =>
    sampleProcess(
      { nhan: { kind: 'sub-process', process, outcomes: [way('done', 'phan-cong')] } },
      {
        steps: sampleSteps().map(step =>
          step.key === 'nhan'
            ? { kind: 'sub-process', key: 'nhan', name: 'Thực địa', process, outcomes: [way('done', 'phan-cong')] }
            : step,
        ) as never,
      },
    )
  const known = (library: Library, more: object = {}): Known => ({ termMinutes: null, library, ...more })

  test('is checked with their steps: hours, and ways to the end', () => {
    const library = { 'thuc-dia': part(way('xong', 'end')) }
    expect(words(calling('thuc-dia'), known(library, { termMinutes: 20 * 60 }))).toEqual([])
    expect(words(calling('thuc-dia'), known(library, { termMinutes: 19 * 60 }))).toHaveLength(1)
  })

  test.each([
    ['one that is not there', {}, /không có quy trình con “x”/u],
    [
      'one that counts hours otherwise',
      { x: { ...part(way('xong', 'end')), scaled: true } },
      /tính giờ theo cách khác/u,
    ],
    ['one with errors', { x: part(way('xong', 'mat')) }, /còn lỗi/u],
  ])('names %s', (_, library, sentence) => {
    const [problem] = found(calling('x'), known(library as Library))
    expect(problem).toMatchObject({ step: 'nhan', field: 'process' })
    expect(problem?.vi).toMatch(sentence)
  })

  test('names a ring', () => {
    const self = sampleProcess(
      {},
      {
        start: 'g',
        steps: [{ kind: 'sub-process', key: 'g', name: 'Gọi', process: 'x', outcomes: [way('done', 'end')] }],
      },
    )
    expect(words(calling('x'), known({ x: self }))[0]).toMatch(/chứa chính nó/u)
  })

  test('tells of a step in a sub-process at the step that takes it in', () => {
    const wrong = sampleProcess(
      {},
      { start: 'di', steps: [{ ...task('di', way('xong', 'end')), role: 'admin' }] as never },
    )
    expect(found(calling('x'), known({ x: wrong }))).toMatchObject([{ step: 'nhan', field: null }])
  })

  test('that is a part itself need not come to a result, nor keep a term', () => {
    expect(words(part(way('xong', 'end')), { termMinutes: 15, part: true })).toEqual([])
    expect(words(part(way('xong', 'end')), { termMinutes: 15 })).toHaveLength(2)
  })
})
