import { type AgencyRef, END, exitsOf, isWork, type Process, rolesFor, type Step } from './process.ts'
import { exitField, type ProcessProblem, problem } from './process-flaws.ts'
import { nextWaiting, onward, reachableFrom, stepsByKey } from './process-ways.ts'

/** Steps one cannot get to, cannot get on from, or returns to without having been there. */
export function wayProblems(process: Process): ProcessProblem[] {
  const reached = reachableFrom(process, process.start)
  return process.steps.flatMap(step => [
    ...(reached.has(step.key) ? [] : [problem(step, null, 'không có lối nào dẫn tới bước này', 'no way leads to it')]),
    ...(reachableFrom(process, step.key, onward).has(END)
      ? []
      : [problem(step, null, 'từ bước này không đi được đến kết thúc', 'the end cannot be reached from it')]),
    ...returnProblems(process, step),
  ])
}

function returnProblems(process: Process, step: Step): ProcessProblem[] {
  const steps = stepsByKey(process)
  return exitsOf(step).flatMap(({ back, to, name }, i) => {
    if (!back || (to !== END && reachableFrom(process, to, onward).has(step.key))) return []
    const there = steps.get(to)?.name ?? 'kết thúc'
    return [
      problem(
        step,
        exitField(step, i),
        `lối trả lại “${name}” dẫn tới “${there}”, không phải một bước đứng trước`,
        `the return “${name}” leads to “${there}”, which does not lie before it`,
      ),
    ]
  })
}

/** What an office would stumble over: work in the wrong hands, hand-overs to nobody, assignments nobody takes up. */
export function workProblems(process: Process): ProcessProblem[] {
  return process.steps.flatMap(step => [
    ...roleProblems(step),
    ...refusalProblems(step),
    ...askingProblems(step),
    ...(step.kind === 'transfer' ? transferProblems(process, step) : []),
    ...(step.kind === 'assign' ? assignProblems(process, step) : []),
  ])
}

function roleProblems(step: Step): ProcessProblem[] {
  if (!isWork(step) || rolesFor[step.kind].includes(step.role)) return []
  return [
    problem(step, 'role', 'vai trò này không làm được loại việc của bước', 'this role does not do this kind of work'),
  ]
}

function refusalProblems(step: Step): ProcessProblem[] {
  if (!isWork(step) || !step.refuses || step.kind === 'sign') return []
  return [
    problem(
      step,
      'refuses',
      'chỉ bước ký số, phát hành mới ra thông báo không giải quyết',
      'only a signing step issues a refusal',
    ),
  ]
}

/** Papers and facts are asked for where a step is completed by name; hand-overs, assignments and decisions do not ask. */
function askingProblems(step: Step): ProcessProblem[] {
  if (!isWork(step) || ['task', 'receipt', 'appraise'].includes(step.kind)) return []
  if (step.papers.length === 0 && step.asks.length === 0 && (!step.signature || step.kind === 'sign')) return []
  return [
    problem(
      step,
      'papers',
      'loại bước này không hỏi giấy tờ, thông tin hay văn bản ký; hãy thêm một bước công việc để hỏi',
      'this kind of step asks for no papers, facts or signature; add a task step that does',
    ),
  ]
}

const targetOf = (step: Step, outcome: string) => exitsOf(step).find(({ key }) => key === outcome)?.to ?? END

function transferProblems(process: Process, step: Step): ProcessProblem[] {
  const next = nextWaiting(process, targetOf(step, 'handed-over'))
  if (next.every(one => one !== END && (isWork(one) || one.kind === 'sub-process'))) return []
  return [
    problem(
      step,
      'outcomes',
      'sau bước chuyển hồ sơ phải là bước tiếp nhận hoặc bước làm việc của một cơ quan',
      'after a hand-over comes a step at which somebody takes over',
    ),
  ]
}

function assignProblems(process: Process, step: Step & { agency: AgencyRef }): ProcessProblem[] {
  const next = nextWaiting(process, targetOf(step, 'assigned'))
  const same = (ref: AgencyRef) => JSON.stringify(ref) === JSON.stringify(step.agency)
  const takes = (one: Step | typeof END) =>
    one !== END && ((isWork(one) && one.role === 'specialist' && same(one.agency)) || one.kind === 'sub-process')
  if (next.every(takes)) return []
  return [
    problem(
      step,
      'outcomes',
      'sau bước phân công phải là bước của chuyên viên cùng cơ quan',
      'after an assignment comes a step of a specialist of the same agency',
    ),
  ]
}

/** A result needs an approval, then a number: on every way. A sub-process that is not written out may hold either. */
export function resultProblems(process: Process): ProcessProblem[] {
  const isOpaque = (step: Step) => step.kind === 'sub-process'
  const unsigned = reachableFrom(process, process.start, step => step.kind !== 'sign' && !isOpaque(step))
  const unapproved = reachableFrom(process, process.start, step => step.kind !== 'approve' && !isOpaque(step))
  return process.steps.flatMap(step => [
    ...(step.kind === 'sign' || isOpaque(step) || !unsigned.has(step.key) ? [] : unsignedEnds(step)),
    ...(step.kind === 'sign' && unapproved.has(step.key)
      ? [
          problem(
            step,
            null,
            'có đường đi tới bước này mà chưa qua bước phê duyệt',
            'a way leads to it without any approval before',
          ),
        ]
      : []),
  ])
}

function unsignedEnds(step: Step): ProcessProblem[] {
  return exitsOf(step).flatMap(({ to, name }, i) =>
    to === END
      ? [
          problem(
            step,
            exitField(step, i),
            `lối ra “${name}” kết thúc khi chưa qua bước ký số, phát hành; kết quả phải có số văn bản`,
            `the way out “${name}” ends the process unsigned; a result needs a number`,
          ),
        ]
      : [],
  )
}
