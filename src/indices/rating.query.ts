import type { ListPlace } from '#src/library/list-place.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { type Form01, type RatedIndex, ratedIndices } from './dossier-rating.ts'
import type { MeasureKey } from './measure.ts'

/** Ratings of dossiers whose result came within the instants, as appraisers had changed them by `said`; `agencies` null for all. */
export type RatedPeriod = { begins: Date; until: Date; said: Date; agencies: readonly number[] | null }

const IDS = 'ANY (coalesce($3::int[], (SELECT array_agg(id) FROM agency)))'
const points = (index: RatedIndex) => `coalesce((c.points ->> '${index}')::smallint, r.p${index})`

/** `$1` begins, `$2` until, `$3` agencies, `$4` said. Changes are few, so they are read whole and joined. */
const EFFECTIVE = `
SELECT r.dossier_id, r.agency_id, r.account_id, r.ready_at, c.points IS NOT NULL AS changed,
  ${ratedIndices.map(index => `${points(index)} AS p${index}`).join(', ')}
FROM dossier_rating r LEFT JOIN (
  SELECT dossier_id, jsonb_object_agg(index_number, points) AS points FROM (
    SELECT DISTINCT ON (dossier_id, index_number) dossier_id, index_number, points FROM dossier_rating_change
    WHERE at <= $4 ORDER BY dossier_id, index_number, id DESC) last
  GROUP BY dossier_id) c ON c.dossier_id = r.dossier_id
WHERE r.agency_id = ${IDS} AND r.ready_at >= $1 AND r.ready_at < $2`

const SUMS = ratedIndices
  .map(index => `coalesce(sum(e.p${index}), 0)::int AS points_${index}, count(e.p${index})::int AS rated_${index}`)
  .join(', ')

const values = ({ begins, until, agencies, said }: RatedPeriod) => [begins, until, agencies, said]

type Sums = Record<`points_${RatedIndex}` | `rated_${RatedIndex}`, number>

/** By agency: points and number of dossiers rated by each index. */
export async function listRatingSums(
  ctx: Ctx,
  period: RatedPeriod,
): Promise<{ agencyId: number; sums: Partial<Record<MeasureKey, number>> }[]> {
  const sql = `SELECT e.agency_id, ${SUMS} FROM (${EFFECTIVE}) e GROUP BY e.agency_id`
  const rows = await run<Sums & { agency_id: number }>(ctx.db, sql, values(period))
  return rows.map(({ agency_id: agencyId, ...sums }) => ({ agencyId, sums }))
}

/** `averages`: null where none of the dossiers could be rated by the index. */
export type RatedOfficer = {
  accountId: number
  name: string
  agencyId: number
  agency: string
  dossiers: number
  averages: Form01
}

/** Those who had dossiers to appraise: in the order of agencies, then of names. */
export async function listRatedOfficers(ctx: Ctx, period: RatedPeriod): Promise<RatedOfficer[]> {
  const rows = await run<Sums & { id: number; name: string; agency_id: number; agency: string; dossiers: number }>(
    ctx.db,
    `SELECT o.id, o.name, g.id AS agency_id, g.short_name AS agency, count(*)::int AS dossiers, ${SUMS}
     FROM (${EFFECTIVE}) e JOIN account o ON o.id = e.account_id JOIN agency g ON g.id = e.agency_id
     GROUP BY o.id, g.id ORDER BY g.code, o.name, o.id LIMIT 20000`,
    values(period),
  )
  return rows.map(row => ({
    accountId: row.id,
    name: row.name,
    agencyId: row.agency_id,
    agency: row.agency,
    dossiers: row.dossiers,
    averages: averagesOf(row),
  }))
}

const averagesOf = (sums: Sums) =>
  Object.fromEntries(
    ratedIndices.map(i => [i, sums[`rated_${i}`] > 0 ? sums[`points_${i}`] / sums[`rated_${i}`] : null]),
  ) as Form01

export type RatedDossier = {
  id: number
  agencyId: number
  code: string
  procedure: string
  agency: string
  officer: string | null
  readyAt: Date
  changed: boolean
  points: Form01
}
type RatedRow = Omit<RatedDossier, 'points'> & Record<`p${RatedIndex}`, number | null>

const RATED = `
SELECT e.dossier_id AS id, d.code, v.name AS procedure, g.short_name AS agency, o.name AS officer, e.ready_at AS "readyAt",
  e.agency_id AS "agencyId", e.changed, e.p1, e.p2, e.p3, e.p4, e.p6, e.p7
FROM (${EFFECTIVE}) e JOIN dossier d ON d.id = e.dossier_id JOIN procedure_version v ON v.id = d.procedure_version_id
JOIN agency g ON g.id = e.agency_id LEFT JOIN account o ON o.id = e.account_id`

