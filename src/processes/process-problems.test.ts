import { describe, expect, test } from 'vitest'
import { back, competent, receiving, sampleProcess, sampleSteps, task, way } from '#test/support/sample-process.ts'
import type { Process } from './process.ts'
import { type Known, problemsOf } from './process-problems.ts'

const anyTerm: Known = { termMinutes: null }
const found = (process: Process, known = anyTerm) => problemsOf(process, known)
const words = (process: Process, known = anyTerm) => found(process, known).map(({ vi }) => vi)
const plus = (...steps: object[]) => sampleProcess({}, { steps: [...sampleSteps(), ...steps] as never })

test('a process like those of real offices has no problems', () => {
  const known = {
    termMinutes: 20 * 60,
    agencies: new Set(['H20.32', 'H20.11']),
    procedures: new Set<string>(),
    library: {},
  }
  expect(found(sampleProcess(), known)).toEqual([])
})

test('work after the result has its number is nobody’s problem', () => {
  const steps = [
    ...sampleProcess({ 'phat-hanh': { outcomes: [way('ready', 'luu')] } }).steps,
    task('luu', way('xong', 'end')),
  ]
  expect(found(sampleProcess({}, { steps: steps as never }))).toEqual([])
})

describe('a problem is named, at its step, in a sentence with the step’s name:', () => {
  const cases: [string, Process, string | null, string | null, RegExp][] = [
    ['two steps with one key', plus(task('nhan', way('xong', 'end'))), 'nhan', 'key', /trùng mã/u],
    ['a step called like the end', plus(task('end', way('xong', 'phe-duyet'))), 'end', 'key', /điểm kết thúc/u],
    [
      'a refusal issued where nothing is signed',
      sampleProcess({ nhan: { refuses: true } }),
      'nhan',
      'refuses',
      /bước ký số/u,
    ],
    ['no first step', sampleProcess({}, { start: 'dau' }), null, 'start', /bước đầu tiên/u],
    [
      'an exit to nowhere',
      sampleProcess({ nhan: { outcomes: [way('taken-over', 'mat')] } }),
      'nhan',
      'outcomes.0',
      /“Lối taken-over” dẫn tới bước không có/u,
    ],
    [
      'a branch to nowhere',
      sampleProcess({ 'xet-quy-mo': { otherwise: 'mat' } }),
      'xet-quy-mo',
      'otherwise',
      /không có trong quy trình/u,
    ],
    [
      'a leader who cannot return',
      sampleProcess({ 'phe-duyet': { outcomes: [way('approved', 'phat-hanh')] } }),
      'phe-duyet',
      'outcomes',
      /thiếu lối ra “trả lại”/u,
    ],
    [
      'an opinion round nobody can end by hand',
      sampleProcess({
        'hoi-y-kien': {
          outcomes: [way('joined', 'phe-duyet'), way('expired', 'phe-duyet'), way('bo-qua', 'phe-duyet')],
        },
      }),
      'hoi-y-kien',
      'outcomes.2',
      /không có ai chọn được/u,
    ],
    [
      'two ways out under one key',
      plus(task('viec', way('xong', 'phe-duyet'), way('xong', 'end'))),
      'viec',
      'outcomes',
      /hai lối ra cùng mã/u,
    ],
    [
      'only returns',
      sampleProcess({ nhan: { outcomes: [back('taken-over', 'chuyen')] } }),
      'nhan',
      'outcomes',
      /không có lối đi tiếp/u,
    ],
    [
      'a ring of work',
      sampleProcess({ 'phe-duyet': { outcomes: [way('approved', 'phat-hanh'), way('returned', 'tham-dinh')] } }),
      'tham-dinh',
      null,
      /vòng tròn: “Thẩm định”.*“Phê duyệt”/u,
    ],
    [
      'a ring the platform would run in for ever',
      sampleProcess(
        { 'xet-quy-mo': { otherwise: 'tu-dong' } },
        {
          steps: [
            ...sampleSteps().map(s => (s.key === 'xet-quy-mo' ? { ...s, otherwise: 'tu-dong' } : s)),
            { kind: 'automatic', key: 'tu-dong', name: 'Tự động', outcomes: [way('done', 'xet-quy-mo')] },
          ] as never,
        },
      ),
      'xet-quy-mo',
      null,
      /chạy vòng mãi không dừng/u,
    ],
    [
      'more opinions needed than asked',
      sampleProcess({ 'hoi-y-kien': { need: 3 } }),
      'hoi-y-kien',
      'need',
      /cần 3 ý kiến nhưng chỉ hỏi 2 nơi/u,
    ],
    [
      'one agency asked twice under one key',
      sampleProcess({ 'hoi-y-kien': { asked: [1, 2].map(() => ({ key: 'a', name: 'Thuế', agency: receiving })) } }),
      'hoi-y-kien',
      'asked',
      /hỏi ý kiến “Thuế” hai lần/u,
    ],
    [
      'one fact asked for twice',
      sampleProcess({ 'tham-dinh': { asks: [1, 2].map(() => ({ field: 'soTang', name: 'Tầng', kind: 'number' })) } }),
      'tham-dinh',
      'asks',
      /“Tầng” hai lần/u,
    ],
    [
      'a condition that is no FEEL',
      sampleProcess({ 'xet-quy-mo': { branches: [{ name: 'A', when: 'form.soTang >=', to: 'hoi-y-kien' }] } }),
      'xet-quy-mo',
      'branches.0',
      /không đúng cú pháp/u,
    ],
    [
      'an opinion nobody is asked for',
      sampleProcess({ 'xet-quy-mo': { branches: [{ name: 'A', when: 'opinions.thue = "agree"', to: 'hoi-y-kien' }] } }),
      'xet-quy-mo',
      'branches.0',
      /không có nơi nào được hỏi ý kiến mang mã “thue”/u,
    ],
    [
      'the outcome of a step that is not there',
      sampleProcess({ nhan: { agency: { by: 'rule', rule: 'outcomes["tham-tra"]' } } }),
      'nhan',
      'agency',
      /không có bước nào mang mã “tham-tra”/u,
    ],
    [
      'a step without a way to it',
      plus(task('lac', way('xong', 'phe-duyet'))),
      'lac',
      null,
      /không có lối nào dẫn tới/u,
    ],
    [
      'a return to where nobody was',
      sampleProcess({ nhan: { outcomes: [way('taken-over', 'phan-cong'), back('tra', 'phe-duyet')] } }),
      'nhan',
      'outcomes.1',
      /“Lối tra” dẫn tới “Phê duyệt”, không phải một bước đứng trước/u,
    ],
    [
      'a return to a step from which only a return comes back',
      sampleProcess({
        'tham-dinh': { outcomes: [way('submitted', 'xet-quy-mo'), back('tra', 'phat-hanh')] },
        'phat-hanh': { outcomes: [way('ready', 'end'), back('sua', 'tham-dinh')] },
      }),
      'tham-dinh',
      'outcomes.1',
      /“Lối tra” dẫn tới “Phát hành”, không phải một bước đứng trước/u,
    ],
    ['work in the wrong hands', sampleProcess({ 'phe-duyet': { role: 'cashier' } }), 'phe-duyet', 'role', /vai trò/u],
    [
      'a hand-over to nobody',
      sampleProcess({ chuyen: { outcomes: [way('handed-over', 'hoi-y-kien')] } }),
      'chuyen',
      'outcomes',
      /sau bước chuyển hồ sơ/u,
    ],
    [
      'an assignment in another agency',
      sampleProcess({ 'phan-cong': { agency: receiving } }),
      'phan-cong',
      'outcomes',
      /chuyên viên cùng cơ quan/u,
    ],
    [
      'an end without a number',
      sampleProcess({ 'tham-dinh': { outcomes: [way('submitted', 'xet-quy-mo'), way('khong-du', 'end')] } }),
      'tham-dinh',
      'outcomes.1',
      /chưa qua bước ký số/u,
    ],
    [
      'a number without an approval',
      sampleProcess({ 'tham-dinh': { outcomes: [way('submitted', 'xet-quy-mo'), way('khong-du', 'phat-hanh')] } }),
      'phat-hanh',
      null,
      /chưa qua bước phê duyệt/u,
    ],
  ]

  test.each(cases)('%s', (_, process, step, field, sentence) => {
    const problem = found(process).find(one => sentence.test(one.vi))
    expect(problem, JSON.stringify(found(process))).toMatchObject({ step, field })
    for (const { vi, en } of found(process)) {
      expect(vi).toBe(vi.normalize('NFC'))
      expect(vi).toMatch(/[à-ỹđ].*\.$/iu)
      expect(en).toMatch(/^[A-Z“].*\.$/u)
    }
    const name = process.steps.findLast(({ key }) => key === step)?.name
    if (name) expect(problem?.vi).toContain(`“${name}”`)
  })

  test('hours beyond the published term, returns not counted; shares of a term fit every term', () => {
    expect(words(sampleProcess(), { termMinutes: 20 * 60 })).toEqual([])
    const [tooLong] = words(sampleProcess(), { termMinutes: 19.5 * 60 })
    expect(tooLong).toMatch(/cộng lại 20 giờ làm việc, vượt thời hạn công bố 19,5 giờ/u)
    expect(words(sampleProcess({}, { scaled: true }), { termMinutes: 480 })).toEqual([])
  })

  test('agencies and procedures that are not there, when these are known', () => {
    const child = { kind: 'child', key: 'con', name: 'Hồ sơ con', procedure: '1.000001', agency: competent, hours: 1 }
    const process = plus({ ...child, outcomes: [way('granted', 'phe-duyet'), way('refused', 'phe-duyet')] })
    const known = { ...anyTerm, agencies: new Set(['H20.32']), procedures: new Set<string>() }
    expect(found(process, known).map(({ step, field }) => [step, field])).toEqual([
      ['hoi-y-kien', 'asked.1'],
      ['con', 'procedure'],
    ])
  })

  test('an automatic step, or the way on, that is marked as a return', () => {
    const approve = { outcomes: [{ ...way('approved', 'tham-dinh'), back: true }, way('returned', 'phat-hanh')] }
    expect(words(sampleProcess({ 'phe-duyet': approve })).join()).toMatch(/“Lối approved” không được là lối trả lại/u)
  })
})

test('conditions of endless length are not even read', () => {
  const branches = Array.from({ length: 6 }, () => ({
    name: 'A',
    when: `form.a = 1${' '.repeat(950)} or true`,
    to: 'end',
  }))
  expect(words(sampleProcess({ 'xet-quy-mo': { branches } }))).toEqual(['Các điều kiện của quy trình dài quá.'])
})
