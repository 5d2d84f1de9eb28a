import { problemOf, referencesOf } from './feel.ts'
import { type AgencyRef, END, exitsOf, isPassing, type Process, type Step, usualOutcomes } from './process.ts'
import { onwardRing } from './process-ways.ts'

/**
 * Something wrong with a process, in sentences for whoever designs it. `step`: key of the step to mend, null for the process as a
 * whole; `field`: the field of the step (or of the process) by its name in the definition, a list's entry by its number: `outcomes.1`.
 */
export type ProcessProblem = { step: string | null; field: string | null; vi: string; en: string }

export function problem(step: Step | null, field: string | null, vi: string, en: string): ProcessProblem {
  const [viStart, enStart] = step ? [`Bước “${step.name}”: `, `Step “${step.name}”: `] : ['', '']
  const upper = (text: string) => (step ? text : text.charAt(0).toUpperCase() + text.slice(1))
  return { step: step?.key ?? null, field, vi: `${viStart}${upper(vi)}.`, en: `${enStart}${upper(en)}.` }
}

/** Characters of FEEL in a process: ten times what real ones have. Anyone may have one checked and walked, which takes its time. */
const MOST_CONDITIONS = 5_000

/**
 * What keeps a process from being followed at all: keys, targets, missing ways out, rings, expressions. A process without flaws can
 * be walked by the stepper whatever happens; whether it is a good one is for `problemsOf` to say.
 */
export function flawsOf(process: Process): ProcessProblem[] {
  const length = process.steps.flatMap(expressionsOf).reduce((sum, { text }) => sum + text.length, 0)
  if (length > MOST_CONDITIONS)
    return [problem(null, 'steps', 'các điều kiện của quy trình dài quá', 'the conditions of the process are too long')]
  return [
    ...keyFlaws(process),
    ...process.steps.flatMap(step => [
      ...outcomeFlaws(step),
      ...targetFlaws(process, step),
      ...consultFlaws(step),
      ...askedFlaws(step),
      ...expressionFlaws(process, step),
    ]),
    ...ringFlaws(process),
  ]
}

function keyFlaws({ start, steps }: Process): ProcessProblem[] {
  const twice = repeated(steps.map(({ key }) => key))
  const found = steps
    .filter(({ key }, i) => twice.has(key) && steps.findIndex(step => step.key === key) < i)
    .map(step =>
      problem(step, 'key', `trùng mã “${step.key}” với một bước khác`, `another step has the key “${step.key}” too`),
    )
  for (const step of steps.filter(({ key }) => key === END))
    found.push(problem(step, 'key', `mã “${END}” chỉ dành cho điểm kết thúc`, `the key “${END}” belongs to the end`))
  if (!steps.some(({ key }) => key === start))
    found.push(problem(null, 'start', 'chưa chọn bước đầu tiên của quy trình', 'the process has no first step'))
  return found
}

const outcomeNames: Record<string, [vi: string, en: string]> = {
  'handed-over': ['đã chuyển', 'handed over'],
  'taken-over': ['đã nhận', 'taken over'],
  assigned: ['đã phân công', 'assigned'],
  submitted: ['trình duyệt', 'submitted'],
  approved: ['đồng ý', 'approved'],
  returned: ['trả lại', 'returned'],
  ready: ['chuyển kết quả', 'result ready'],
  joined: ['đã có đủ ý kiến', 'enough opinions'],
  expired: ['hết thời gian lấy ý kiến', 'time to answer over'],
  done: ['xong', 'done'],
  granted: ['được chấp thuận', 'granted'],
  refused: ['bị từ chối', 'refused'],
}

function outcomeFlaws(step: Step): ProcessProblem[] {
  if (step.kind === 'choice') return []
  const usual = usualOutcomes[step.kind]
  const keys = step.outcomes.map(({ key }) => key)
  const missing = usual
    .filter(key => !keys.includes(key))
    .map(key => {
      const [vi, en] = outcomeNames[key] ?? [key, key]
      return problem(step, 'outcomes', `thiếu lối ra “${vi}”`, `the way out “${en}” is missing`)
    })
  const twice = [...repeated(keys)].map(key =>
    problem(step, 'outcomes', `có hai lối ra cùng mã “${key}”`, `two ways out have the key “${key}”`),
  )
  const dead = step.outcomes.flatMap(({ key, name }, i) =>
    takesOnlyUsual(step) && !usual.includes(key)
      ? [
          problem(
            step,
            `outcomes.${i}`,
            `không có ai chọn được lối ra “${name}”`,
            `nobody can take the way out “${name}”`,
          ),
        ]
      : [],
  )
  return [...missing, ...twice, ...dead, ...wayOnFlaws(step, usual)]
}

/** Nobody stands at these steps to choose another way. */
const takesOnlyUsual = ({ kind }: Step) => kind === 'consult' || kind === 'automatic' || kind === 'sub-process'

