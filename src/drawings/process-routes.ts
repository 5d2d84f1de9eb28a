import type { GraphLink } from './picture-graph.ts'
import {
  COLUMN,
  type Columns,
  type EdgeLabel,
  edgeText,
  LANE_HEAD,
  middle,
  type Placed,
  type Point,
  wrapText,
} from './process-measures.ts'
import { type Piece, type Pieces, piece, piecesOf, ROW, type Route, settle } from './process-tracks.ts'

/** Distance of parallel lines: upright ones, and level ones, which carry words. */
const TRACK_X = 12
const TRACK_Y = 19
/** Least width of a gutter; height of the parts of a channel above and below its tracks. */
const GUTTER = 24
const LEAVE = 10
const ARRIVE = 22

export type Routed = { link: GraphLink; from: Placed; to: Placed; points: Point[]; label: EdgeLabel | null }
/** Start and width (or height) of every strip and row. */
type Strips = { at: number[]; size: number[] }

/**
 * Draws the edges at right angles in the free strips between rows and columns; strips are as wide as what runs through them. With that
 * the places of the nodes are known: sets their `x` and `y`.
 */
export function routeEdges(placed: Placed[], links: readonly GraphLink[], { laneOf }: Columns) {
  const routes = planRoutes(placed, links)
  const tracksOf = settle(piecesOf(routes, 'along', 'beside'))
  const { gutters, columns, laneStarts } = columnPlaces(laneOf, tracksOf, routes)
  for (const one of placed) one.x = (columns[one.column] ?? 0) + (COLUMN - one.width) / 2
  for (const route of routes) crossChannels(route, gutters)
  const { channels, rows, height } = rowPlaces(placed, settle(piecesOf(routes, 'leave', 'arrive')), routes)
  for (const one of placed) {
    one.y = (rows.at[one.node.rank] ?? 0) + ((rows.size[one.node.rank] ?? 0) - one.height) / 2
  }
  const drawn = routes.map(route => draw(route, { gutters, channels }))
  return { routes: drawn, width: (gutters.at.at(-1) ?? 0) + (gutters.size.at(-1) ?? 0), height, laneStarts }
}

function planRoutes(placed: readonly Placed[], links: readonly GraphLink[]): Route[] {
  const byId = new Map(placed.map(one => [one.node.id, one]))
  const taken = new Set(placed.map(({ column, node }) => `${column} ${node.rank}`))
  const isFree = (column: number, above: number, below: number) => {
    for (let rank = above + 1; rank < below; rank++) if (taken.has(`${column} ${rank}`)) return false
    return true
  }
  const routes: Route[] = []
  for (const link of links) {
    const [from, to] = [byId.get(link.from), byId.get(link.to)]
    if (!from || !to) continue
    const free = !link.returns && isFree(to.column, from.node.rank, to.node.rank)
    const route = { link, from, to, port: 0, reach: 0, straight: free && from.column === to.column, pieces: {} }
    route.pieces = link.returns ? returning(route) : onward(route, free)
    routes.push(route)
  }
  for (const own of Map.groupBy(routes, ({ from }) => from).values()) {
    givePorts(own.filter(({ link }) => !link.returns))
    giveSidePorts(own.filter(({ link }) => link.returns))
  }
  keepClear(routes)
  return routes
}

/** Down and straight across into the target's column when that is free; else through the gutter beside its own column. */
function onward(route: Route, free: boolean): Pieces {
  const { from, to } = route
  const leave = piece(route, from.node.rank, 0, 0)
  if (free) return { leave }
  const gutter = to.column > from.column ? from.column + 1 : from.column
  const along = piece(route, gutter, (from.node.rank + 0.5) * ROW, (to.node.rank - 0.5) * ROW)
  return { leave, along, arrive: piece(route, to.node.rank - 1, 0, 0) }
}

/** Out at the right side, up the gutter there, and in again at a right side. */
function returning(route: Route): Pieces {
  const { from, to } = route
  const [start, end] = [(from.node.rank + 0.2) * ROW, (to.node.rank - 0.2) * ROW]
  if (from.column === to.column) return { along: piece(route, from.column + 1, start, end) }
  const below = (to.node.rank + 0.5) * ROW
  return {
    along: piece(route, from.column + 1, start, below),
    arrive: piece(route, to.node.rank, 0, 0),
    beside: piece(route, to.column + 1, below, end),
  }
}

