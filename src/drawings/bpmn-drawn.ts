import { Refusal } from '#src/platform/refusal.ts'
import { fold, tidy } from '#src/platform/text.ts'
import { END } from '#src/processes/process.ts'
import { type BpmnElement, elementOf, elementsOf, textOf } from './bpmn-model.ts'

/** What was assumed or left out, said to whoever brings the file. */
export type BpmnWarning = { vi: string; en: string }

/** A way out of a node: the flow drawn, and the key of the step it leads to, gateways that only join being passed. */
export type Way = { flow: BpmnElement; to: string; isTimer: boolean }
/** A step as drawn. `own`: what our export says of it; without, the drawing was made elsewhere. `lane`: name of the lane it is in. */
export type BpmnNode = {
  element: BpmnElement
  key: string
  name: string
  own: BpmnElement | undefined
  lane: string
  ways: Way[]
  timer: BpmnElement | undefined
}
export type Drawn = { element: BpmnElement; name: string; start: string; nodes: BpmnNode[] }

const MAX_STEPS = 60
/** Steps, flows, gateways and events together: 60 steps with 12 ways out each are fewer. */
const MAX_ELEMENTS = 2_000
const passedOver = new Set(['bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference'])
const workTypes = new Set(['bpmn:Task', 'bpmn:UserTask', 'bpmn:ManualTask'])
const stepTypes = new Set([
  ...workTypes,
  ...['bpmn:ServiceTask', 'bpmn:ScriptTask', 'bpmn:SendTask', 'bpmn:BusinessRuleTask', 'bpmn:CallActivity'],
  'bpmn:ExclusiveGateway',
])

/** `owner` of a flow: the step it leaves, also when it leaves from a timer on its border. */
type Chart = { elements: BpmnElement[]; flows: BpmnElement[]; leaving: Map<BpmnElement, BpmnElement[]> }

/**
 * Steps and ways of the one process a document holds. Throws Refusal `bpmn-one-process`, `bpmn-one-start`, `bpmn-loose-flow`,
 * `process-too-long`, and `bpmn-unsupported` for what a process of ours has no counterpart to.
 */
export function drawnOf(definitions: BpmnElement): Drawn {
  const { element, title } = processOf(definitions)
  const elements = elementsOf(element, 'flowElements')
  if (elements.length > MAX_ELEMENTS) throw new Refusal('invalid', 'process-too-long', { params: { max: MAX_STEPS } })
  const chart = chartOf(elements)
  const decisions = decisionsOf(chart)
  const steps = elements.filter(one => stepTypes.has(one.$type) && !isJoin(chart, one) && !decisions.has(one))
  if (steps.length > MAX_STEPS) throw new Refusal('invalid', 'process-too-long', { params: { max: MAX_STEPS } })
  const keys = keysOf(steps)
  const keyOf = (target: BpmnElement) => keys.get(followJoins(chart, target)) ?? END
  const lanes = lanesOf(element)
  const nodes = steps.map((step): BpmnNode => {
    const own = ownOf(step)
    const flows = flowsOf(chart, step, decisions)
    const ways = flows.map(flow => ({
      flow,
      to: keyOf(targetOf(flow)),
      isTimer: sourceOf(flow).$type === 'bpmn:BoundaryEvent',
    }))
    const timer = elements.find(one => elementOf(one, 'attachedToRef') === step)
    const name = own ? (step.name ?? '') : nameOf(step)
    return { element: step, key: keys.get(step) ?? '', name, own, lane: lanes.get(step) ?? '', ways, timer }
  })
  return { element, name: title, start: startOf(chart, keyOf), nodes }
}

/** What our export says of a step. */
function ownOf(element: BpmnElement): BpmnElement | undefined {
  const extensions = elementOf(element, 'extensionElements')
  return extensions && elementsOf(extensions, 'values').find(({ $type }) => $type === 'motcua:Step')
}

export function isWorkType({ $type }: BpmnElement): boolean {
  return workTypes.has($type)
}

