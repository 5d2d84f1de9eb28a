import { fold, tidy } from '#src/platform/text.ts'
import { END, exitsOf, type Process, type StepKind, usualOutcomes } from '#src/processes/process.ts'
import {
  type BpmnNode,
  type BpmnWarning,
  conditionOf,
  isAskingMany,
  isWorkType,
  keyFor,
  type Way,
} from './bpmn-drawn.ts'
import { elementOf, elementsOf, textOf } from './bpmn-model.ts'

/** `byHand`: the exits (`step exit`) of which the drawing does not say whether they are returns. */
export type Reading = { warnings: BpmnWarning[]; byHand: Set<string> }

/** Hours assumed of a step whose drawing has none: a working day. */
const HOURS = 8

/** A step of a drawing made elsewhere, with what must be assumed. */
export function guessed(node: BpmnNode, reading: Reading): unknown {
  const { element } = node
  if (element.$type === 'bpmn:ExclusiveGateway') return readChoice(node, reading)
  if (element.$type === 'bpmn:CallActivity') return guessCall(node, reading)
  if (isAskingMany(element)) return guessConsult(node, reading)
  return isWorkType(element) ? guessTask(node, reading) : guessAutomatic(node, reading)
}

function guessTask(node: BpmnNode, reading: Reading) {
  const { key, name, lane } = node
  const atDesk = /mot cua|tiep nhan|one.stop|reception/u.test(fold(lane))
  reading.warnings.push({
    vi: `Bước “${name}”: coi là việc của ${atDesk ? 'cán bộ tiếp nhận tại nơi tiếp nhận' : 'chuyên viên tại cơ quan giải quyết'}, ${HOURS} giờ làm việc.`,
    en: `Step “${name}”: taken as work of ${atDesk ? 'an intake officer at the receiving agency' : 'a specialist at the competent agency'}, ${HOURS} working hours.`,
  })
  const agency = { by: atDesk ? 'receiving' : 'competent' }
  const outcomes = readOutcomes(node, 'task', reading)
  return { kind: 'task', key, name, agency, role: atDesk ? 'intake' : 'specialist', hours: HOURS, outcomes }
}

function guessConsult(node: BpmnNode, reading: Reading) {
  const { key, name, element } = node
  const loop = elementOf(element, 'loopCharacteristics')
  const cardinality = loop && elementOf(loop, 'loopCardinality')
  const count = Math.min(20, Math.max(1, Number((cardinality && textOf(cardinality, 'body')) || 1) || 1))
  const hours = timerHours(node) ?? HOURS
  const asked = Array.from({ length: Math.trunc(count) }, (_, i) => {
    return { key: `co-quan-${i + 1}`, name: `Cơ quan ${i + 1}`, agency: { by: 'competent' } }
  })
  reading.warnings.push({
    vi: `Bước “${name}”: coi là lấy ý kiến ${asked.length} nơi trong ${hours} giờ làm việc; hãy ghi rõ từng cơ quan.`,
    en: `Step “${name}”: taken as asking ${asked.length} for an opinion within ${hours} working hours; name each agency.`,
  })
  const outcomes = readOutcomes(node, 'consult', reading)
  const [first] = outcomes
  if (first && !outcomes.some(one => one.key === 'expired')) {
    outcomes.push({ key: 'expired', name: 'Hết giờ, không trả lời', to: first.to, back: false })
  }
  return { kind: 'consult', key, name, asked, hours, outcomes }
}

/** Working hours of the timer on a consultation, in quarters; a day has eight. */
function timerHours({ timer }: BpmnNode): number | undefined {
  const [definition] = timer ? elementsOf(timer, 'eventDefinitions') : []
  const duration = definition && elementOf(definition, 'timeDuration')
  const text = (duration && textOf(duration, 'body')) ?? ''
  const found = /^P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,4})M)?)?$/u.exec(text.trim())
  if (!found) return
  const [days = 0, hours = 0, minutes = 0] = found.slice(1).map(part => Number(part ?? 0))
  return Math.min(2_000, Math.max(0.25, Math.round((days * 8 + hours + minutes / 60) * 4) / 4))
}

function guessAutomatic(node: BpmnNode, reading: Reading) {
  const { key, name, element } = node
  const [documentation] = elementsOf(element, 'documentation')
  const note = tidy((documentation && textOf(documentation, 'text')) ?? '').slice(0, 500)
  reading.warnings.push({
    vi: `Bước “${name}”: hệ thống chỉ ghi một dòng vào lịch sử; việc máy làm trong hình vẽ không được đưa vào.`,
    en: `Step “${name}”: the platform only writes a line into the history; what a machine does there is not taken over.`,
  })
  return { kind: 'automatic', key, name, ...(note && { note }), outcomes: readOutcomes(node, 'automatic', reading) }
}

function guessCall(node: BpmnNode, reading: Reading) {
  const { key, name, element } = node
  const process = keyFor(textOf(element, 'calledElement') || name, new Set())
  reading.warnings.push({
    vi: `Bước “${name}”: coi là quy trình con có mã “${process}”.`,
    en: `Step “${name}”: taken as the sub-process with the key “${process}”.`,
  })
  return { kind: 'sub-process', key, name, process, outcomes: readOutcomes(node, 'sub-process', reading) }
}