const dossierOf = ({ p1, p2, p3, p4, p6, p7, ...row }: RatedRow): RatedDossier => ({
  ...row,
  points: { 1: p1, 2: p2, 3: p3, 4: p4, 6: p6, 7: p7 },
})

/** `$5` officer, `$6` to `$8` the place before (agency, microseconds since 1970, number), `$9` how many: in the order of the index. */
export const ratedPageSql = `${RATED}
WHERE ($5::int IS NULL OR e.account_id = $5)
  AND (e.agency_id, e.ready_at, e.dossier_id) > ($6::int, 'epoch'::timestamptz + $7::bigint * interval '1 microsecond', $8::bigint)
ORDER BY e.agency_id, e.ready_at, e.dossier_id LIMIT $9::int`

/** A page of them, agency by agency, the first result first; of one officer if named. `after`: where the page before ended. */
export async function listRatedDossiers(
  ctx: Ctx,
  period: RatedPeriod,
  { after, limit, officer }: { after: ListPlace['after']; limit: number; officer?: number | undefined },
): Promise<RatedDossier[]> {
  const { agencyId, key, id } = after ?? { agencyId: 0, key: 0, id: 0 }
  const rows = await run<RatedRow>(ctx.db, ratedPageSql, [...values(period), officer ?? null, agencyId, key, id, limit])
  return rows.map(dossierOf)
}

/** The newest result that is rated, not later than now; undefined when none is. An agency at a time, each from its index. */
export async function findLastRated(ctx: Ctx): Promise<Date | undefined> {
  const [row] = await run<{ at: Date | null }>(
    ctx.db,
    `SELECT max(last.ready_at) AS at FROM agency a CROSS JOIN LATERAL (
       SELECT r.ready_at FROM dossier_rating r WHERE r.agency_id = a.id AND r.ready_at <= $1 ORDER BY r.ready_at DESC LIMIT 1) last`,
    [ctx.clock.now()],
  )
  return row?.at ?? undefined
}

export async function countRatedDossiers(ctx: Ctx, period: RatedPeriod, officer?: number): Promise<number> {
  const [row] = await run<{ n: number }>(
    ctx.db,
    `SELECT count(*)::int AS n FROM dossier_rating r
     WHERE r.agency_id = ${IDS} AND r.ready_at >= $1 AND r.ready_at < $2 AND ($4::int IS NULL OR r.account_id = $4)`,
    [period.begins, period.until, period.agencies, officer ?? null],
  )
  return row?.n ?? 0
}

export type RatingChange = { index: RatedIndex; points: number; reason: string; by: string; at: Date }
export type DossierRating = RatedDossier & { computed: Form01; changes: RatingChange[] }

/** Form 01 of the dossier of that code, with what was computed and who changed what, the last first; undefined when it is not rated. */
export async function findDossierRating(ctx: Ctx, code: string): Promise<DossierRating | undefined> {
  const [row] = await run<RatedRow & { changes: RatingChange[] | null }>(
    ctx.db,
    `SELECT d.id, d.code, v.name AS procedure, g.short_name AS agency, g.id AS "agencyId", o.name AS officer, r.ready_at AS "readyAt",
       r.p1, r.p2, r.p3, r.p4, r.p6, r.p7, (
         SELECT json_agg(json_build_object('index', c.index_number, 'points', c.points, 'reason', c.reason, 'by', a.name, 'at', c.at)
                         ORDER BY c.id DESC)
         FROM dossier_rating_change c JOIN account a ON a.id = c.account_id WHERE c.dossier_id = d.id) AS changes
     FROM dossier d JOIN dossier_rating r ON r.dossier_id = d.id JOIN procedure_version v ON v.id = d.procedure_version_id
     JOIN agency g ON g.id = r.agency_id LEFT JOIN account o ON o.id = r.account_id WHERE d.code = $1::text`,
    [code],
  )
  if (!row) return undefined
  const { changes: said, ...rest } = row
  const changes = (said ?? []).map(one => ({ ...one, at: new Date(one.at) }))
  const { points: computed, ...dossier } = dossierOf({ ...rest, changed: changes.length > 0 })
  const points = { ...computed }
  for (const { index, points: n } of [...changes].reverse()) points[index] = n
  return { ...dossier, points, computed, changes }
}
