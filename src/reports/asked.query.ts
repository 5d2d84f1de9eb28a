import { addDays, type LocalDate, localDate } from '#src/calendar/local-date.ts'
import { getDefinitions } from '#src/periods/definition.query.ts'
import { findPreset, presetsAround } from '#src/periods/period-preset.ts'
import { listSchemes } from '#src/periods/period-scheme.query.ts'
import type { Ctx, Role } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { type AskedParams, instantOf, spanOf } from './asked.ts'
import { type Asked, type ReportAgency, type ReportKind, reportFilters } from './report.ts'

/** Who reads a report: an officer, or the role for which one is made by the clock. */
export type Reader = { role: Role; agencyId: number }

/** `depth`: how far below the first one it stands. */
export type TreeAgency = ReportAgency & {
  parentId: number | null
  kind: string
  validFrom: LocalDate
  validTo: LocalDate | null
  depth: number
}

/** Every agency there is or was: a few thousand at most. */
const AGENCIES = `
SELECT id, code, name, kind, parent_id AS "parentId", valid_from AS "validFrom", valid_to AS "validTo", 0 AS depth
FROM agency ORDER BY code LIMIT 20000`

/**
 * What a reader asks of a report, made exact. Throws Refusal: `forbidden` (not this role's report), `not-found` (an agency not theirs),
 * `invalid` at the field of `params` that is wrong.
 */
export async function getAsked(ctx: Ctx, kind: ReportKind, params: AskedParams, reader: Reader): Promise<Asked> {
  if (!kind.roles.includes(reader.role)) throw new Refusal('forbidden', 'role-not-allowed')
  const span = spanOf(await daysOf(ctx, params), instantOf(params.asOf), ctx.clock.now())
  const theirs = await listReaderAgencies(ctx, reader)
  const agency = params.agency === undefined ? theirs[0] : theirs.find(({ code }) => code === params.agency)
  if (!agency) {
    // Another agency's numbers are none of theirs to know of.
    if (!isProvinceWide(reader.role)) throw new Refusal('not-found', 'page-not-found')
    throw new Refusal('invalid', 'report-agency-unknown', { field: 'agency' })
  }
  const by = params.by ?? kind.groupings?.[0]?.value ?? null
  const filters = Object.fromEntries(
    reportFilters.flatMap(name => {
      const value = kind.filters?.includes(name) ? params[name] : undefined
      return value === undefined ? [] : [[name, value]]
    }),
  )
  const { id, code, name } = agency
  const agencies = isWhole(agency) ? null : subtree(theirs, id).map(one => one.id)
  await checkFilters(ctx, filters, agencies)
  const definitions = await getDefinitions(ctx, span.to)
  return { ...span, agency: { id, code, name }, agencies, by, filters, definitions }
}

const KNOWN = `
SELECT ($1::text IS NULL OR EXISTS (SELECT FROM field WHERE code = $1)) AS field,
  ($2::text IS NULL OR EXISTS (SELECT FROM procedure WHERE code = $2)) AS procedure,
  ($3::int IS NULL OR EXISTS (SELECT FROM service_point WHERE id = $3 AND ($5::int[] IS NULL OR agency_id = ANY ($5)))) AS "servicePoint",
  ($4::int IS NULL OR EXISTS (SELECT FROM assignment WHERE account_id = $4 AND ($5::int[] IS NULL OR agency_id = ANY ($5)))) AS officer`

/** Throws `invalid` at a filter whose value is nothing of these agencies. */
async function checkFilters(ctx: Ctx, filters: Asked['filters'], agencies: Asked['agencies']): Promise<void> {
  if (Object.keys(filters).length === 0) return
  const { field = null, procedure = null, servicePoint = null, officer = null } = filters
  const values = [field, procedure, servicePoint, officer, agencies]
  const [known = {}] = await run<Record<string, boolean>>(ctx.db, KNOWN, values)
  const unknown = Object.keys(known).find(name => !known[name])
  if (unknown) throw new Refusal('invalid', 'report-filter-unknown', { field: unknown })
}

/** Number of the field asked for; undefined when none was. */
export async function findAskedField(ctx: Ctx, { filters }: Pick<Asked, 'filters'>): Promise<number | undefined> {
  if (filters.field === undefined) return undefined
  const [field] = await run<{ id: number }>(ctx.db, 'SELECT id FROM field WHERE code = $1::text', [filters.field])
  return field?.id
}

const isProvinceWide = (role: Role) => role === 'director' || role === 'control' || role === 'reform'

/** Whether it stands for the whole province: agencies of the ministries in it stand below none either, and are one agency each. */
export const isWhole = ({ kind, parentId }: TreeAgency) => kind === 'province' && parentId === null

/**
 * Agencies whose numbers a reader may see, whether or not they still exist, the one whose they usually are first. Who sees the province
 * also sees those that stand beside it, as tax, police and social insurance do: its totals count them.
 */
export async function listReaderAgencies(ctx: Ctx, { role, agencyId }: Reader): Promise<TreeAgency[]> {
  const all = await run<TreeAgency>(ctx.db, AGENCIES, [])
  const whole = isProvinceWide(role) ? all.find(isWhole) : undefined
  if (!whole) return subtree(all, agencyId)
  const beside = all.filter(one => one.parentId === null && one !== whole)
  return [whole, ...beside].flatMap(({ id }) => subtree(all, id))
}

/** An agency and all below it, each before those below it, in the order of codes. */
function subtree(all: readonly TreeAgency[], topId: number): TreeAgency[] {
  const below = Map.groupBy(all, ({ parentId }) => parentId)
  const seen = new Set<number>()
  const walk = (one: TreeAgency, depth: number): TreeAgency[] => {
    // A ring among parents would be a slip of whoever entered them, not a reason to turn for ever.
    if (seen.has(one.id)) return []
    seen.add(one.id)
    return [{ ...one, depth }, ...(below.get(one.id) ?? []).flatMap(child => walk(child, depth + 1))]
  }
  return all.filter(({ id }) => id === topId).flatMap(one => walk(one, 0))
}

type Days = { from: LocalDate; to: LocalDate }

/** A period by its code or its days; of one day the rest of its month; of none the month that is under way. */
async function daysOf(ctx: Ctx, { period, from, to }: AskedParams): Promise<Days> {
  const today = localDate(ctx.clock.now())
  if (period !== undefined) {
    if (from !== undefined || to !== undefined) throw new Refusal('invalid', 'report-period-twice', { field: 'period' })
    const preset = findPreset(await listSchemes(ctx), period)
    if (!preset) throw new Refusal('invalid', 'report-period-unknown', { field: 'period' })
    return preset
  }
  if (from !== undefined && to !== undefined) return { from, to }
  if (from !== undefined) return { from, to: from > today ? from : today }
  if (to !== undefined) return { from: `${to.slice(0, 8)}01`, to }
  const month = presetsAround(await listSchemes(ctx), today).find(({ kind }) => kind === 'month')
  return month ?? { from: `${today.slice(0, 8)}01`, to: today }
}

/** Those that existed on a day of the period. */
export function existingIn(agencies: readonly TreeAgency[], { from, to }: Days): TreeAgency[] {
  return agencies.filter(({ validFrom, validTo }) => validFrom < addDays(to, 1) && (!validTo || validTo > from))
}
