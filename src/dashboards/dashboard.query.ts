import { addDays, type LocalDate, localDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import { type SumRow, sumFacts } from '#src/facts/fact-sums.query.ts'
import { listDefinitionsOn } from '#src/periods/definition.query.ts'
import { usualDefinitions } from '#src/periods/definition.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { existingIn, isWhole, listReaderAgencies, type TreeAgency } from '#src/reports/asked.query.ts'
import {
  type Dashboard,
  type DashboardAgency,
  dashboardKeys,
  dashboardRoles,
  MONTH_DAYS,
  sumCounted,
  WEEKS,
  weeksUntil,
} from './dashboard.ts'
import { listLoad, listSteps, readLive } from './live.query.ts'
import { listWeeks } from './weekly-sums.query.ts'

/**
 * How things stand now with an agency (`code`) and those below it: the officer's own, or the province for those who answer for all of it.
 * Ten small statements whatever the number of dossiers. Throws Refusal: `forbidden` (role), `not-found` (an agency not theirs).
 */
export async function readDashboard(ctx: Ctx, officer: Officer, code?: string): Promise<Dashboard> {
  const { top, below } = await getScope(ctx, officer, code)
  const isProvince = isWhole(top)
  const agencies = isProvince ? null : below.map(({ id }) => id)
  const now = ctx.clock.now()
  const today = localDate(now)
  const monthFrom = addDays(today, 1 - MONTH_DAYS)
  const until = new Date(now.getTime() + 1)
  const weekEnds = weeksUntil(today, WEEKS)
  const inForce = await listDefinitionsOn(ctx, [...weekEnds.map(({ to }) => to), today])
  const definitions = inForce.at(-1) ?? usualDefinitions
  // In threes, so that one page does not take every connection of the process.
  const [day, month, weeks] = await Promise.all([
    sumFacts(ctx, { from: startOfLocalDay(today), until, by: [], agencies, keys: dashboardKeys }),
    sumFacts(ctx, { from: startOfLocalDay(monthFrom), until, by: ['agency', 'field'], agencies, keys: dashboardKeys }),
    listWeeks(ctx, {
      weeks: weekEnds.map((week, n) => ({ ...week, definitions: inForce[n] ?? definitions })),
      until,
      agencies,
    }),
  ])
  const shownIds = [top, ...below.filter(one => one !== top && isTold(one, today, month))].map(({ id }) => id)
  const [live, steps, load] = await Promise.all([
    readLive(ctx, { now, today, agencies }),
    listSteps(ctx, { now, today, agencies }),
    shownIds.length === 1 ? listLoad(ctx, { now, today, agency: top.id }) : null,
  ])
  const names = await readNames(ctx, shownIds)
  const agency = { id: top.id, code: top.code, name: top.name }
  const asOf = { at: now, today, monthFrom }
  return {
    ...asOf,
    agency,
    isProvince,
    ...names,
    definitions,
    day: sumCounted(day, { definitions }),
    month,
    weeks,
    live,
    steps,
    load,
  }
}

/** An agency that has ended is told of only while there are dossiers to tell of. */
function isTold(agency: TreeAgency, today: LocalDate, month: readonly SumRow[]): boolean {
  return existingIn([agency], { from: today, to: today }).length > 0 || month.some(row => row.agencyId === agency.id)
}

/** The agency asked about and all there is or was below it; the first of the officer's own unless one is named. */
export async function getScope(
  ctx: Ctx,
  officer: Officer,
  code?: string,
): Promise<{ top: TreeAgency; below: TreeAgency[] }> {
  if (!dashboardRoles.includes(officer.role)) throw new Refusal('forbidden', 'role-not-allowed')
  const theirs = await listReaderAgencies(ctx, officer)
  const at = code === undefined ? 0 : theirs.findIndex(one => one.code === code)
  const top = theirs[at]
  if (!top) throw new Refusal('not-found', 'page-not-found')
  // What stands beside the province counts in it.
  if (isWhole(top)) return { top, below: theirs }
  // A tree written out line by line: what stands deeper right after it is below it.
  const end = theirs.findIndex((one, n) => n > at && one.depth <= top.depth)
  return { top, below: theirs.slice(at, end === -1 ? undefined : end) }
}

type Names = Pick<Dashboard, 'agencies' | 'fields'>

async function readNames(ctx: Ctx, ids: readonly number[]): Promise<Names> {
  const [agencies, fields] = await Promise.all([
    run<DashboardAgency>(
      ctx.db,
      `SELECT a.id, a.code, a.name, a.short_name AS "shortName", a.kind, b.geometry
       FROM agency a LEFT JOIN unit_border b ON b.unit_code = a.unit_code AND a.kind = 'commune'
       WHERE a.id = ANY ($1::int[]) ORDER BY a.short_name, a.code`,
      [ids],
    ),
    run<{ id: number; code: string; name: string }>(ctx.db, 'SELECT id, code, name FROM field', []),
  ])
  return { agencies, fields: new Map(fields.map(({ id, ...field }) => [id, field])) }
}
