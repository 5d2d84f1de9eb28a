import type { AgencyRef, Process, Step, StepKind } from '#src/processes/process.ts'
import { type GraphNode, graphOf, laneKey } from './picture-graph.ts'
import {
  BOX,
  type Box,
  boxText,
  COLUMN,
  type Columns,
  type EdgeLabel,
  type Placed,
  type Point,
  wrapText,
} from './process-measures.ts'
import { routeEdges } from './process-routes.ts'

/** One column per agency: `ref` is its key (see laneKey), `agency` the reference itself. */
export type Lane = { ref: string; agency: AgencyRef; x: number; width: number }
/** `lines`: the name as it fits into the node. Start and end are nodes too, of those kinds, with the keys `start` and `end`. */
export type LaidNode = Box & { key: string; kind: StepKind | 'start' | 'end'; lines: string[] }
/** `exit` is empty for the edge out of the start; `back`: a return, drawn dashed. `points`: the corners, last the arrow's tip. */
export type LaidEdge = {
  from: string
  exit: string
  to: string
  back: boolean
  points: Point[]
  label: EdgeLabel | null
}
export type ProcessLayout = { width: number; height: number; lanes: Lane[]; nodes: LaidNode[]; edges: LaidEdge[] }

/**
 * Where everything in the picture of a process stands, in pixels: a column per agency in order of appearance, a row per rank. Nodes never
 * overlap, and edges run between rows and columns only, so none goes through a node. Same process, same picture. Drafts are taken as they
 * are: an exit that leads to a step that is not there has no edge.
 */
export function layoutProcess(process: Process): ProcessLayout {
  const graph = graphOf(process)
  const { nodes, links } = graph
  const refs = [...new Map(nodes.map(({ lane }) => [laneKey(lane), lane])).values()]
  const columns = placeInColumns(graph, refs)
  const placed = nodes.map(node => sized(node, columns.of.get(node.id) ?? 0))
  const { routes, width, height, laneStarts } = routeEdges(placed, links, columns)
  const lanes = refs.map((agency, i) => {
    const [x = 0, next = width] = [laneStarts[i], laneStarts[i + 1]]
    return { ref: laneKey(agency), agency, x, width: next - x }
  })
  return {
    width,
    height,
    lanes,
    nodes: placed.map(({ node, lines, ...box }) => ({ key: keyOf(node), kind: node.kind, lines, ...boxOf(box) })),
    edges: routes.map(({ link, from, to, points, label }) => {
      return { from: keyOf(from.node), exit: link.exit, to: keyOf(to.node), back: link.back, points, label }
    }),
  }
}

const boxOf = ({ x, y, width, height }: Box): Box => ({ x, y, width, height })

function keyOf({ id }: GraphNode): string {
  return id.replace('@', '')
}

/** Steps of one rank and lane stand side by side, each below the one it comes from where that place is free. */
function placeInColumns({ nodes, links }: ReturnType<typeof graphOf>, refs: readonly AgencyRef[]): Columns {
  const within = new Map<string, number>()
  const before = Map.groupBy(
    links.filter(({ returns }) => !returns),
    ({ to }) => to,
  )
  const of = new Map<string, number>()
  const laneOf: number[] = []
  for (const [lane, ref] of refs.entries()) {
    const own = nodes.filter(node => laneKey(node.lane) === laneKey(ref))
    const ownIds = new Set(own.map(({ id }) => id))
    for (const row of Map.groupBy(own, ({ rank }) => rank).values()) {
      const wished = (id: string) => {
        const above = (before.get(id) ?? []).filter(({ from }) => ownIds.has(from))
        return Math.min(...above.map(({ from }) => within.get(from) ?? 0))
      }
      placeRow(row, wished, within)
    }
    const [first, widest] = [laneOf.length, Math.max(...own.map(({ id }) => within.get(id) ?? 0))]
    for (const { id } of own) of.set(id, first + (within.get(id) ?? 0))
    laneOf.push(...Array.from({ length: widest + 1 }, () => lane))
  }
  return { of, laneOf }
}

/** Those whose wish is free have it, in their order; the others stand where there is room. A wish of infinity is none. */
function placeRow(row: readonly GraphNode[], wished: (id: string) => number, within: Map<string, number>): void {
  const taken = new Set<number>()
  const put = (id: string, place: number) => {
    within.set(id, place)
    taken.add(place)
  }
  for (const { id } of row) if (Number.isFinite(wished(id)) && !taken.has(wished(id))) put(id, wished(id))
  for (const { id } of row) {
    let place = 0
    while (taken.has(place)) place++
    if (!within.has(id)) put(id, place)
  }
}

function sized(node: GraphNode, column: number): Placed {
  const name = node.step?.name ?? ''
  const base = { node, column, x: 0, y: 0 }
  if (node.kind === 'start' || node.kind === 'end') return { ...base, width: 32, height: 32, lines: [] }
  if (node.kind === 'choice') {
    const lines = wrapText(name, { width: COLUMN * 0.54, size: boxText.size - 1, most: 3 })
    return { ...base, width: COLUMN, height: 112, lines }
  }
  const lines = wrapText(name, { width: BOX - 2 * boxText.padding, size: boxText.size, most: 3 })
  return { ...base, width: BOX, height: boxText.head + lines.length * boxText.line + footOf(node.step), lines }
}

/** What stands below the name: who does it, or those who are asked. */
function footOf(step: Step | null): number {
  if (step?.kind !== 'consult') return boxText.foot + 4
  const shown = Math.min(step.asked.length, boxText.mostAsked)
  return 10 + shown * boxText.asked + (step.asked.length > shown ? boxText.foot : 0) + boxText.stack
}
