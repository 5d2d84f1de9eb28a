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

/** An event a citizen may see; `more` and the agency it happened at only for the kinds whose words need them. */
export type TrackedEvent = { type: VisibleEvent; at: Date; more: unknown; agency?: string | null }

/** What is known of a dossier to whoever holds its code and secret: agencies, papers and dates, never an officer's name. */
export type TrackedFacts = {
  id: number
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
  /** Since when. */
  since: Date | null
  /** Name of the step of its process; null before reception and after the result. */
  step: string | null
  /** Agencies asked for an opinion at this step. */
  asked: Asked[]
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
  /** Dossiers opened for it at other agencies. */
  children: TrackedFacts[]
}

/** `until`: by when it is to answer. */
export type Asked = { agency: string; since: Date; until: Date | null; answeredAt: Date | null }

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
  since: Date | null
  step: string | null
  asked: Asked[]
  /** The parts of it that other agencies handle, each under its own code and term. */
  children: TrackedChild[]
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
  /** Oldest first, over all agencies; `code` of the child it happened in, null for the dossier itself. */
  history: { at: Date; type: VisibleEvent; text: string; code: string | null }[]
}

export type TrackedChild = Pick<
  TrackedFacts,
  'code' | 'state' | 'procedure' | 'where' | 'since' | 'step' | 'receivedAt' | 'dueAt' | 'judgement'
> & { agency: string; result: Tracking['result'] }

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
  const { since, step, asked, children } = facts
  // What an agency further on asks of the applicant is brought to the same door.
  const asking = children.find(child => asksApplicant.includes(child.state))
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
    ...{ since, step, asked },
    children: children.map(childOf),
    next: open && asking ? askedBy(asking, desk, t) : nextText(facts, { desk, overdue: left?.state === 'overdue' }, t),
    desk,
    supplement: supplementOf(open && asking ? asking : facts),
    extension: extensionOf(facts),
    endReason: ['refused-at-intake', 'stopped', 'withdrawn'].includes(state) ? facts.endReason : null,
    result: issued(facts.result),
    judgement,
    history: historyOf(facts, t),
  }
}

function askedBy(child: TrackedFacts, desk: Desk, t: T): string {
  const { competent, procedure } = child
  const what = nextText(child, { desk, overdue: false }, t)
  return `${t(`${competent}, phần “${procedure.name}”`, `${competent}, for “${procedure.name}”`)}: ${what}`
}

const asksApplicant: readonly State[] = ['supplement-requested', 'financial-obligation']

function childOf(child: TrackedFacts): TrackedChild {
  const { code, state, procedure, where, since, step, receivedAt, dueAt, judgement, competent, result } = child
  return {
    ...{ code, state, procedure, where, since, step, receivedAt, dueAt, judgement },
    ...{ agency: competent, result: issued(result) },
  }
}

/** Its own history says when a child begins and ends; the rest happens in between. */
const saidByParent: readonly EventType[] = ['received', 'result-ready', 'handed-over', 'stopped', 'withdrawn']

function historyOf(facts: TrackedFacts, t: T): Tracking['history'] {
  const line = (event: TrackedEvent, of: TrackedFacts, code: string | null) => {
    return { at: event.at, type: event.type, text: historyText(event, of, t), code }
  }
  const own = facts.events.map(event => line(event, facts, null))
  if (facts.children.length === 0) return own
  const others = facts.children.flatMap(child => {
    return child.events.filter(({ type }) => !saidByParent.includes(type)).map(event => line(event, child, child.code))
  })
  return [...own, ...others].sort((a, b) => a.at.getTime() - b.at.getTime())
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
