// @ts-expect-error: the package has types for the elements of BPMN, none for its entry
import { BpmnModdle } from 'bpmn-moddle'

/** An element of a BPMN document as the library holds it: typed by name, its properties by name of the standard. */
export type BpmnElement = {
  readonly $type: string
  id: string
  name?: string
  get(property: string): unknown
  set(property: string, value: unknown): void
}
export type BpmnModel = {
  create(type: string, properties: Record<string, unknown>): BpmnElement
  /** Throws on what is no XML or not rooted in `bpmn:definitions`; `warnings` name what was left out. */
  fromXML(xml: string): Promise<{ rootElement: BpmnElement; warnings: { message: string }[] }>
  toXML(root: BpmnElement, options: { format: boolean }): Promise<{ xml: string }>
}

/** The namespace of what BPMN has no word for. A new shape of these attributes gets a new number. */
export const NAMESPACE = 'https://motcua.vn/schema/process/1'
/** FEEL as OMG names it in DMN 1.3. */
export const FEEL = 'https://www.omg.org/spec/DMN/20191111/FEEL/'

/** Ids of the document's elements: with a prefix, so that a step may be called anything. */
export const stepId = (key: string) => `Step_${key}`
export const flowId = (step: string, exit: string) => `Flow_${step}.${exit}`
export const timerId = (key: string) => `Timer_${key}`
export const START_ID = 'Start'
export const END_ID = 'End'
export const START_FLOW = 'Flow_Start'
/** The way out of a consultation when the time is over: it leaves from the timer. */
export const EXPIRED = 'expired'

const attribute = (name: string, type = 'String') => ({ name, type, isAttr: true })
const attributes = (...names: string[]) => names.map(name => attribute(name))
const many = (name: string, type: string) => ({ name, type, isMany: true })

const extension = {
  name: 'MotCua',
  prefix: 'motcua',
  uri: NAMESPACE,
  xml: { tagAlias: 'lowerCase' },
  types: [
    {
      name: 'ProcessPart',
      extends: ['bpmn:Process'],
      properties: [attribute('scaled', 'Boolean'), attribute('version', 'Integer')],
    },
    {
      name: 'FlowPart',
      extends: ['bpmn:SequenceFlow'],
      properties: [attribute('key'), attribute('back', 'Boolean')],
    },
    {
      name: 'Step',
      superClass: ['Element'],
      properties: [
        ...attributes('kind', 'agencyBy', 'agency', 'role', 'share', 'procedure', 'case', 'process', 'note', 'field'),
        attribute('hours', 'Real'),
        attribute('need', 'Integer'),
        attribute('signature', 'Boolean'),
        attribute('refuses', 'Boolean'),
        attribute('wait', 'Boolean'),
        many('papers', 'Paper'),
        many('asks', 'Ask'),
        many('asked', 'Asked'),
      ],
    },
    { name: 'Paper', superClass: ['Element'], properties: attributes('name') },
    { name: 'Ask', superClass: ['Element'], properties: attributes('field', 'name', 'kind') },
    { name: 'Asked', superClass: ['Element'], properties: attributes('key', 'name', 'agencyBy', 'agency', 'role') },
  ],
}

/** The library, with our extension. Each document gets its own: it remembers what it has read. */
export function bpmnModel(): BpmnModel {
  return new BpmnModdle({ motcua: extension }) as BpmnModel
}

/** A property that holds elements; empty when there are none. */
export function elementsOf(element: BpmnElement, property: string): BpmnElement[] {
  const held = element.get(property)
  return Array.isArray(held) ? (held as BpmnElement[]) : []
}

/** A property that holds, or refers to, one element. */
export function elementOf(element: BpmnElement, property: string): BpmnElement | undefined {
  return (element.get(property) as BpmnElement | null | undefined) ?? undefined
}

/** A property that holds text; undefined when it is not set. */
export function textOf(element: BpmnElement, property: string): string | undefined {
  const held = element.get(property)
  return typeof held === 'string' ? held : undefined
}
