import type { MultiPolygon, Point } from 'geojson'
import { addDays, type LocalDate, weekday } from '#src/calendar/local-date.ts'
import { shareOf } from '#src/charts/number-text.ts'
import type { SumRow } from '#src/facts/fact-sums.query.ts'
import { addTallies, noTally, type Tally, type TallyKey } from '#src/facts/tally.ts'
import { type Definitions, usualDefinitions } from '#src/periods/definition.ts'
import type { Role } from '#src/platform/ctx.ts'
import type { StepKind } from '#src/processes/process.ts'
import { type Ii06aRow, ii06aRow } from '#src/statutory/ii06a.ts'

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

/** Counts whose meaning depends on the definitions in force: told by the columns of form II.06a alone. */
type Judged = 'early' | 'on_time' | 'late' | 'no_term' | 'overdue'

/** What was counted, with the columns of form II.06a by the definitions in force, so that a dashboard says what the reports say. */
export type Counted = Omit<Tally, Judged> & Ii06aRow

/** From Monday to Sunday, or to today; both local days inclusive. `overdue`: as column (13) of form II.06a has it at the end of the week. */
export type Week = { from: LocalDate; to: LocalDate; received: number; solved: number; overdue: number }

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
  /** In force today, by which all but the weeks is counted. */
  definitions: Definitions
  day: Counted
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
export function endedOf(tally: Pick<Tally, 'carried' | 'received' | 'open'>): number {
  return tally.carried + tally.received - tally.open
}

/** What was solved late in the period, of all that was solved, as 0 to 100; null when nothing was. */
export function lateShare({ c7, c10 }: Ii06aRow): number | null {
  return shareOf(c10, c7)
}

/** What is open now and overdue, of all that is open, as 0 to 100; null when nothing is open. */
export function overdueShare({ c11, c13 }: Ii06aRow): number | null {
  return shareOf(c13, c11)
}

export function counted(tally: Tally, definitions: Definitions): Counted {
  const { early: _1, on_time: _2, late: _3, no_term: _4, overdue: _5, ...rest } = tally
  return { ...rest, ...ii06aRow(tally, definitions) }
}

/** Some rows of a dashboard's month together. */
export function sumCounted(rows: readonly SumRow[], { definitions }: Pick<Dashboard, 'definitions'>): Counted {
  return counted(addTallies(rows.map(({ tally }) => tally)), definitions)
}

type Month = Pick<Dashboard, 'month' | 'definitions'>

/** Sums of the month's rows of the same key. */
export function countsBy(board: Month, keyOf: (row: SumRow) => number): Map<number, Counted> {
  const groups = Map.groupBy(board.month, keyOf)
  return new Map([...groups].map(([key, group]) => [key, sumCounted(group, board)]))
}

const nothing = counted(noTally, usualDefinitions)
export const countsOf = (counts: ReadonlyMap<number, Counted>, id: number): Counted => counts.get(id) ?? nothing

/** All that form II.06a is made of, and what dashboards show beside it. */
export const dashboardKeys: readonly TallyKey[] = [
  'carried',
  'received',
  'received_online',
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
  'open',
  'overdue',
  'paused_overdue',
  'in_time_by_extension',
  'paused_supplement',
  'paused_obligation',
]

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
