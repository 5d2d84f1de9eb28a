import { type AgencyRef, END, exitsOf, type Process, type Step, type StepKind } from '#src/processes/process.ts'

/** The ends of a process beside its steps. Steps' keys have no `@`, so the ends are never mistaken for one. */
const [FIRST, LAST] = ['@start', '@end']

/** `rank`: the row; 0 for the start, and every onward link leads to a higher one. `lane`: whose column it stands in. */
export type GraphNode = {
  id: string
  kind: StepKind | 'start' | 'end'
  step: Step | null
  rank: number
  lane: AgencyRef
}
/**
 * `back` is what the process itself calls a return; `returns` also holds for what closes a ring, which a draft may still have. `only`: the
 * one way on from its step, which needs no words.
 */
export type GraphLink = {
  from: string
  exit: string
  name: string
  to: string
  back: boolean
  returns: boolean
  only: boolean
}

/** One name per lane: `receiving`, `competent`, an agency's code, or `rule:` and the expression. */
export function laneKey(ref: AgencyRef): string {
  if (ref.by === 'code') return ref.code
  return ref.by === 'rule' ? `rule:${ref.rule}` : ref.by
}

/**
 * A process as ranked nodes and links, start and end included. Takes drafts as they are: ways that lead nowhere are left out, rings are
 * cut where they close, and steps nobody comes to stand in the first rank.
 */
export function graphOf(process: Process): { nodes: GraphNode[]; links: GraphLink[] } {
  const steps = new Map([...process.steps].reverse().map(step => [step.key, step]))
  const keys = [...new Set(process.steps.map(({ key }) => key))]
  const links = linksOf(process.start, steps)
  const ids = [FIRST, ...keys, LAST]
  const ranks = rank(ids, links)
  const receiving: AgencyRef = { by: 'receiving' }
  const nodes = ids.map((id): GraphNode => {
    const step = steps.get(id) ?? null
    return { id, kind: step?.kind ?? (id === FIRST ? 'start' : 'end'), step, rank: ranks.get(id) ?? 0, lane: receiving }
  })
  nodes.sort((a, b) => a.rank - b.rank)
  giveLanes(nodes, links)
  return { nodes, links }
}

function linksOf(start: string, steps: Map<string, Step>): GraphLink[] {
  const known = (to: string) => to === END || steps.has(to)
  const idOf = (to: string) => (to === END ? LAST : to)
  const links: GraphLink[] = []
  if (known(start)) {
    links.push({ from: FIRST, exit: '', name: '', to: idOf(start), back: false, returns: false, only: true })
  }
  for (const step of steps.values()) {
    const exits = exitsOf(step).filter(({ to }) => known(to))
    for (const { key, name, to, back } of exits) {
      links.push({ from: step.key, exit: key, name, to: idOf(to), back, returns: back, only: exits.length === 1 })
    }
  }
  return links
}

/** Longest ways from the start. Marks the links that close a ring as returns. */
function rank(ids: readonly string[], links: readonly GraphLink[]): Map<string, number> {
  const outgoing = Map.groupBy(links, ({ from }) => from)
  const state = new Map<string, 'open' | 'done'>()
  const finished: string[] = []
  const visit = (id: string) => {
    state.set(id, 'open')
    for (const link of outgoing.get(id) ?? []) {
      if (!link.returns && state.get(link.to) === 'open') link.returns = true
      if (!link.returns && !state.has(link.to)) visit(link.to)
    }
    state.set(id, 'done')
    finished.push(id)
  }
  for (const id of ids) if (!state.has(id)) visit(id)
  const ranks = new Map(ids.map(id => [id, id === FIRST ? 0 : 1]))
  for (const id of finished.reverse()) {
    for (const link of outgoing.get(id) ?? []) {
      if (!link.returns) ranks.set(link.to, Math.max(ranks.get(link.to) ?? 0, (ranks.get(id) ?? 0) + 1))
    }
  }
  // The result is the last row, also in a draft that does not lead there yet.
  ranks.set(LAST, Math.max(...ids.map(id => (id === LAST ? 1 : (ranks.get(id) ?? 0) + 1))))
  return ranks
}

/** What is nobody's own (choices, consultations, what the platform does) stays with whoever had the dossier before. */
function giveLanes(nodes: readonly GraphNode[], links: readonly GraphLink[]): void {
  const byId = new Map(nodes.map(node => [node.id, node]))
  const before = new Map(links.filter(({ returns }) => !returns).map(({ from, to }) => [to, from]))
  for (const node of nodes) {
    const previous = byId.get(before.get(node.id) ?? '')
    if (node.step && 'agency' in node.step) node.lane = node.step.agency
    else if (previous && previous.kind !== 'start' && node.kind !== 'end') node.lane = previous.lane
  }
  const [start, end] = [byId.get(FIRST), byId.get(LAST)]
  const entered = byId.get(links.find(({ from }) => from === FIRST)?.to ?? '')
  if (start && entered && entered !== end) start.lane = entered.lane
  // The result goes to the desk the dossier came from, when that desk is in the picture.
  const atDesk = nodes.some(node => node !== end && node.lane.by === 'receiving')
  if (end && !atDesk) end.lane = byId.get(before.get(LAST) ?? '')?.lane ?? end.lane
}
