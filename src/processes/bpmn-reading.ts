import { Refusal } from '#src/platform/refusal.ts'
import { type BpmnNode, type BpmnWarning, drawnOf } from './bpmn-drawn.ts'
import { guessed, markReturns, readChoice, readOutcomes } from './bpmn-guesses.ts'
import { type BpmnElement, elementsOf, textOf } from './bpmn-model.ts'
import { Process } from './process.ts'

/**
 * A process from a document. What our own export says comes back as it was; of a drawing made elsewhere the steps and ways are taken, and
 * what it does not say is assumed, each assumption with a warning. Throws the refusals of drawnOf, and `bpmn-senseless` for values that
 * no process has.
 */
export function readProcess(definitions: BpmnElement): { process: Process; warnings: BpmnWarning[] } {
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
