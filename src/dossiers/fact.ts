import { localDate } from '#src/calendar/local-date.ts'
import type { Dossier } from './dossier.ts'

/**
 * What is counted of dossiers, for every report. A number as of an instant is the sum of the facts before it.
 * - Of what happened: `received`; `refused_at_intake`, never received; results `early`, `on_time`, `late`, `no_term` as judged when
 *   they were ready; `withdrawn` and `stopped` after reception; `extended` and `supplement_requested` as often as it happened.
 * - Parts of those: `late_same_day`, late only by the hour; `early_by_extension` and `on_time_by_extension`, late but for an extension;
 *   `ended_late`, withdrawn or stopped while overdue.
 * - Of what is, one more from its beginning and one less from its end: `overdue`, due before that instant and the clock running;
 *   `paused_supplement` and `paused_obligation`, of which `paused_overdue` were overdue when the clock was stopped;
 *   `in_time_by_extension`, running and in time, but overdue without the extension.
 * What is open is what was received and has no result and no other end.
 */
export const measures = [
  'received',
  'refused_at_intake',
  'early',
  'on_time',
  'late',
  'no_term',
  'late_same_day',
  'early_by_extension',
  'on_time_by_extension',
  'withdrawn',
  'stopped',
  'ended_late',
  'overdue',
  'paused_supplement',
  'paused_obligation',
  'paused_overdue',
  'in_time_by_extension',
  'extended',
  'supplement_requested',
] as const
export type Measure = (typeof measures)[number]

/** Raised whenever the same dossier makes other facts than in the release before: then all are counted anew. */
export const factRules = 1

/** From the instant `at` on there are `n` more. */
export type Fact = { measure: Measure; at: Date; n: number }

/** What is read of a dossier to count it; every `Dossier` has it. */
export type Counted = Pick<
  Dossier,
  | 'parentId'
  | 'state'
  | 'receivedAt'
  | 'readyAt'
  | 'closedAt'
  | 'originalDueAt'
  | 'dueAt'
  | 'judgement'
  | 'adjustments'
  | 'pauses'
  | 'supplements'
>

/** What `after` adds to the numbers beyond what `before` did. Nothing it adds lies before the instant of the change. */
export function newFacts(before: Counted | null, after: Counted): Fact[] {
  const less = before ? factsOf(before).map(fact => ({ ...fact, n: -fact.n })) : []
  return summed([...less, ...factsOf(after)])
}

/** All that a dossier adds to the numbers. A dossier opened for another counts only as part of that one. */
export function factsOf(d: Counted): Fact[] {
  if (d.parentId !== null) return []
  if (!d.receivedAt) {
    return d.state === 'refused-at-intake' && d.closedAt ? [once('refused_at_intake', d.closedAt)] : []
  }
  const end = d.readyAt ?? d.closedAt
  const appraisal = d.supplements.filter(({ stage }) => stage === 'appraisal')
  return summed([
    once('received', d.receivedAt),
    ...(end ? endOf(d, end) : []),
    ...stretchesOf(d, d.receivedAt, end).flatMap(standingIn),
    ...d.adjustments.filter(({ kind }) => kind === 'extension').map(({ at }) => once('extended', at)),
    ...appraisal.map(({ at }) => once('supplement_requested', at)),
  ])
}

const once = (measure: Measure, at: Date): Fact => ({ measure, at, n: 1 })

function endOf(d: Counted, end: Date): Fact[] {
  if (!d.readyAt) {
    const stillPaused = d.pauses.at(-1)?.to?.getTime() === end.getTime()
    const isLate = d.dueAt !== null && end > d.dueAt && !stillPaused
    return [once(d.state === 'withdrawn' ? 'withdrawn' : 'stopped', end), ...(isLate ? [once('ended_late', end)] : [])]
  }
  const byExtension = end > (dueWithoutExtension(d) ?? end)
  switch (d.judgement) {
    case 'late': {
      const sameDay = d.dueAt !== null && localDate(end) === localDate(d.dueAt)
      return [once('late', end), ...(sameDay ? [once('late_same_day', end)] : [])]
    }
    case 'early':
      return [once('early', end), ...(byExtension ? [once('early_by_extension', end)] : [])]
    case 'on-time':
      return [once('on_time', end), ...(byExtension ? [once('on_time_by_extension', end)] : [])]
    default:
      return [once('no_term', end)]
  }
}

/** When it would have been due without extensions; null if it was never extended. */
function dueWithoutExtension(d: Pick<Counted, 'adjustments'>): Date | null {
  let due: Date | null = null
  for (const { kind, from, to } of d.adjustments) {
    if (kind === 'extension') due ??= from
    // What moves the extended promise would have moved the first one as far.
    else if (due && from && to) due = new Date(due.getTime() + to.getTime() - from.getTime())
  }
  return due
}

/** A time over which neither the promise nor the clock's running changed. */
type Stretch = {
  from: number
  /** Infinity: still so. */
  to: number
  due: number
  dueUnextended: number
  paused: Dossier['pauses'][number]['cause'] | null
}

const forever = Number.POSITIVE_INFINITY
const time = (at: Date | null) => at?.getTime() ?? forever

function stretchesOf(d: Counted, received: Date, end: Date | null): Stretch[] {
  const until = time(end)
  const bounds = [received, ...d.adjustments.map(({ at }) => at), ...d.pauses.flatMap(({ from, to }) => [from, to])]
  const starts = [...new Set(bounds.map(time))].filter(at => at < until).sort((a, b) => a - b)
  return starts.map((from, i) => {
    const adjustments = d.adjustments.filter(({ at }) => at.getTime() <= from)
    return {
      from,
      to: starts[i + 1] ?? until,
      due: time(adjustments.length ? (adjustments.at(-1)?.to ?? null) : d.originalDueAt),
      dueUnextended: time(dueWithoutExtension({ adjustments })),
      paused: d.pauses.find(pause => pause.from.getTime() <= from && from < time(pause.to))?.cause ?? null,
    }
  })
}

const span = (measure: Measure, from: number, to: number): Fact[] => {
  if (!(from < to)) return []
  const begin = { measure, at: new Date(from), n: 1 }
  return to === forever ? [begin] : [begin, { measure, at: new Date(to), n: -1 }]
}

/** The first instant after: what is due at the very instant is not yet overdue, as a result at that instant is not late. */
const after = (instant: number) => instant + 1

/** How a dossier stands through a stretch. */
function standingIn({ from, to, due, dueUnextended, paused }: Stretch): Fact[] {
  if (paused) {
    const measure = paused === 'supplement' ? 'paused_supplement' : 'paused_obligation'
    return [...span(measure, from, to), ...(due < from ? span('paused_overdue', from, to) : [])]
  }
  return [
    ...span('overdue', Math.max(from, after(due)), to),
    ...span('in_time_by_extension', Math.max(from, after(dueUnextended)), Math.min(to, after(due))),
  ]
}

/** One fact an instant and measure; what cancels out is left out. */
function summed(facts: Fact[]): Fact[] {
  const sums = new Map<string, Fact>()
  for (const fact of facts) {
    const key = `${fact.measure} ${fact.at.getTime()}`
    sums.set(key, { ...fact, n: fact.n + (sums.get(key)?.n ?? 0) })
  }
  return [...sums.values()].filter(({ n }) => n !== 0)
}
