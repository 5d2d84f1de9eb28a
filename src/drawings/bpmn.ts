import { Refusal } from '#src/platform/refusal.ts'
import { Process } from '#src/processes/process.ts'
import { type BpmnNode, type BpmnWarning, drawnOf } from './bpmn-drawn.ts'
import { guessed, markReturns, readChoice, readOutcomes } from './bpmn-guesses.ts'
import { type BpmnElement, bpmnModel, elementsOf, textOf } from './bpmn-model.ts'
import { writeDefinitions } from './bpmn-writing.ts'

/** Largest file taken, in bytes of UTF-8; a process of 60 steps has about 100 kB. */
export const MAX_BPMN_BYTES = 1024 * 1024
/** Elements within elements, where BPMN needs about ten; and elements in all, where our largest process has about 15,000. */
const MAX_DEPTH = 64
const MAX_ELEMENTS = 20_000

/**
 * A process as BPMN 2.0 XML with its diagram, to be opened in any modeller; what BPMN has no word for (agency, role, papers …) is in
 * extension elements, which modellers keep. `id` names the process in the document. Reading it back gives the same process exactly.
 * Throws Refusal `bpmn-broken-process` for a draft with ways that lead nowhere or keys used twice.
 */
export async function toBpmn(process: Process, options: { id: string; version?: number }): Promise<string> {
  const model = bpmnModel()
  const { xml } = await model.toXML(writeDefinitions(model, legible(process), options), { format: true })
  return xml
}

/**
 * A process from BPMN 2.0 XML, our own export or drawn in another modeller; the diagram's places are not read. `warnings` name everything
 * that was assumed or left out. Throws Refusal (invalid) `bpmn-too-large`, `bpmn-unreadable`, `bpmn-unsupported`, `bpmn-one-process`,
 * `bpmn-one-start`, `bpmn-loose-flow`, `bpmn-senseless`, `process-too-long`.
 */
export async function fromBpmn(xml: string): Promise<{ process: Process; warnings: BpmnWarning[] }> {
  if (Buffer.byteLength(xml) > MAX_BPMN_BYTES) throw new Refusal('invalid', 'bpmn-too-large')
  // A declared document type could bring in other files or blow up; no modeller writes one.
  if (/<!(DOCTYPE|ENTITY)/iu.test(xml) || isOverloaded(xml)) throw new Refusal('invalid', 'bpmn-unreadable')
  const read = await bpmnModel()
    .fromXML(xml)
    .catch(() => {
      throw new Refusal('invalid', 'bpmn-unreadable')
    })
  return readProcess(read.rootElement)
}

/** Reading a megabyte of empty elements would take ten seconds. Quoted values may hold brackets. */
function isOverloaded(xml: string): boolean {
  let depth = 0
  let count = 0
  const tags = /<(\/?)[a-zA-Z_](?:[^<>"']|"[^"]*"|'[^']*')*?(\/?)>/gu
  for (const [, closes, empty] of xml.matchAll(tags)) {
    count++
    if (closes) depth--
    else if (!empty) depth++
    if (depth > MAX_DEPTH || count > 2 * MAX_ELEMENTS) return true
  }
  return false
}

/** Without the characters XML cannot hold. */
function legible(process: Process): Process {
  const text = JSON.stringify(process, (_, value: unknown) => {
    return typeof value === 'string' ? value.toWellFormed().replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '') : value
  })
  return JSON.parse(text) as Process
}

/** What our own export says comes back as it was; of a drawing made elsewhere the steps and ways are taken, the rest is assumed. */
function readProcess(definitions: BpmnElement): { process: Process; warnings: BpmnWarning[] } {
  const warnings: BpmnWarning[] = []
  const { element, name, start, nodes } = drawnOf(definitions)
  const byHand = new Set<string>()
  const reading = { warnings, byHand }
  const steps = nodes.map(node => (node.own ? readOwn(node, node.own, reading) : guessed(node, reading)))
  const { data, error } = Process.safeParse({ name, start, scaled: element.get('motcua:scaled') === true, steps })
  if (!data) {
    const [issue] = error.issues
    const [, n, ...field] = issue?.path ?? []
    const where = [nodes[Number(n)]?.name ?? name, ...field].join(', ')
    throw new Refusal('invalid', 'bpmn-senseless', { params: { where } })
  }
  return { process: markReturns(data, byHand), warnings }
}

/** A step as our export wrote it; its shape is checked with the whole process. */
function readOwn(node: BpmnNode, own: BpmnElement, reading: Parameters<typeof readOutcomes>[2]): unknown {
  const { element, key, name } = node
  const kind = textOf(own, 'kind') ?? ''
  if (kind === 'choice') return readChoice(node, reading)
  const common = { kind, key, name, outcomes: readOutcomes(node, kind, reading) }
  switch (kind) {
    case 'consult':
      return { ...common, asked: readAsked(own), need: own.get('need'), hours: own.get('hours') }
    case 'automatic': {
      const [note, field, value] = [textOf(own, 'note'), textOf(own, 'field'), textOf(element, 'script')]
      return { ...common, ...(note !== undefined && { note }), ...(field !== undefined && { set: { field, value } }) }
    }
    case 'child': {
      const inCase = textOf(own, 'case')
      const [procedure, hours, wait] = [textOf(own, 'procedure'), own.get('hours'), own.get('wait')]
      return { ...common, procedure, ...(inCase !== undefined && { case: inCase }), agency: agencyIn(own), hours, wait }
    }
    case 'sub-process':
      return { ...common, process: textOf(element, 'calledElement') }
    default:
      return { ...common, ...readWork(own) }
  }
}

function readWork(own: BpmnElement) {
  const asks = elementsOf(own, 'asks').map(ask => {
    return { field: textOf(ask, 'field'), name: textOf(ask, 'name'), kind: textOf(ask, 'kind') }
  })
  return {
    agency: agencyIn(own),
    role: textOf(own, 'role'),
    hours: own.get('hours'),
    share: textOf(own, 'share'),
    papers: elementsOf(own, 'papers').map(paper => textOf(paper, 'name')),
    signature: own.get('signature'),
    refuses: own.get('refuses'),
    asks,
  }
}

function readAsked(own: BpmnElement) {
  return elementsOf(own, 'asked').map(one => {
    return { key: textOf(one, 'key'), name: textOf(one, 'name'), agency: agencyIn(one), role: textOf(one, 'role') }
  })
}

function agencyIn(element: BpmnElement) {
  const [by, agency] = [textOf(element, 'agencyBy'), textOf(element, 'agency')]
  if (by === 'code') return { by, code: agency }
  return by === 'rule' ? { by, rule: agency } : { by }
}
