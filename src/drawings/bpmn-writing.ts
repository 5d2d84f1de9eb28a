import { Refusal } from '#src/platform/refusal.ts'
import { type AgencyRef, END, type Exit, exitsOf, isWork, type Process, type Step } from '#src/processes/process.ts'
import { writeDiagram } from './bpmn-diagram.ts'
import {
  type BpmnElement,
  type BpmnModel,
  END_ID,
  EXPIRED,
  elementsOf,
  FEEL,
  flowId,
  NAMESPACE,
  START_FLOW,
  START_ID,
  stepId,
  timerId,
} from './bpmn-model.ts'
import { laneKey } from './picture-graph.ts'
import { layoutProcess, type ProcessLayout } from './process-layout.ts'

type Writing = { model: BpmnModel; process: Process; byId: Map<string, BpmnElement> }

/** The whole document: one pool with a lane per agency, and the diagram. Throws Refusal `bpmn-broken-process` for a draft that has no BPMN. */
export function writeDefinitions(
  model: BpmnModel,
  process: Process,
  options: { id: string; version?: number },
): BpmnElement {
  const writing: Writing = { model, process, byId: new Map() }
  refuseBroken(process)
  const flowElements = [...writeNodes(writing), ...writeFlows(writing)]
  const layout = layoutProcess(process)
  const id = `Process_${options.id.replace(/[^\w.-]/gu, '-')}`
  const { scaled, name } = process
  const version = options.version === undefined ? {} : { 'motcua:version': options.version }
  const written = model.create('bpmn:Process', {
    ...{ id, name, isExecutable: false, 'motcua:scaled': scaled, ...version },
    laneSets: [writeLanes(writing, layout)],
    flowElements,
  })
  const participant = model.create('bpmn:Participant', { id: 'Pool', name, processRef: written })
  const collaboration = model.create('bpmn:Collaboration', { id: 'Collaboration', participants: [participant] })
  return model.create('bpmn:Definitions', {
    id: `Definitions_${id}`,
    targetNamespace: NAMESPACE,
    exporter: 'Một Cửa',
    rootElements: [collaboration, written],
    diagrams: [writeDiagram({ model, byId: writing.byId, layout, collaboration, participant })],
  })
}

/** A flow needs two ends, and an id must be one of its kind. */
function refuseBroken({ start, steps }: Process): void {
  const keys = new Set(steps.map(({ key }) => key))
  const leadsOn = (to: string) => to === END || keys.has(to)
  const refuse = (step: string) => new Refusal('invalid', 'bpmn-broken-process', { params: { step } })
  if (!leadsOn(start)) throw refuse(start)
  for (const step of steps) {
    const exits = exitsOf(step)
    const isTwice = steps.filter(({ key }) => key === step.key).length > 1
    const isExitTwice = new Set(exits.map(({ key }) => key)).size < exits.length
    if (isTwice || isExitTwice || !exits.every(({ to }) => leadsOn(to))) throw refuse(step.name)
  }
}

function remember({ model, byId }: Writing, type: string, properties: { id: string } & Record<string, unknown>) {
  const element = model.create(type, properties)
  byId.set(properties.id, element)
  return element
}

function written({ byId }: Writing, id: string): BpmnElement {
  const element = byId.get(id)
  if (!element) throw new Error(`the document has no element ${id}`)
  return element
}

function writeNodes(writing: Writing): BpmnElement[] {
  const { process } = writing
  const start = remember(writing, 'bpmn:StartEvent', { id: START_ID, name: 'Tiếp nhận' })
  const steps = process.steps.flatMap(step => {
    const element = writeStep(writing, step)
    const hasTimer = step.kind === 'consult' && step.outcomes.some(({ key }) => key === EXPIRED)
    return hasTimer ? [element, writeTimer(writing, element, step)] : [element]
  })
  return [start, ...steps, remember(writing, 'bpmn:EndEvent', { id: END_ID, name: 'Kết quả tại một cửa' })]
}

function writeStep(writing: Writing, step: Step): BpmnElement {
  const { model } = writing
  const values = [model.create('motcua:Step', extensionOf(model, step))]
  const common = { id: stepId(step.key), name: step.name }
  const extensionElements = model.create('bpmn:ExtensionElements', { values })
  const base = { ...common, extensionElements }
  if (isWork(step)) return remember(writing, 'bpmn:UserTask', base)
  switch (step.kind) {
    case 'consult':
      return remember(writing, 'bpmn:UserTask', { ...base, loopCharacteristics: writeLoop(model, step) })
    case 'choice':
      return remember(writing, 'bpmn:ExclusiveGateway', base)
    case 'automatic':
      if (!step.set) return remember(writing, 'bpmn:ServiceTask', base)
      return remember(writing, 'bpmn:ScriptTask', { ...base, scriptFormat: 'feel', script: step.set.value })
    case 'child':
      return remember(writing, 'bpmn:CallActivity', base)
    case 'sub-process':
      return remember(writing, 'bpmn:CallActivity', { ...base, calledElement: step.process })
  }
}

