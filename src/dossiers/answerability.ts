import type { Minutes, WorkingCalendar } from '#src/calendar/working-time.ts'
import { overlap, workingMinutesBetween } from '#src/calendar/working-time.ts'
import type { Role } from '#src/platform/ctx.ts'
import type { Dossier } from './dossier.ts'
import type { Holding } from './held-step.ts'

/** What answerability is read from; every `Dossier` is one. */
export type Held = Pick<Dossier, 'holdings' | 'pauses' | 'dueAt' | 'readyAt' | 'closedAt'> & Partial<Settled>
/** What was written down when the result was ready: a calendar that changes afterwards does not change whose delay it was. */
type Settled = Pick<Dossier, 'causeAgencyId' | 'causeAccountId' | 'causeOver'>

/**
 * Working minutes someone had a dossier in hand, what the steps they had allowed (a step counts once however often it came
 * back to them within it), and how much of their time lay beyond what a step allowed.
 */
export type Used = { minutes: Minutes; allowed: Minutes; over: Minutes }

/** A desk of an agency, or a person there; no role while a dossier at that agency was waited for. */
export type PersonShare = Used & { role: Role | null; accountId: number | null; steps: string[] }
/** `since`: when the agency first had it. People in the order in which they had it. */
export type Share = Used & { agencyId: number; since: Date; people: PersonShare[] }

/** `why`: their steps took longest beyond what they allow; or nobody's did, and it fell due in their hands. */
export type Cause = {
  agencyId: number
  role: Role | null
  accountId: number | null
  over: Minutes
  why: 'over-allowance' | 'held-when-due'
}

/** One holding, with the time it used. `visit`: the stay at a step it belongs to, over which the allowed minutes run once. */
type Stay = { holding: Holding; visit: number; minutes: Minutes; over: Minutes }

/**
 * How the working time of a dossier from its reception to its result (or end, or `now`) divides among those who had it,
 * pauses left out: every minute is exactly one holder's. Agencies in the order in which they first had it.
 */
export function sharesOf(d: Held, calendar: WorkingCalendar, now: Date): Share[] {
  const byAgency = Map.groupBy(staysOf(d, calendar, now), ({ holding }) => holding.agencyId)
  return [...byAgency].map(([agencyId, stays]) => ({
    agencyId,
    since: stays[0]?.holding.from ?? now,
    ...used(stays),
    people: [...Map.groupBy(stays, personKey).values()].map(personShare),
  }))
}

/** Before the promise is broken the question is who will have caused it, which what happened so far answers. */
export function expectedCause(d: Held, calendar: WorkingCalendar, at: Date): Cause | null {
  if (!d.dueAt) return null
  return causeOf({ ...d, dueAt: d.dueAt < at ? d.dueAt : new Date(at.getTime() - 1) }, calendar, at)
}

/**
 * Who caused the delay of a dossier that is late, or overdue at `now`: the agency with the most minutes beyond its steps, and in
 * it the person or desk with the most; if no step took longer than allowed, whoever had it when it fell due. Of equals, the
 * one who had it first. Null when nothing is late. Once its result is there, what was found then.
 */
export function causeOf(d: Held, calendar: WorkingCalendar, now: Date): Cause | null {
  const end = endOf(d, now)
  if (!d.dueAt || end <= d.dueAt) return null
  const settled = settledCause(d)
  if (settled) return settled
  const agency = slowest(sharesOf(d, calendar, now))
  if (agency && agency.over > 0) {
    const { role = null, accountId = null } = slowest(agency.people) ?? {}
    return { agencyId: agency.agencyId, role, accountId, over: agency.over, why: 'over-allowance' }
  }
  const due = d.dueAt
  const holding = d.holdings.find(({ from, to }) => from <= due && due < (to ?? end)) ?? d.holdings.at(-1)
  if (!holding) return null
  const { agencyId, role, accountId } = holding
  return { agencyId, role, accountId, over: 0, why: 'held-when-due' }
}

function settledCause({
  holdings,
  causeAgencyId: agencyId,
  causeAccountId: accountId = null,
  causeOver,
}: Held): Cause | null {
  if (typeof agencyId !== 'number') return null
  const over = causeOver ?? 0
  const { role = null } = holdings.findLast(one => one.agencyId === agencyId && one.accountId === accountId) ?? {}
  return { agencyId, role, accountId, over, why: over > 0 ? 'over-allowance' : 'held-when-due' }
}

const endOf = (d: Held, now: Date) => d.readyAt ?? d.closedAt ?? now

function slowest<S extends Used>(shares: readonly S[]): S | undefined {
  return shares.reduce<S | undefined>((most, one) => (most && most.over >= one.over ? most : one), undefined)
}

function staysOf(d: Held, calendar: WorkingCalendar, now: Date): Stay[] {
  const end = endOf(d, now)
  let visit = 0
  let spent = 0
  return d.holdings.map((holding, nth) => {
    if (!sameVisit(d.holdings[nth - 1], holding)) {
      visit += 1
      spent = 0
    }
    const minutes = runningMinutes(holding, { d, calendar, end })
    const before = spent
    spent += minutes
    const { minutes: allowed } = holding
    const over = allowed === null ? 0 : Math.max(0, spent - Math.max(allowed, before))
    return { holding, visit, minutes, over }
  })
}

/** Another pair of hands at the same step; the same hands at the same step again mean that it began anew. */
function sameVisit(last: Holding | undefined, next: Holding): boolean {
  if (!last || last.step === null || last.step !== next.step || last.minutes !== next.minutes) return false
  return last.agencyId !== next.agencyId || last.role !== next.role || last.accountId !== next.accountId
}

/** Working minutes from its reception until `end` less those during which the clock stood still. */
export function workedMinutes(
  d: Pick<Dossier, 'receivedAt' | 'pauses'>,
  end: Date,
  calendar: WorkingCalendar,
): Minutes {
  return runningMinutes({ from: d.receivedAt ?? end, to: end }, { d, calendar, end })
}

type Running = { d: Pick<Dossier, 'pauses'>; calendar: WorkingCalendar; end: Date }

/** Working minutes of a holding less those during which the clock stood still. */
function runningMinutes(holding: Pick<Holding, 'from' | 'to'>, { d, calendar, end }: Running) {
  const from = holding.from.getTime()
  const to = Math.max(from, Math.min((holding.to ?? end).getTime(), end.getTime()))
  const still = d.pauses.reduce((sum, pause) => {
    const begin = pause.from.getTime()
    const stop = (pause.to ?? end).getTime()
    if (overlap(begin, stop, from, to) === 0) return sum
    const common = [Math.max(begin, from), Math.min(stop, to)] as const
    return sum + workingMinutesBetween(new Date(common[0]), new Date(common[1]), calendar)
  }, 0)
  return workingMinutesBetween(holding.from, new Date(to), calendar) - still
}

function used(stays: readonly Stay[]): Used {
  const visits = new Map(stays.map(({ visit, holding }) => [visit, holding.minutes ?? 0]))
  return {
    minutes: stays.reduce((sum, stay) => sum + stay.minutes, 0),
    allowed: [...visits.values()].reduce((sum, minutes) => sum + minutes, 0),
    over: stays.reduce((sum, stay) => sum + stay.over, 0),
  }
}

const personKey = ({ holding }: Stay) => `${holding.role}:${holding.accountId}`

function personShare(stays: readonly Stay[]): PersonShare {
  const names = stays.flatMap(({ holding }) => holding.name ?? [])
  const { role = null, accountId = null } = stays[0]?.holding ?? {}
  return { ...used(stays), role, accountId, steps: [...new Set(names)] }
}
