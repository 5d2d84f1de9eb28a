import { millisOf } from './local-date.ts'
import { overlap, type Span } from './working-time.ts'

/** A stretch during which a term stands still, in epoch milliseconds; `to` is Infinity while it is still open. */
export type Stoppage = { readonly from: number; readonly to: number }

const NONE: readonly Stoppage[] = []

/**
 * The pauses after `start` as stoppages in order of time: overlapping or touching ones joined, empty ones dropped, what
 * lies before the start cut off. Throws RangeError on a pause that ends before it begins.
 */
export function stoppagesAfter(start: number, pauses: readonly { from: Date; to: Date | null }[]): readonly Stoppage[] {
  if (pauses.length === 0) return NONE
  const ordered = pauses.map(toStoppage).sort((a, b) => a.from - b.from)
  const joined: { from: number; to: number }[] = []
  for (const { from, to } of ordered) {
    const last = joined.at(-1)
    if (to <= start || to === from) continue
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else joined.push({ from: Math.max(from, start), to })
  }
  return joined
}

/** Time of `span` (of the day that begins at `midnight`) that lies after `from` and outside every stoppage. */
export function runningTime(span: Span, midnight: number, from: number, stoppages: readonly Stoppage[]): number {
  const begin = Math.max(midnight + span.from, from)
  const end = midnight + span.to
  if (end <= begin) return 0
  let running = end - begin
  for (const stop of stoppages) running -= overlap(begin, end, stop.from, stop.to)
  return running
}

/** The instant at which `length` milliseconds outside every stoppage have passed since `from`. */
export function instantAfter(from: number, length: number, stoppages: readonly Stoppage[]): number {
  let instant = from + length
  for (const stop of stoppages) {
    if (stop.from >= instant) break
    if (stop.to > from) instant += stop.to - Math.max(stop.from, from)
  }
  return instant
}

/** True when the term stood still just before `instant`: a due time there would allow no work. */
export function isStoppedAt(instant: number, stoppages: readonly Stoppage[]): boolean {
  return stoppages.some(stop => stop.from < instant && instant <= stop.to)
}

function toStoppage({ from, to }: { from: Date; to: Date | null }): Stoppage {
  const stoppage = { from: millisOf(from), to: to === null ? Number.POSITIVE_INFINITY : millisOf(to) }
  if (stoppage.to < stoppage.from) throw new RangeError('a pause ends before it begins')
  return stoppage
}