/** The usual way on leaves in the middle, others on the side they lead to, the farthest outermost: so they do not cross. */
function givePorts(routes: Route[]): void {
  const main = routes.find(route => route.straight) ?? routes[0]
  const others = routes.filter(route => route !== main)
  const left = others.filter(isLeftward).sort((a, b) => b.to.column - a.to.column)
  const right = others.filter(route => !isLeftward(route)).sort((a, b) => a.to.column - b.to.column)
  for (const [side, sign] of [[left, -1] as const, [right, 1] as const]) {
    const step = Math.min(48, (COLUMN / 2 - 24) / Math.max(1, side.length))
    for (const [i, route] of side.entries()) route.port = sign * step * (i + 1)
    for (const route of side) route.reach = sign * step * side.length
    const isMainHere = main && !main.straight && isLeftward(main) === sign < 0
    if (isMainHere) main.reach = sign * step * side.length
  }
}

/** Around what stands below it in its own column an edge goes on the left; returns have the right. */
function isLeftward({ from, to, pieces }: Route): boolean {
  return to.column < from.column || (to.column === from.column && pieces.along !== undefined)
}

/** What leaves in the middle and turns off gives way to what comes into the same column below, or the two would be one line. */
function keepClear(routes: readonly Route[]): void {
  const down = routes.filter(({ link }) => !link.returns)
  for (const route of down.filter(({ port, straight }) => port === 0 && !straight)) {
    const { column, node } = route.from
    const isMet = down.some(({ from, to, pieces }) => {
      return to.column === column && (pieces.arrive ? pieces.arrive.strip : from.node.rank) === node.rank
    })
    if (isMet) route.port = isLeftward(route) ? -16 : 16
  }
}

/** Returns leave one below the other; the one that goes farthest lowest, as it runs outermost. */
function giveSidePorts(routes: Route[]): void {
  const sorted = routes.sort((a, b) => b.to.node.rank - a.to.node.rank)
  for (const [i, route] of sorted.entries())
    route.port = sorted.length > 1 ? 0.5 + (0.4 * i) / (sorted.length - 1) : 0.7
}

/** Left edges of columns and gutters, and where each lane begins: in the free right part of the gutter before it. */
function columnPlaces(laneOf: readonly number[], tracks: Map<number, number>, routes: readonly Route[]) {
  const gutters: Strips = { at: [], size: [] }
  const columns: number[] = []
  const laneStarts: number[] = []
  let x = 0
  for (let i = 0; i <= laneOf.length; i++) {
    const hasWords = routes.some(({ link, pieces }) => link.returns && pieces.along?.strip === i)
    const words = hasWords ? edgeText.beside + 6 : 0
    gutters.at.push(x)
    gutters.size.push(GUTTER + (tracks.get(i) ?? 0) * TRACK_X + words)
    x += gutters.size[i] ?? 0
    if (laneOf[i] !== undefined && laneOf[i] !== laneOf[i - 1]) laneStarts.push(i === 0 ? 0 : x - GUTTER / 2)
    if (i < laneOf.length) columns.push(x)
    x += COLUMN
  }
  return { gutters, columns, laneStarts }
}

const gutterX = (gutters: Strips, { strip, track }: Piece) =>
  (gutters.at[strip] ?? 0) + GUTTER / 2 + (track + 0.5) * TRACK_X

/** With the columns in place, how far each edge runs in the channels. */
function crossChannels({ from, to, port, pieces: { leave, along, arrive, beside } }: Route, gutters: Strips): void {
  if (leave) {
    leave.from = middle(from) + port
    leave.to = along ? gutterX(gutters, along) : middle(to)
    leave.order = leave.to > leave.from ? -leave.from : leave.from
  }
  if (arrive && along) {
    arrive.from = gutterX(gutters, along)
    arrive.to = beside ? gutterX(gutters, beside) : middle(to)
    arrive.order = Number.MAX_SAFE_INTEGER
  }
}

/** Upper edges of rows and channels; a channel has room for its tracks, for the words of what goes straight down, and for arrows. */
function rowPlaces(placed: readonly Placed[], tracks: Map<number, number>, routes: readonly Route[]) {
  const words = edgeText.line * edgeText.most
  const rows: Strips = { at: [], size: [] }
  const channels: Strips = { at: [], size: [] }
  let y = LANE_HEAD + 16
  for (let rank = 0; rank <= Math.max(...placed.map(({ node }) => node.rank)); rank++) {
    rows.at.push(y)
    rows.size.push(Math.max(0, ...placed.filter(({ node }) => node.rank === rank).map(({ height }) => height)))
    const isNamed = routes.some(route => route.from.node.rank === rank && goesDown(route) && !route.link.only)
    channels.at.push(y + (rows.size[rank] ?? 0) + LEAVE)
    channels.size.push((tracks.get(rank) ?? 0) * TRACK_Y + ARRIVE + (isNamed ? words : 0))
    y = (channels.at[rank] ?? 0) + (channels.size[rank] ?? 0)
  }
  return { rows, channels, height: y }
}

