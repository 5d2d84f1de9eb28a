import type { LocalDate } from '#src/calendar/local-date.ts'
import { sumFacts } from '#src/facts/fact-sums.query.ts'
import type { Definitions } from '#src/periods/definition.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { ii06aRow } from '#src/statutory/ii06a.ts'
import { RESULT_FILE } from '#src/steps/sign-result.ts'
import { type MeasureKey, type Measures, noMeasures } from './measure.ts'
import { listRatingSums } from './rating.query.ts'

/** Agencies as they stand in the tree, with the procedures they resolve known by `level` and resolver. */
export type ScoredAgency = {
  id: number
  code: string
  name: string
  shortName: string
  kind: string
  parentId: number | null
}

/** `begins` to before `until`; `to` the last local day; `said` until when ratings could be changed; `agencies` null for all. */
export type MeasuredPeriod = {
  begins: Date
  until: Date
  to: LocalDate
  said: Date
  definitions: Definitions
  agencies: readonly number[] | null
}

/** What was received under one procedure at one agency. */
type ProcedureUse = {
  agency: number
  procedure: string
  received: number
  online: number
  full: number
  fullOnline: number
  toSync: number
  synced: number
  components: number
  scanned: number
  paid: number
  paidOnline: number
}
type Results = { agency: number; filed: number }
type Published = {
  code: string
  level: 'province' | 'commune'
  resolver: number | null
  serviceLevel: string
  complete: boolean
}

/** Everything measures are made of, read in a handful of statements for all agencies at once. */
export type MeasureBase = {
  uses: ProcedureUse[]
  results: Results[]
  published: Published[]
  tallies: Awaited<ReturnType<typeof sumFacts>>
  ratings: Awaited<ReturnType<typeof listRatingSums>>
  definitions: Definitions
}

/** `$1` begins, `$2` until, `$3` agencies. A dossier counts at its competent agency, once. */
export const usesSql = `
SELECT d.competent_agency_id AS agency, d.procedure_code AS procedure, count(*)::int AS received,
  count(*) FILTER (WHERE d.channel = 'online')::int AS online,
  count(*) FILTER (WHERE v.service_level = 'full')::int AS full,
  count(*) FILTER (WHERE v.service_level = 'full' AND d.channel = 'online')::int AS "fullOnline",
  count(*) FILTER (WHERE d.sync <> 'none')::int AS "toSync", count(*) FILTER (WHERE d.sync = 'acked')::int AS synced,
  coalesce(sum(lines.all), 0)::int AS components, coalesce(sum(lines.scanned), 0)::int AS scanned,
  count(*) FILTER (WHERE money.paid)::int AS paid, count(*) FILTER (WHERE money.online)::int AS "paidOnline"
FROM dossier d JOIN procedure_version v ON v.id = d.procedure_version_id
CROSS JOIN LATERAL (
  SELECT array_agg(f.component_code) AS codes FROM paper f WHERE f.dossier_id = d.id AND f.uploaded_at < $2) scans
CROSS JOIN LATERAL (
  SELECT count(*) AS all, count(*) FILTER (WHERE line ->> 'code' = ANY (scans.codes)) AS scanned
  FROM jsonb_array_elements(d.detail -> 'components') AS line) lines
CROSS JOIN LATERAL (
  SELECT count(*) > 0 AS paid, count(*) FILTER (WHERE receipt ->> 'method' IN ('transfer', 'card')) > 0 AS online
  FROM jsonb_array_elements(d.detail -> 'receipts') AS receipt WHERE (receipt ->> 'at')::timestamptz < $2) money
WHERE coalesce(d.received_at, d.created_at) >= $1 AND coalesce(d.received_at, d.created_at) < $2
  AND d.received_at IS NOT NULL AND d.parent_id IS NULL AND ($3::int[] IS NULL OR d.competent_agency_id = ANY ($3))
GROUP BY d.competent_agency_id, d.procedure_code`

/** As above; `$4` what a signed result is filed under. */
export const resultsSql = `
SELECT d.competent_agency_id AS agency, count(file.there)::int AS filed
FROM dossier d LEFT JOIN LATERAL (
  SELECT true AS there FROM paper f WHERE f.dossier_id = d.id AND f.component_code = $4 AND f.uploaded_at < $2 LIMIT 1) file ON true
WHERE coalesce(d.ready_at, d.closed_at) >= $1 AND coalesce(d.ready_at, d.closed_at) < $2 AND d.ready_at IS NOT NULL
  AND d.received_at IS NOT NULL AND d.parent_id IS NULL
  AND d.competent_agency_id = ANY (coalesce($3::int[], (SELECT array_agg(id) FROM agency)))
GROUP BY d.competent_agency_id`

