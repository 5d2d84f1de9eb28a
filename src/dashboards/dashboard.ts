import type { MultiPolygon, Point } from 'geojson'
import { addDays, type LocalDate, weekday } from '#src/calendar/local-date.ts'
import { shareOf } from '#src/charts/number-text.ts'
import type { SumRow } from '#src/facts/fact-sums.query.ts'
import { addTallies, noTally, type Tally } from '#src/facts/tally.ts'
import type { Role } from '#src/platform/ctx.ts'
import type { StepKind } from '#src/processes/process.ts'

/** Those who answer for the work of others: a leader for their agency and all below it, the others for the province. */
export const dashboardRoles: readonly Role[] = ['director', 'leader', 'control', 'reform']

export type DashboardAgency = {
  id: number
  code: string
  name: string
  shortName: string
  kind: string
  geometry: MultiPolygon | Point | null
}

/** From Monday to Sunday, or to today; both local days inclusive. */
export type Week = { from: LocalDate; to: LocalDate; tally: Tally }

/** Online submissions that nobody has received or refused yet: how many, since when the first and the middle one have waited. */
export type Waiting = { count: number; oldest: Date | null; median: Date | null }

/** `dueToday`: still in time and due before the day is over; `dueSoon`: before the third day is over, today being the first. */
export type Live = { dueToday: number; dueSoon: number; waiting: Waiting }

/** Dossiers at steps of a kind; `late`: beyond the time the step allows, its clock running. */
export type StepCount = { kind: StepKind; dossiers: number; late: number }

/** What an officer of the agency has in hand; `late`: promised for a time that has passed. */
export type OfficerLoad = { accountId: number; name: string; held: number; late: number; dueToday: number }

/** How things stand at an instant. `month`: what happened in the last 30 days, by agency and field. */
export type Dashboard = {
  at: Date
  today: LocalDate
  monthFrom: LocalDate
  agency: { id: number; code: string; name: string }
  isProvince: boolean
  /** The agency and those below it; of those that have ended, the ones with dossiers to tell of. */
  agencies: readonly DashboardAgency[]
  fields: ReadonlyMap<number, { code: string; name: string }>
  day: Tally
  month: readonly SumRow[]
  weeks: readonly Week[]
  live: Live
  steps: readonly StepCount[]
  /** Only of one agency without others below it. */
  load: readonly OfficerLoad[] | null
}

export const SOON_DAYS = 3
export const MONTH_DAYS = 30
export const WEEKS = 12

/** The Mondays to Sundays up to a day, the last one ending that day. */
export function weeksUntil(today: LocalDate, count: number): { from: LocalDate; to: LocalDate }[] {
  const monday = addDays(today, 1 - weekday(today))
  return Array.from({ length: count }, (_, n) => {
    const from = addDays(monday, 7 * (n - count + 1))
    const sunday = addDays(from, 6)
    return { from, to: sunday < today ? sunday : today }
  })
}

/** Ended in the period, with or without a result: column (7) of form II.06a. */
export function endedOf(tally: Tally): number {
  return tally.carried + tally.received - tally.open
}

/** Results of the period that came late, of all its results, as 0 to 100; null when there were none. */
export function lateShare({ early, on_time, late, no_term }: Tally): number | null {
  return shareOf(late, early + on_time + late + no_term)
}

/** What is open now and late, of all that is open, as 0 to 100; null when nothing is open. */
export function overdueShare({ overdue, open }: Tally): number | null {
  return shareOf(overdue, open)
}

/** Sums of rows of the same key. */
export function talliesBy<Key>(rows: readonly SumRow[], keyOf: (row: SumRow) => Key): Map<Key, Tally> {
  const groups = Map.groupBy(rows, keyOf)
  return new Map([...groups].map(([key, group]) => [key, addTallies(group.map(({ tally }) => tally))]))
}

export const tallyOf = (tallies: ReadonlyMap<number, Tally>, id: number): Tally => tallies.get(id) ?? noTally

/** In the order in which a dossier meets them. */
export const stepOrder: readonly StepKind[] = [
  'transfer',
  'receipt',
  'assign',
  'appraise',
  'task',
  'consult',
  'child',
  'approve',
  'sign',
]