const goesDown = ({ straight, port }: Route) => straight && port === 0

function draw(route: Route, { gutters, channels }: { gutters: Strips; channels: Strips }): Routed {
  const { link, from, to, port } = route
  const { leave, along, arrive, beside } = route.pieces
  const channelY = ({ strip, track }: Piece) => (channels.at[strip] ?? 0) + (track + 0.5) * TRACK_Y
  const points: Point[] = link.returns ? [sideOf(from, port)] : [[middle(from) + port, bottomOf(from, port)]]
  const turn = (x: number | undefined, y: number | undefined) => {
    const [lastX, lastY] = points.at(-1) ?? [0, 0]
    points.push([x ?? lastX, y ?? lastY])
  }
  if (leave) turn(undefined, channelY(leave))
  if (along) turn(gutterX(gutters, along), undefined)
  if (arrive) turn(undefined, channelY(arrive))
  if (beside) turn(gutterX(gutters, beside), undefined)
  if (link.returns) turn(undefined, sideOf(to, 0.3)[1])
  const end = link.returns ? sideOf(to, 0.3) : ([middle(to), to.y] satisfies Point)
  turn(end[0], undefined)
  turn(undefined, end[1])
  return { link, from, to, points: withoutStops(points), label: labelOf(route, points, channels) }
}

/** On the right edge of a node, at a share of its height. */
function sideOf({ node, x, y, width, height }: Placed, share: number): Point {
  const slope = node.kind === 'choice' ? Math.abs(share - 0.5) * width : 0
  return [x + width - slope, y + height * share]
}

/** The lower edge of a node at some distance from its middle; that of a diamond rises. */
function bottomOf({ node, y, width, height }: Placed, offset: number): number {
  return y + height - (node.kind === 'choice' ? (Math.abs(offset) / width) * height : 0)
}

/** Leaves out corners that turn nothing. */
function withoutStops(points: readonly Point[]): Point[] {
  const kept: Point[] = []
  for (const [i, point] of points.entries()) {
    const [before, after] = [kept.at(-1), points[i + 1]]
    const isRepeated = before && before[0] === point[0] && before[1] === point[1]
    const isOnTheWay =
      before &&
      after &&
      ((before[0] === point[0] && point[0] === after[0]) || (before[1] === point[1] && point[1] === after[1]))
    if (!isRepeated && !isOnTheWay) kept.push(point)
  }
  return kept
}

/** Words of a return stand beside it in the gutter, of what goes straight down beside the arrow, of all else on its level line. */
function labelOf(route: Route, points: readonly Point[], channels: Strips): EdgeLabel | null {
  const { link, from, port, reach } = route
  if (!link.name) return null
  const quiet = link.only
  const [[x, y] = [0, 0], [turnX, turnY] = [0, 0], [farX] = [0]] = points
  if (link.returns) {
    const lines = wrapText(link.name, { ...edgeText, width: edgeText.beside, most: 3 })
    return { x: turnX + 4, y: y - 6 - (lines.length - 1) * edgeText.line, anchor: 'start', lines, quiet }
  }
  if (goesDown(route)) {
    const lines = wrapText(link.name, { ...edgeText, ...(quiet && { width: 160, most: 1 }) })
    const bottom = (channels.at[from.node.rank] ?? 0) + (channels.size[from.node.rank] ?? 0)
    return { x: x + 6, y: bottom - 14 - (lines.length - 1) * edgeText.line, anchor: 'start', lines, quiet }
  }
  const isLeft = reach < 0 || (reach === 0 && farX < x)
  const isInward = port !== 0 && farX < x !== isLeft
  const room = isInward ? edgeText.level : Math.max(edgeText.level, Math.abs(farX - middle(from) - reach) - 12)
  const lines = wrapText(link.name, { ...edgeText, width: room, most: 1 })
  const edge = isInward ? x : middle(from) + reach
  return { x: edge + (isLeft ? -6 : 6), y: turnY - 4, anchor: isLeft ? 'end' : 'start', lines, quiet }
}
