import { timeLeft as standing, type TimeLeft } from '#src/calendar/time-left.ts'
import type { WorkingCalendar } from '#src/calendar/working-time.ts'
import { type FeeLine, isOpen, type Judgement, type Result, type State } from '#src/dossiers/dossier.ts'
import type { EventPayloads, EventType } from '#src/dossiers/dossier-event.ts'
import type { DeliveryChoice } from '#src/dossiers/intake.ts'
import type { T } from '#src/platform/text.ts'
import { openingHours } from './opening-hours.ts'
import { historyText, nextText, stateText } from './tracking-words.ts'

/** Steps inside the administration that concern nobody outside: proposals, opinions, work sent back, notes. */
export const hiddenEvents = [
  'drafted',
  'supplement-proposed',
  'supplement-declined',
  'appraised',
  'returned-for-rework',
  'noted',
  'claimed',
  'released',
  'process-changed',
  'linked',
] as const satisfies readonly EventType[]
export type VisibleEvent = Exclude<EventType, (typeof hiddenEvents)[number]>

/** An event a citizen may see; `more` only for the kinds whose words they are owed. */
export type TrackedEvent = { type: VisibleEvent; at: Date; more: unknown }

/** What is known of a dossier to whoever holds its code and secret: agencies, papers and dates, never an officer's name. */
export type TrackedFacts = {
  code: string | null
  state: State
  procedure: { code: string; name: string }
  /** Names of the procedure's papers by code. */
  papers: ReadonlyMap<string, string>
  receivedAt: Date | null
  dueAt: Date | null
  originalDueAt: Date | null
  provisional: boolean
  gaps: number[]
  pausedAt: Date | null
  judgement: Judgement | null
  /** Name of the agency whose turn it is; null when the dossier has ended. */
  where: string | null
  competent: string
  /** Where papers are brought and results collected. */
  desk: { agency: string; point: string | null; address: string | null; phone: string | null; isPostOffice: boolean }
  supplement: { items: { component: string | null; note: string }[]; reason: string; answerBy: string | null } | null
  result: Result | null
  endReason: string | null
  delivery: DeliveryChoice['method']
  /** Fees not yet paid. */
  fees: FeeLine[]
  events: TrackedEvent[]
}

export type Desk = { name: string; address: string | null; phone: string | null; hours: string | null }

/** A dossier told in plain words, for the page and the API alike. */
export type Tracking = {
  code: string | null
  state: State
  stateText: string
  procedure: { code: string; name: string }
  receivedAt: Date | null
  dueAt: Date | null
  originalDueAt: Date | null
  provisional: boolean
  gaps: number[]
  paused: boolean
  timeLeft: TimeLeft | null
  where: string | null
  next: string
  desk: Desk
  /** Papers asked for and not brought yet. `answerBy` is a local date. */
  supplement: {
    reason: string
    items: { component: string | null; name: string; note: string }[]
    answerBy: string | null
  } | null
  /** The last apology: why, and the new promise. */
  extension: { reason: string; until: Date } | null
  /** Why it was refused, stopped or withdrawn. */
  endReason: string | null
  /** Once signed and numbered. */
  result: { kind: Result['kind']; title: string; number: string; signedAt: Date | null } | null
  judgement: Judgement | null
  /** Oldest first. */
  history: { at: Date; type: VisibleEvent; text: string }[]
}

/** `calendar` is the resolving agency's and counts the time left; `deskCalendar` tells when papers can be brought. */
export function trackingOf(
  facts: TrackedFacts,
  at: { now: Date; calendar: WorkingCalendar; deskCalendar: WorkingCalendar },
  t: T,
): Tracking {
  const { code, state, procedure, receivedAt, dueAt, originalDueAt, provisional, gaps, judgement, where } = facts
  const open = isOpen(state)
  const paused = open && facts.pausedAt !== null
  const left = open ? standing({ due: dueAt, paused }, at.now, at.calendar) : null
  const desk = deskOf(facts, at.deskCalendar, t)
  return {
    code,
    state,
    stateText: stateText(facts, t),
    procedure,
    receivedAt,
    dueAt,
    originalDueAt,
    provisional: open && provisional,
    gaps: open && provisional ? gaps : [],
    paused,
    timeLeft: left,
    where,
    next: nextText(facts, { desk, overdue: left?.state === 'overdue' }, t),
    desk,
    supplement: supplementOf(facts),
    extension: extensionOf(facts),
    endReason: ['refused-at-intake', 'stopped', 'withdrawn'].includes(state) ? facts.endReason : null,
    result: issued(facts.result),
    judgement,
    history: facts.events.map(event => ({ at: event.at, type: event.type, text: historyText(event, facts, t) })),
  }
}

function deskOf({ desk }: TrackedFacts, calendar: WorkingCalendar, t: T): Desk {
  const { agency, point, address, phone } = desk
  const name = desk.isPostOffice && point ? point : point ? `${point}, ${agency}` : agency
  // A post office keeps hours of its own.
  return { name, address, phone, hours: desk.isPostOffice ? null : openingHours(calendar, t) }
}

function supplementOf({ state, supplement, papers }: TrackedFacts): Tracking['supplement'] {
  if (!supplement || (state !== 'supplement-requested' && state !== 'supplement-at-intake')) return null
  const items = supplement.items.map(({ component, note }) => ({
    component,
    name: (component && papers.get(component)) || note,
    note: component ? note : '',
  }))
  return { reason: supplement.reason, items, answerBy: supplement.answerBy }
}

function extensionOf({ events }: TrackedFacts): Tracking['extension'] {
  const last = events.findLast(event => event.type === 'extended')
  if (!last) return null
  const { reason, until } = last.more as EventPayloads['extended']
  return { reason, until: new Date(until) }
}

function issued(result: Result | null): Tracking['result'] {
  if (!result?.number) return null
  const { kind, title, number, signedAt } = result
  return { kind, title, number, signedAt }
}