/** Procedures in force on the day `$1`, and whether each of the parts the law asks for is published. */
const PUBLISHED = `
SELECT p.code, p.level, p.resolver_id AS resolver, v.service_level AS "serviceLevel",
  v.decision IS NOT NULL AND v.content ->> 'authority' <> '' AND (
    SELECT bool_and(jsonb_array_length(v.content -> part) > 0)
    FROM unnest(ARRAY['applicants', 'steps', 'channels', 'components', 'results', 'legalBasis']) AS part) AS complete
FROM procedure p JOIN procedure_version v ON v.procedure_code = p.code
WHERE v.valid_from <= $1::date AND (v.valid_to IS NULL OR v.valid_to > $1::date) LIMIT 20000`

/** `withRatings`: whether form 01 of the dossiers is wanted too. */
export async function getMeasureBase(ctx: Ctx, period: MeasuredPeriod, withRatings: boolean): Promise<MeasureBase> {
  const { begins, until, to, agencies } = period
  const span = [begins, until, agencies]
  const [uses, results, published, tallies, ratings] = await Promise.all([
    run<ProcedureUse>(ctx.db, usesSql, span),
    run<Results>(ctx.db, resultsSql, [...span, RESULT_FILE]),
    run<Published>(ctx.db, PUBLISHED, [to]),
    sumFacts(ctx, { from: begins, until, by: ['agency', 'channel'], agencies }),
    withRatings ? listRatingSums(ctx, period) : [],
  ])
  return { uses, results, published, tallies, ratings, definitions: period.definitions }
}

/** The measures of some agencies together, as one. */
export function measuresOf(base: MeasureBase, agencies: readonly ScoredAgency[]): Measures {
  const ids = new Set(agencies.map(({ id }) => id))
  const m: Measures = { ...noMeasures }
  const add = (key: MeasureKey, n: number) => {
    m[key] += n
  }
  for (const { agencyId, channel, tally } of base.tallies) {
    if (!ids.has(agencyId)) continue
    const columns = ii06aRow(tally, base.definitions)
    add('received', tally.received)
    add('solved', columns.c7)
    add('solved_in_time', columns.c8 + columns.c9)
    add('open_in_time', columns.c12)
    add('results', tally.early + tally.on_time + tally.late + tally.no_term)
    if (channel !== 'online') continue
    add('received_online', tally.received)
    add('late_online', columns.c10)
  }
  // A result counts in the tally and here by the same instant; a file is one of those.
  for (const one of base.results) if (ids.has(one.agency)) add('results_filed', one.filed)
  for (const one of base.ratings) {
    if (ids.has(one.agencyId)) for (const [key, n] of Object.entries(one.sums)) add(key as MeasureKey, n)
  }
  const uses = base.uses.filter(({ agency }) => ids.has(agency))
  addUses(uses, add)
  addProcedures(
    base.published.filter(one => isTheirs(one, agencies, ids)),
    uses,
    add,
  )
  return m
}

type Add = (key: MeasureKey, n: number) => void

function addUses(uses: readonly ProcedureUse[], add: Add): void {
  for (const one of uses) {
    add('received_full', one.full)
    add('received_full_online', one.fullOnline)
    add('to_sync', one.toSync)
    add('synced', one.synced)
    add('components', one.components)
    add('components_scanned', one.scanned)
    add('fee_dossiers', one.paid)
    add('fee_dossiers_paid_online', one.paidOnline)
  }
  const codes = (some: readonly ProcedureUse[]) => new Set(some.map(({ procedure }) => procedure)).size
  add('fee_procedures', codes(uses.filter(({ paid }) => paid > 0)))
  add('fee_procedures_paid_online', codes(uses.filter(({ paidOnline }) => paidOnline > 0)))
}

function addProcedures(published: readonly Published[], uses: readonly ProcedureUse[], add: Add): void {
  const online = published.filter(({ serviceLevel }) => serviceLevel !== 'info')
  const used = new Set(uses.filter(one => one.online > 0).map(({ procedure }) => procedure))
  add('procedures', published.length)
  add('procedures_complete', published.filter(({ complete }) => complete).length)
  add('procedures_online', online.length)
  add('procedures_used_online', online.filter(({ code }) => used.has(code)).length)
}

/** A commune's procedures are every commune's; others are those of the agency that resolves them. */
function isTheirs(
  { level, resolver }: Published,
  agencies: readonly ScoredAgency[],
  ids: ReadonlySet<number>,
): boolean {
  if (level === 'commune') return agencies.some(({ kind }) => kind === 'commune')
  return resolver !== null && ids.has(resolver)
}