/** Single-spaced, of a length we take; an id when there is no name. */
function nameOf(element: BpmnElement): string {
  return tidy(element.name ?? '').slice(0, 200) || element.id || 'Bước'
}

function processOf(definitions: BpmnElement): { element: BpmnElement; title: string } {
  const roots = elementsOf(definitions, 'rootElements')
  const [element, ...others] = roots.filter(root => {
    return root.$type === 'bpmn:Process' && elementsOf(root, 'flowElements').length > 0
  })
  if (!element || others.length > 0) throw new Refusal('invalid', 'bpmn-one-process')
  const pools = roots.flatMap(root => (root.$type === 'bpmn:Collaboration' ? elementsOf(root, 'participants') : []))
  const pool = pools.find(one => elementOf(one, 'processRef') === element)
  const isOwn = element.get('motcua:scaled') !== undefined
  const title = isOwn ? element.name : tidy(element.name ?? pool?.name ?? definitions.name ?? '').slice(0, 200)
  return { element, title: title || 'Quy trình' }
}

const sourceOf = (flow: BpmnElement) => elementOf(flow, 'sourceRef') ?? flow
const targetOf = (flow: BpmnElement) => elementOf(flow, 'targetRef') ?? flow

function chartOf(elements: BpmnElement[]): Chart {
  const flows = elements.filter(({ $type }) => $type === 'bpmn:SequenceFlow')
  for (const element of elements) refuseUnsupported(element)
  const inside = new Set(elements)
  for (const flow of flows) {
    const isLoose =
      !inside.has(sourceOf(flow)) || !inside.has(targetOf(flow)) || sourceOf(flow) === flow || targetOf(flow) === flow
    if (isLoose) throw new Refusal('invalid', 'bpmn-loose-flow', { params: { flow: flow.name || flow.id || '?' } })
  }
  const leaving = Map.groupBy(flows, flow => elementOf(sourceOf(flow), 'attachedToRef') ?? sourceOf(flow))
  return { elements, flows, leaving }
}

function refuseUnsupported(element: BpmnElement): void {
  const { $type } = element
  const refuse = (what: string) => {
    throw new Refusal('invalid', 'bpmn-unsupported', {
      params: { element: what, name: element.name || element.id || '?' },
    })
  }
  const plain = $type.replace('bpmn:', '').replace(/^./u, first => first.toLowerCase())
  if (['bpmn:SequenceFlow', 'bpmn:StartEvent', 'bpmn:EndEvent'].includes($type) || passedOver.has($type)) return
  if ($type === 'bpmn:BoundaryEvent') {
    const host = elementOf(element, 'attachedToRef')
    const [definition] = elementsOf(element, 'eventDefinitions')
    const isTimer = definition?.$type === 'bpmn:TimerEventDefinition' && element.get('cancelActivity') !== false
    if (!isTimer || !host || !isAskingMany(host)) refuse(plain)
  } else if (!stepTypes.has($type)) refuse(plain)
  else if (isLoop(element) && !isAskingMany(element)) refuse(`${plain} (loopCharacteristics)`)
}

const isLoop = (element: BpmnElement) =>
  !element.$type.endsWith('Gateway') && elementOf(element, 'loopCharacteristics') !== undefined

/** A task done by several at once: what a consultation is in BPMN. */
export function isAskingMany(element: BpmnElement): boolean {
  const loop = isWorkType(element) ? elementOf(element, 'loopCharacteristics') : undefined
  return loop?.$type === 'bpmn:MultiInstanceLoopCharacteristics' && loop.get('isSequential') !== true
}

/** A gateway where ways only come together. */
function isJoin({ leaving }: Chart, element: BpmnElement): boolean {
  return element.$type === 'bpmn:ExclusiveGateway' && !ownOf(element) && leaving.get(element)?.length === 1
}

