import type { Measure } from '#src/dossiers/fact.ts'
import type { Placeholder } from '#src/lists/dossier-list.ts'
import type { CellPart, Weights } from './cell.ts'

/**
 * What the dossiers of a part must fulfil beside the part itself. `agencies`: null is the whole province. `after`: go on behind this place;
 * `at` null: among those that had not ended.
 */
export type BehindAsked = {
  begins: Date
  until: Date
  agencies: readonly number[] | null
  fieldId?: number | undefined
  procedure?: string | undefined
  channel?: string | undefined
  after: { at: Date | null; id: number } | null
  limit: number
}

/** Ends of stretches that are open: the index dossier_ended holds this very expression. */
const ENDED = 'coalesce(d.ready_at, d.closed_at)'

/** A statement part giving `id`, `at` and `n` (how often it counts) of the next dossiers of a part, in the order of `at` (nulls last) and `id`. */
export function foundSql(part: CellPart, asked: BehindAsked, $: Placeholder): string {
  return part.kind === 'happened' ? happenedSql(part, asked, $) : stoodSql(part, asked, $)
}

/** What was added within the period, one line for each time: read in order from the facts and from those not folded in yet. */
function happenedSql(part: CellPart & { kind: 'happened' }, asked: BehindAsked, $: Placeholder): string {
  const weight = weightSql(part)
  const from = asked.after?.at ?? asked.begins
  const wanted = [
    `f.measure = ANY ('{${measuresOf(part.weights, part.online).join(',')}}'::fact_measure[])`,
    `${weight} <> 0`,
    `f.at >= ${$(from, 'timestamptz')} AND f.at < ${$(asked.until, 'timestamptz')}`,
    ...(asked.after ? [`(f.at, f.dossier_id) > (${$(from, 'timestamptz')}, ${$(asked.after.id, 'bigint')})`] : []),
    ...(asked.fieldId === undefined ? [] : [`f.field_id = ${$(asked.fieldId, 'int')}`]),
    ...(asked.procedure === undefined ? [] : [`f.procedure_code = ${$(asked.procedure, 'text')}`]),
    ...(asked.channel === undefined ? [] : [`f.channel = ${$(asked.channel, 'text')}`]),
  ]
  const limit = $(asked.limit, 'int')
  const agencies = asked.agencies && $(asked.agencies, 'int[]')
  const next = (source: string, more: string[]) => `
    (SELECT f.at, f.dossier_id, sum(${weight} * f.n)::int AS n FROM ${source} f WHERE ${[...wanted, ...more].join(' AND ')}
     GROUP BY f.at, f.dossier_id HAVING sum(${weight} * f.n) <> 0 ORDER BY f.at, f.dossier_id LIMIT ${limit})`
  // Agency by agency, so that each is read in order from its index and no further than the page.
  const folded = agencies
    ? `SELECT x.* FROM unnest(${agencies}) AS a (id) CROSS JOIN LATERAL ${next('fact', ['f.agency_id = a.id'])} x`
    : next('fact', [])
  const inbox = `(SELECT i.at, i.dossier_id, i.measure, i.n, d.competent_agency_id AS agency_id, v.field_id, d.procedure_code, d.channel
    FROM fact_inbox i JOIN dossier d ON d.id = i.dossier_id JOIN procedure_version v ON v.id = d.procedure_version_id)`
  return `
  SELECT u.dossier_id AS id, u.at, sum(u.n)::int AS n FROM (
    ${folded}
    UNION ALL ${next(inbox, agencies ? [`f.agency_id = ANY (${agencies})`] : [])}
  ) u GROUP BY u.at, u.dossier_id HAVING sum(u.n) <> 0 ORDER BY u.at, u.dossier_id LIMIT ${limit}`
}

/** Dossiers open at an instant: those that have ended since by when they did, then those still open; each agency from its index. */
function stoodSql(part: CellPart & { kind: 'stood' }, asked: BehindAsked, $: Placeholder): string {
  const at = $(part.at === 'begins' ? asked.begins : asked.until, 'timestamptz')
  const wanted = [
    `d.competent_agency_id = a.id AND d.received_at IS NOT NULL AND d.received_at < ${at} AND d.parent_id IS NULL`,
    ...(asked.fieldId === undefined
      ? []
      : [
          `d.procedure_version_id = ANY (ARRAY(SELECT id FROM procedure_version WHERE field_id = ${$(asked.fieldId, 'int')}))`,
        ]),
    ...(asked.procedure === undefined ? [] : [`d.procedure_code = ${$(asked.procedure, 'text')}`]),
    ...(asked.channel === undefined ? [] : [`d.channel = ${$(asked.channel, 'text')}`]),
    ...(part.base === 1 && measuresOf(part.weights).length === 0 ? [] : [`${countedSql(part, at)} <> 0`]),
  ]
  const limit = $(asked.limit, 'int')
  const whose = asked.agencies ? `unnest(${$(asked.agencies, 'int[]')}) AS a (id)` : 'agency a'
  const next = (more: string) => `
      (SELECT ${ENDED} AS at, d.id FROM dossier d WHERE ${[...wanted, more].join(' AND ')}
       ORDER BY ${ENDED}, d.id LIMIT ${limit})`
  const { after } = asked
  const behind = after && `${$(after.id, 'bigint')}`
  const branches = [
    ...(after && after.at === null
      ? []
      : [
          next(`${ENDED} >= ${at}${after ? ` AND (${ENDED}, d.id) > (${$(after.at, 'timestamptz')}, ${behind})` : ''}`),
        ]),
    next(`${ENDED} IS NULL${after && after.at === null ? ` AND d.id > ${behind}` : ''}`),
  ]
  return `
  SELECT x.id, x.at, 1 AS n FROM ${whose} CROSS JOIN LATERAL (${branches.join('\n      UNION ALL')}
    ) x ORDER BY x.at, x.id LIMIT ${limit}`
}

/** How often a dossier `d` counts as of `at`. The few facts not folded in yet are summed once, and looked up. */
function countedSql({ base, weights }: CellPart & { kind: 'stood' }, at: string): string {
  const measures = `'{${measuresOf(weights).join(',')}}'::fact_measure[]`
  const sum = (alias: string) => `sum(${caseSql(weights, alias)} * ${alias}.n)`
  return `(${base}
      + coalesce((SELECT ${sum('f')} FROM fact f WHERE f.dossier_id = d.id AND f.at < ${at} AND f.measure = ANY (${measures})), 0)
      + coalesce(((SELECT jsonb_object_agg(s.dossier_id, s.n) FROM (
          SELECT i.dossier_id, ${sum('i')} AS n FROM fact_inbox i WHERE i.at < ${at} AND i.measure = ANY (${measures}) GROUP BY i.dossier_id
        ) s) ->> d.id::text)::int, 0))`
}

function weightSql({ weights, online }: CellPart & { kind: 'happened' }): string {
  const [usual, other] = [caseSql(weights, 'f'), caseSql(online, 'f')]
  return usual === other ? usual : `(CASE f.channel WHEN 'online' THEN ${other} ELSE ${usual} END)`
}

function caseSql(weights: Weights, alias: string): string {
  const cases = measuresOf(weights).map(measure => `WHEN '${measure}' THEN ${weights[measure]}`)
  return cases.length === 0 ? '0' : `(CASE ${alias}.measure ${cases.join(' ')} ELSE 0 END)`
}

function measuresOf(...weights: Weights[]): Measure[] {
  const all = weights.flatMap(one => Object.entries(one) as [Measure, number][])
  return [...new Set(all.filter(([, weight]) => weight !== 0).map(([measure]) => measure))].sort()
}
