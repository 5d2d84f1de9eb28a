import type { GraphLink } from './picture-graph.ts'
import type { Placed } from './process-measures.ts'

/** A row in the measure of gutters' pieces, and how near pieces on one track may come: there and, in pixels, in channels. */
export const ROW = 100
const APART = 16

/**
 * A straight piece of an edge in a free strip: a channel (below the row of that number) or a gutter (left of the column of that number).
 * Extents in any unit that grows along the strip; of pieces that overlap, the one with the lower `order` gets the first track.
 */
export type Piece = { strip: number; from: number; to: number; order: number; route: Route; track: number }
export type Pieces = Partial<Record<'leave' | 'along' | 'arrive' | 'beside', Piece>>
/**
 * An edge on its way. `port`: how far right of its node's middle it leaves; of a return, at which share of the height. `reach`: the port
 * of the outermost edge on its side. `straight`: it leads down its own column, and nothing stands between.
 */
export type Route = {
  link: GraphLink
  from: Placed
  to: Placed
  port: number
  reach: number
  straight: boolean
  pieces: Pieces
}

export const piece = (route: Route, strip: number, from: number, to: number): Piece => {
  return { strip, from, to, order: Math.abs(to - from), route, track: 0 }
}

export function piecesOf(routes: readonly Route[], ...names: (keyof Pieces)[]): Piece[] {
  return routes.flatMap(({ pieces }) => names.map(name => pieces[name]).filter(found => found !== undefined))
}

/** Gives pieces that overlap tracks of their own; those that meet at one target run together. Says how many tracks each strip needs. */
export function settle(pieces: readonly Piece[]): Map<number, number> {
  const tracks = new Map<number, number>()
  for (const [strip, own] of Map.groupBy(pieces, one => one.strip)) {
    const settled: Piece[] = []
    for (const one of own.sort((a, b) => a.order - b.order)) {
      const others = settled.filter(other => isNear(one, other) && !runsWith(one, other)).map(other => other.track)
      while (others.includes(one.track)) one.track++
      settled.push(one)
    }
    tracks.set(strip, Math.max(...settled.map(({ track, from, to }) => (from === to ? 0 : track + 1))))
  }
  return tracks
}

function isNear(a: Piece, b: Piece): boolean {
  const [low, high] = [
    Math.max(Math.min(a.from, a.to), Math.min(b.from, b.to)),
    Math.min(Math.max(a.from, a.to), Math.max(b.from, b.to)),
  ]
  return low <= high + APART
}

function runsWith(a: Piece, b: Piece): boolean {
  return a.route.to === b.route.to && a.route.from !== b.route.from && a.route.link.back === b.route.link.back
}