type Read = { key: string; name: string; to: string; back: boolean }

/** The ways out of any step but a choice. */
export function readOutcomes(node: BpmnNode, kind: string, reading: Reading): Read[] {
  const taken = new Set<string>()
  const outcomes = node.ways.map(way => readOutcome(node, way, { kind, taken, reading }))
  if (outcomes.length > 0) return outcomes
  reading.warnings.push({
    vi: `Bước “${node.name}” không có đường đi tiếp: coi là kết thúc ở đó.`,
    en: `Step “${node.name}” has no way on: taken as the last one.`,
  })
  return [{ key: firstFree(usualKeys(kind), taken) ?? 'xong', name: 'Xong', to: END, back: false }]
}

type Around = { kind: string; taken: Set<string>; reading: Reading }

function readOutcome(node: BpmnNode, { flow, to, isTimer }: Way, { kind, taken, reading }: Around): Read {
  const own = textOf(flow, 'motcua:key')
  if (own !== undefined && !taken.has(own)) {
    taken.add(own)
    return { key: own, name: flow.name || own, to, back: flow.get('motcua:back') === true }
  }
  const name = tidy(flow.name ?? '').slice(0, 200) || (isTimer ? 'Hết giờ, không trả lời' : 'Xong')
  if (conditionOf(flow)) {
    reading.warnings.push({
      vi: `Bước “${node.name}”: điều kiện của “${name}” được bỏ qua, cán bộ chọn kết quả của bước.`,
      en: `Step “${node.name}”: the condition of “${name}” is left out, the officer chooses the step's outcome.`,
    })
  }
  const usual = usualKeys(kind).filter(key => (key === 'expired') === isTimer)
  const ownKeys = new Set(node.ways.map(way => textOf(way.flow, 'motcua:key') ?? ''))
  const key = firstFree(usual, new Set([...taken, ...ownKeys])) ?? keyFor(name, taken)
  taken.add(key)
  reading.byHand.add(`${node.key} ${key}`)
  return { key, name, to, back: false }
}

function usualKeys(kind: string): readonly string[] {
  return usualOutcomes[kind as Exclude<StepKind, 'choice'>] ?? []
}

const firstFree = (keys: readonly string[], taken: ReadonlySet<string>) => keys.find(key => !taken.has(key))

/** A choice: the default way, or the only one without a condition, is taken otherwise. */
export function readChoice(node: BpmnNode, reading: Reading) {
  const { key, name, ways, element } = node
  const bare = ways.filter(({ flow }) => !conditionOf(flow))
  const fallback =
    ways.find(({ flow }) => flow === elementOf(element, 'default')) ?? (bare.length === 1 ? bare[0] : undefined)
  const branches = ways.filter(way => way !== fallback).map((way, i) => readBranch(node, way, { n: i + 1, reading }))
  if (!fallback) {
    reading.warnings.push({
      vi: `Rẽ nhánh “${name}” không có nhánh mặc định: khi không điều kiện nào đúng thì đi theo nhánh cuối.`,
      en: `Choice “${name}” has no default way: when no condition holds, the last one is taken.`,
    })
  }
  return { kind: 'choice', key, name, branches, otherwise: fallback?.to ?? branches.at(-1)?.to ?? END }
}

function readBranch(node: BpmnNode, { flow, to }: Way, { n, reading }: { n: number; reading: Reading }) {
  const name = (node.own ? flow.name : tidy(flow.name ?? '').slice(0, 200)) || `Nhánh ${n}`
  const written = conditionOf(flow)
  const isForeign = written?.startsWith('${') || written?.startsWith('#{')
  if (!written || isForeign) {
    reading.warnings.push({
      vi: `Rẽ nhánh “${node.name}”: điều kiện của “${name}” ${written ? 'không viết bằng FEEL' : 'không có'}, hãy viết lại.`,
      en: `Choice “${node.name}”: the condition of “${name}” ${written ? 'is not written in FEEL' : 'is missing'}; write it anew.`,
    })
  }
  const when = isForeign ? written?.slice(2).replace(/\}$/u, '') : written?.replace(/^=\s*/u, '')
  return { name, when: when?.trim() || 'false', to }
}

/** Marks as returns the ways of a drawing that lead back into what was passed. Choices have none: a ring of theirs is for the drawer to solve. */
export function markReturns(process: Process, byHand: ReadonlySet<string>): Process {
  const steps = new Map(process.steps.map(step => [step.key, step]))
  const state = new Map<string, 'open' | 'done'>()
  const visit = (key: string) => {
    const step = steps.get(key)
    if (!step) return
    state.set(key, 'open')
    for (const exit of exitsOf(step)) {
      if (state.get(exit.to) === 'open' && byHand.has(`${key} ${exit.key}`)) exit.back = true
      if (!exit.back && !state.has(exit.to)) visit(exit.to)
    }
    state.set(key, 'done')
  }
  visit(process.start)
  return process
}
