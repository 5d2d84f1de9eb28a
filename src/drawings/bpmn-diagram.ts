import {
  type BpmnElement,
  type BpmnModel,
  END_ID,
  EXPIRED,
  flowId,
  START_FLOW,
  START_ID,
  stepId,
  timerId,
} from './bpmn-model.ts'
import type { LaidEdge, LaidNode, ProcessLayout } from './process-layout.ts'
import { type Box, boxText, edgeText, type Point, textWidth } from './process-measures.ts'

type Drawing = {
  model: BpmnModel
  /** Elements of the document by id. */
  byId: Map<string, BpmnElement>
  layout: ProcessLayout
  collaboration: BpmnElement
  participant: BpmnElement
}

/** Radius of a timer on the border of its consultation, and height of the pool's own name above those of the lanes. */
const TIMER = 14
const POOL_HEAD = 30

/** Where everything stands (BPMN DI), from the same layout as our own picture: upright lanes, which need bpmn-js 15 or later to look right. */
export function writeDiagram(drawing: Drawing): BpmnElement {
  const { model, layout, collaboration, participant } = drawing
  const [width, height] = [layout.width, layout.height]
  const pool = shape(drawing, participant, { x: 0, y: 0, width, height }, { isHorizontal: false })
  const lanes = layout.lanes.map((lane, i) => {
    const box = { x: lane.x, y: POOL_HEAD, width: lane.width, height: height - POOL_HEAD }
    return shape(drawing, elementBy(drawing, `Lane_${i + 1}`), box, { isHorizontal: false })
  })
  const nodes = layout.nodes.map(node => drawNode(drawing, node))
  const edges = layout.edges.map(edge => drawEdge(drawing, edge))
  const timers = layout.edges.map(edge => drawTimer(drawing, edge)).filter(timer => timer !== null)
  const planeElement = [pool, ...lanes, ...nodes, ...timers, ...edges]
  const plane = model.create('bpmndi:BPMNPlane', { id: 'Plane', bpmnElement: collaboration, planeElement })
  return model.create('bpmndi:BPMNDiagram', { id: 'Diagram', plane })
}

function elementBy({ byId }: Drawing, id: string): BpmnElement {
  const element = byId.get(id)
  if (!element) throw new Error(`the document has no element ${id}`)
  return element
}

function shape(drawing: Drawing, element: BpmnElement, box: Box, more: Record<string, unknown> = {}): BpmnElement {
  const { model } = drawing
  const bounds = model.create('dc:Bounds', rounded(box))
  return model.create('bpmndi:BPMNShape', { id: `${element.id}_di`, bpmnElement: element, bounds, ...more })
}

function rounded({ x, y, width, height }: Box): Box {
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) }
}

function drawNode(drawing: Drawing, node: LaidNode): BpmnElement {
  const box = rounded(node)
  if (node.kind === 'start' || node.kind === 'end') {
    const id = node.kind === 'start' ? START_ID : END_ID
    const label = labelAt(drawing, { x: box.x + box.width + 6, y: box.y + 8, width: 90, height: 28 })
    return shape(drawing, elementBy(drawing, id), box, { label })
  }
  const element = elementBy(drawing, stepId(node.key))
  if (node.kind !== 'choice') return shape(drawing, element, box)
  // A large diamond without its mark has room for its own name.
  const height = node.lines.length * boxText.line
  const label = labelAt(drawing, { x: box.x + 46, y: box.y + (box.height - height) / 2, width: box.width - 92, height })
  return shape(drawing, element, box, { isMarkerVisible: false, label })
}

function labelAt({ model }: Drawing, box: Box): BpmnElement {
  return model.create('bpmndi:BPMNLabel', { bounds: model.create('dc:Bounds', rounded(box)) })
}

function drawEdge(drawing: Drawing, edge: LaidEdge): BpmnElement {
  const { model } = drawing
  const flow = elementBy(drawing, edge.exit === '' ? START_FLOW : flowId(edge.from, edge.exit))
  const [first = [0, 0], ...others] = edge.points
  const start = timerOf(drawing, edge) ? outsideTimer(first, edge) : first
  const waypoint = [start, ...others].map(([x, y]) => model.create('dc:Point', { x: Math.round(x), y: Math.round(y) }))
  const label = edge.label && labelAt(drawing, labelBox(edge.label))
  const id = `${flow.id}_di`
  return model.create('bpmndi:BPMNEdge', { id, bpmnElement: flow, waypoint, ...(label && { label }) })
}

function labelBox({ x, y, anchor, lines }: NonNullable<LaidEdge['label']>): Box {
  const width = Math.max(...lines.map(line => textWidth(line, edgeText.size)))
  const height = lines.length * edgeText.line
  return { x: anchor === 'start' ? x : x - width, y: y - edgeText.size, width, height }
}

function timerOf({ byId }: Drawing, { from, exit }: LaidEdge): BpmnElement | undefined {
  return exit === EXPIRED ? byId.get(timerId(from)) : undefined
}

/** Returns leave at the right side, all else at the bottom. */
function outsideTimer([x, y]: Point, { points }: LaidEdge): Point {
  const isSideways = points[1]?.[1] === y
  return isSideways ? [x + TIMER, y] : [x, y + TIMER]
}

function drawTimer(drawing: Drawing, edge: LaidEdge): BpmnElement | null {
  const timer = timerOf(drawing, edge)
  const [x, y] = edge.points[0] ?? [0, 0]
  return timer ? shape(drawing, timer, { x: x - TIMER, y: y - TIMER, width: 2 * TIMER, height: 2 * TIMER }) : null
}