/** What BPMN has no place for; the rest of a step is in the element itself. */
function extensionOf(model: BpmnModel, step: Step): Record<string, unknown> {
  const { kind } = step
  const agency = 'agency' in step ? agencyAttributes(step.agency) : {}
  if (isWork(step)) {
    const { role, hours, share, signature, refuses } = step
    const papers = step.papers.map(name => model.create('motcua:Paper', { name }))
    const asks = step.asks.map(ask => model.create('motcua:Ask', ask))
    return { kind, ...agency, role, hours, share, signature, ...(refuses !== undefined && { refuses }), papers, asks }
  }
  switch (step.kind) {
    case 'consult': {
      const asked = step.asked.map(({ key, name, role, agency }) => {
        return model.create('motcua:Asked', { key, name, role, ...agencyAttributes(agency) })
      })
      return { kind, need: step.need, hours: step.hours, asked }
    }
    case 'automatic':
      return { kind, ...(step.note !== undefined && { note: step.note }), ...(step.set && { field: step.set.field }) }
    case 'child': {
      const { procedure, hours, wait } = step
      return { kind, ...agency, procedure, ...(step.case !== undefined && { case: step.case }), hours, wait }
    }
    default:
      return { kind }
  }
}

function agencyAttributes(ref: AgencyRef) {
  if (ref.by === 'code') return { agencyBy: ref.by, agency: ref.code }
  return ref.by === 'rule' ? { agencyBy: ref.by, agency: ref.rule } : { agencyBy: ref.by }
}

function writeLoop(model: BpmnModel, { asked, need }: Extract<Step, { kind: 'consult' }>): BpmnElement {
  const expression = (body: string) => model.create('bpmn:FormalExpression', { body, language: FEEL })
  return model.create('bpmn:MultiInstanceLoopCharacteristics', {
    isSequential: false,
    loopCardinality: expression(String(asked.length)),
    ...(need > 0 && { completionCondition: expression(`numberOfCompletedInstances >= ${need}`) }),
  })
}

function writeTimer(writing: Writing, attachedToRef: BpmnElement, { key, hours }: { key: string; hours: number }) {
  const { model } = writing
  const [whole, minutes] = [Math.floor(hours), Math.round((hours % 1) * 60)]
  const body = `PT${whole > 0 ? `${whole}H` : ''}${minutes > 0 ? `${minutes}M` : ''}`
  const timeDuration = model.create('bpmn:FormalExpression', { body })
  const eventDefinitions = [model.create('bpmn:TimerEventDefinition', { id: `${timerId(key)}_1`, timeDuration })]
  return remember(writing, 'bpmn:BoundaryEvent', { id: timerId(key), attachedToRef, eventDefinitions })
}

function writeFlows(writing: Writing): BpmnElement[] {
  const { process } = writing
  const first = connect(writing, { id: START_FLOW, from: START_ID, to: process.start })
  const others = process.steps.flatMap(step => exitsOf(step).map(exit => writeExit(writing, step, exit)))
  return [first, ...others]
}

function writeExit(writing: Writing, step: Step, exit: Exit): BpmnElement {
  const { model } = writing
  const from = step.kind === 'consult' && exit.key === EXPIRED ? timerId(step.key) : stepId(step.key)
  const when = exit.when ?? outcomeCondition(step, exit)
  const isDefault = step.kind === 'choice' && exit.when === undefined
  const flow = connect(writing, {
    ...{ id: flowId(step.key, exit.key), from, to: exit.to, name: exit.name },
    'motcua:key': exit.key,
    'motcua:back': exit.back,
    ...(when && { conditionExpression: model.create('bpmn:FormalExpression', { body: when, language: FEEL }) }),
  })
  if (isDefault) written(writing, from).set('default', flow)
  return flow
}

/** Of several ways out of one task an engine would take all; the officer's outcome says which. */
function outcomeCondition(step: Step, exit: Exit): string | undefined {
  if (step.kind === 'choice' || step.kind === 'consult' || exitsOf(step).length === 1) return
  return `outcomes["${step.key}"] = "${exit.key}"`
}

type Connection = { id: string; from: string; to: string } & Record<string, unknown>

function connect(writing: Writing, { from, to, ...properties }: Connection): BpmnElement {
  const sourceRef = written(writing, from)
  const targetRef = written(writing, to === END ? END_ID : stepId(to))
  const flow = remember(writing, 'bpmn:SequenceFlow', { ...properties, sourceRef, targetRef })
  elementsOf(sourceRef, 'outgoing').push(flow)
  elementsOf(targetRef, 'incoming').push(flow)
  return flow
}

function writeLanes({ model, byId }: Writing, layout: ProcessLayout): BpmnElement {
  const lanes = layout.lanes.map((lane, i) => {
    const inside = layout.nodes.filter(({ x }) => x >= lane.x && x < lane.x + lane.width)
    const flowNodeRef = inside.flatMap(({ key, kind }) => {
      const ids = kind === 'start' ? [START_ID] : kind === 'end' ? [END_ID] : [stepId(key), timerId(key)]
      return ids.map(id => byId.get(id)).filter(found => found !== undefined)
    })
    return model.create('bpmn:Lane', { id: `Lane_${i + 1}`, name: laneName(lane.agency), flowNodeRef })
  })
  for (const lane of lanes) byId.set(lane.id, lane)
  return model.create('bpmn:LaneSet', { id: 'Lanes', lanes })
}

function laneName(agency: AgencyRef): string {
  if (agency.by === 'receiving') return 'Bộ phận một cửa tiếp nhận'
  return agency.by === 'competent' ? 'Cơ quan giải quyết' : laneKey(agency).replace(/^rule:/u, '')
}