function followJoins(chart: Chart, from: BpmnElement): BpmnElement {
  const passed = new Set<BpmnElement>()
  let element = from
  while (isJoin(chart, element) && !passed.has(element)) {
    passed.add(element)
    const [flow] = chart.leaving.get(element) ?? []
    if (flow) element = targetOf(flow)
  }
  return element
}

/**
 * Gateways without conditions, after a task that leads nowhere else: the drawer's way to say that the officer decides. Their ways are
 * outcomes of the task.
 */
function decisionsOf(chart: Chart): Set<BpmnElement> {
  const { elements, flows, leaving } = chart
  const incoming = Map.groupBy(
    flows.filter(flow => !isJoin(chart, sourceOf(flow))),
    flow => followJoins(chart, targetOf(flow)),
  )
  const isDecision = (gateway: BpmnElement) => {
    const ways = leaving.get(gateway) ?? []
    const before = (incoming.get(gateway) ?? []).map(sourceOf)
    const isLeft = (task: BpmnElement) => isWorkType(task) && !isAskingMany(task) && leaving.get(task)?.length === 1
    return ways.length > 1 && !ways.some(conditionOf) && before.length > 0 && before.every(isLeft)
  }
  const gateways = elements.filter(one => one.$type === 'bpmn:ExclusiveGateway' && !ownOf(one))
  return new Set(gateways.filter(isDecision))
}

function flowsOf(chart: Chart, step: BpmnElement, decisions: Set<BpmnElement>): BpmnElement[] {
  const flows = chart.leaving.get(step) ?? []
  const [only] = flows
  const next = only && flows.length === 1 ? followJoins(chart, targetOf(only)) : undefined
  return next && decisions.has(next) ? (chart.leaving.get(next) ?? []) : flows
}

/** The condition of a flow as written, without blanks around it. */
export function conditionOf(flow: BpmnElement): string | undefined {
  const condition = elementOf(flow, 'conditionExpression')
  return (condition && textOf(condition, 'body')?.trim()) || undefined
}

/** Keys of our own export stay; others are made from names, each once. */
function keysOf(steps: readonly BpmnElement[]): Map<BpmnElement, string> {
  const keys = new Map<BpmnElement, string>()
  const taken = new Set([END])
  for (const step of steps) {
    const [, key] = (ownOf(step) && /^Step_([a-z0-9-]{1,60})$/u.exec(step.id)) || []
    if (key !== undefined && !taken.has(key)) keys.set(step, key)
    if (key !== undefined) taken.add(key)
  }
  for (const step of steps) if (!keys.has(step)) keys.set(step, keyFor(nameOf(step), taken))
  return keys
}

/** A key made from a name: `Thẩm định` → `tham-dinh`, the second one `tham-dinh-2`. Adds it to those taken. */
export function keyFor(name: string, taken: Set<string>): string {
  const words = fold(name)
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^[-0-9]+|-+$/gu, '')
  const plain = words.slice(0, 50).replace(/-+$/u, '') || 'buoc'
  let key = plain
  for (let n = 2; taken.has(key); n++) key = `${plain}-${n}`
  taken.add(key)
  return key
}

function lanesOf(process: BpmnElement): Map<BpmnElement, string> {
  const names = new Map<BpmnElement, string>()
  const lanes = elementsOf(process, 'laneSets').flatMap(set => elementsOf(set, 'lanes'))
  for (const lane of lanes) {
    for (const node of elementsOf(lane, 'flowNodeRef')) names.set(node, tidy(lane.name ?? ''))
    const inner = elementOf(lane, 'childLaneSet')
    if (inner) lanes.push(...elementsOf(inner, 'lanes'))
  }
  return names
}

function startOf({ elements, leaving }: Chart, keyOf: (target: BpmnElement) => string): string {
  const starts = elements.filter(({ $type }) => $type === 'bpmn:StartEvent')
  const flows = starts.flatMap(start => leaving.get(start) ?? [])
  const [flow] = flows
  if (!flow || flows.length > 1 || starts.length > 1) throw new Refusal('invalid', 'bpmn-one-start')
  return keyOf(targetOf(flow))
}