/** The usual way on goes on; and where the platform or the clock takes the way, there is nobody to give a return's reason. */
function wayOnFlaws(step: Exclude<Step, { kind: 'choice' }>, usual: readonly string[]): ProcessProblem[] {
  const back = step.outcomes.flatMap(({ key, name, back: isBack }, i) =>
    isBack && (key === usual[0] || takesOnlyUsual(step))
      ? [
          problem(
            step,
            `outcomes.${i}`,
            `lối ra “${name}” không được là lối trả lại`,
            `the way out “${name}” cannot be a return`,
          ),
        ]
      : [],
  )
  if (step.outcomes.some(outcome => !outcome.back)) return back
  return [
    ...back,
    problem(step, 'outcomes', 'chỉ có lối trả lại, không có lối đi tiếp', 'it only has returns, no way on'),
  ]
}

function targetFlaws({ steps }: Process, step: Step): ProcessProblem[] {
  return exitsOf(step).flatMap(({ to, name }, i) => {
    if (to === END || steps.some(({ key }) => key === to)) return []
    return [
      problem(
        step,
        exitField(step, i),
        `lối ra “${name}” dẫn tới bước không có trong quy trình (“${to}”)`,
        `the way out “${name}” leads to a step that is not there (“${to}”)`,
      ),
    ]
  })
}

/** The field of a step's i-th exit as `exitsOf` counts them. */
export function exitField(step: Step, i: number): string {
  if (step.kind !== 'choice') return `outcomes.${i}`
  return i < step.branches.length ? `branches.${i}` : 'otherwise'
}

function consultFlaws(step: Step): ProcessProblem[] {
  if (step.kind !== 'consult') return []
  const found = [...repeated(step.asked.map(({ key }) => key))].map(key => {
    const name = step.asked.find(one => one.key === key)?.name ?? key
    return problem(step, 'asked', `hỏi ý kiến “${name}” hai lần với cùng mã`, `“${name}” is asked twice under one key`)
  })
  if (step.need > step.asked.length) {
    const [need, asked] = [step.need, step.asked.length]
    found.push(
      problem(
        step,
        'need',
        `cần ${need} ý kiến nhưng chỉ hỏi ${asked} nơi`,
        `needs ${need} opinions but asks only ${asked}`,
      ),
    )
  }
  return found
}

function askedFlaws(step: Step): ProcessProblem[] {
  if (!('asks' in step)) return []
  return [...repeated(step.asks.map(({ field }) => field))].map(field => {
    const name = step.asks.find(one => one.field === field)?.name ?? field
    return problem(
      step,
      'asks',
      `hỏi thông tin “${name}” hai lần với cùng mã`,
      `“${name}” is asked for twice under one key`,
    )
  })
}

/** Every FEEL text of a step, by the field it stands in. */
export function expressionsOf(step: Step): { field: string; text: string }[] {
  const rule = (ref: AgencyRef, field: string) => (ref.by === 'rule' ? [{ field, text: ref.rule }] : [])
  switch (step.kind) {
    case 'choice':
      return step.branches.map(({ when }, i) => ({ field: `branches.${i}`, text: when }))
    case 'automatic':
      return step.set ? [{ field: 'set', text: step.set.value }] : []
    case 'consult':
      return step.asked.flatMap(({ agency }, i) => rule(agency, `asked.${i}`))
    case 'sub-process':
      return []
    default:
      return rule(step.agency, 'agency')
  }
}

function expressionFlaws(process: Process, step: Step): ProcessProblem[] {
  return expressionsOf(step).flatMap(({ field, text }) => {
    const wrong = problemOf(text) ?? strangeKey(process, text)
    return wrong ? [problem(step, field, `điều kiện “${text}”: ${wrong.vi}`, `condition “${text}”: ${wrong.en}`)] : []
  })
}

/** Fields may come from the form handed in; steps and agencies asked are the process's own. */
function strangeKey({ steps }: Process, text: string): { vi: string; en: string } | undefined {
  const left = new Set(steps.filter(({ kind }) => kind !== 'sub-process').map(({ key }) => key))
  const asked = new Set(steps.flatMap(step => (step.kind === 'consult' ? step.asked.map(({ key }) => key) : [])))
  for (const { of, key } of referencesOf(text)) {
    if (of === 'outcomes' && !left.has(key))
      return { vi: `không có bước nào mang mã “${key}”`, en: `no step has the key “${key}”` }
    if (of === 'opinions' && !asked.has(key))
      return {
        vi: `không có nơi nào được hỏi ý kiến mang mã “${key}”`,
        en: `no agency is asked under the key “${key}”`,
      }
  }
  return undefined
}

function ringFlaws(process: Process): ProcessProblem[] {
  const ring = onwardRing(process)
  const [first] = ring
  if (!first) return []
  const names = ring.map(({ name }) => `“${name}”`).join(' → ')
  if (ring.every(isPassing))
    return [
      problem(
        first,
        null,
        `hệ thống sẽ chạy vòng mãi không dừng: ${names}`,
        `the platform would run around for ever: ${names}`,
      ),
    ]
  return [
    problem(
      first,
      null,
      `các bước đi tiếp thành vòng tròn: ${names}; lối quay về bước trước phải là lối trả lại`,
      `the steps go on in a ring: ${names}; a way to an earlier step must be a return`,
    ),
  ]
}

function repeated(keys: readonly string[]): Set<string> {
  return new Set(keys.filter((key, i) => keys.indexOf(key) < i))
}
