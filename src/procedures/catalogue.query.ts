import { localDate } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { fold } from '#src/platform/text.ts'
import type { Procedure } from './procedure.ts'

export type CatalogueFilter = {
  /** What was typed: with or without diacritics, with slips of the keyboard, or a code. */
  q?: string | undefined
  /** Code of a field. */
  field?: string | undefined
  level?: Procedure['level'] | undefined
  /** Service level (how much of it can be done online). */
  service?: Procedure['serviceLevel'] | undefined
}

export type CatalogueItem = Pick<Procedure, 'code' | 'name' | 'level' | 'serviceLevel'> & {
  field: { code: string; name: string }
  authority: string
}

/** `total` counts every match, `next` is the place after this page (null on the last). */
export type CataloguePage = { items: CatalogueItem[]; total: number; next: number | null }

export const PAGE_SIZE = 20
/** Nobody reads further; a narrower search serves better. */
export const FURTHEST = 2_000

type ItemRow = CatalogueItem & { total: number }

const IN_FORCE = 'v.valid_from <= $1::date AND (v.valid_to > $1::date) IS NOT FALSE'
const FILTERS = `($2::text IS NULL OR f.code = $2) AND ($3::text IS NULL OR p.level = $3)
  AND ($4::text IS NULL OR v.service_level = $4)`
const ITEM = `v.procedure_code AS code, v.name, p.level, v.service_level AS "serviceLevel",
  jsonb_build_object('code', f.code, 'name', f.name) AS field, v.content ->> 'authority' AS authority`
const TABLES = `procedure_version v JOIN procedure p ON p.code = v.procedure_code JOIN field f ON f.id = v.field_id`

/** $1 local day, $2 field, $3 level, $4 service level, $5 limit, $6 offset. */
const BROWSE = `
SELECT ${ITEM}, count(*) OVER ()::int AS total FROM ${TABLES} WHERE ${IN_FORCE} AND ${FILTERS}
ORDER BY f.name, v.procedure_code LIMIT $5 OFFSET $6`

/** How many are weighed at most: likeness costs far more than finding, and nobody needs the four-hundredth match. */
const WEIGHED = 400

/**
 * As BROWSE; $7 the folded words as one text, $8 one LIKE pattern per word (a word begins so). First what may be meant is
 * found, each way by its own index; then the nearest are weighed: words found as typed, words nearly found, and how little
 * else the name holds, so that the plain procedure comes before its variants. Far behind the best is left out.
 */
export const SEARCH = `
WITH meant AS (
  SELECT v.id, 4 AS weight FROM procedure_version v WHERE v.procedure_code LIKE upper($7) || '%' AND ${IN_FORCE}
  UNION ALL SELECT v.id, 0 FROM procedure_version v WHERE v.search LIKE ANY ($8::text[]) AND ${IN_FORCE}
  UNION ALL SELECT v.id, 1 FROM procedure_version v WHERE v.search %> $7 AND ${IN_FORCE}
  UNION ALL SELECT v.id, 1 FROM procedure_version v WHERE v.search %>> $7 AND ${IN_FORCE}
), nearest AS MATERIALIZED (
  SELECT m.id, m.weight, w.found
  FROM (SELECT id, max(weight) AS weight FROM meant GROUP BY id) m
  JOIN procedure_version v USING (id) JOIN procedure p ON p.code = v.procedure_code JOIN field f ON f.id = v.field_id
  CROSS JOIN LATERAL (SELECT avg((v.search LIKE word)::int) AS found FROM unnest($8::text[]) AS word) w
  WHERE ${FILTERS}
  ORDER BY m.weight + w.found DESC, m.id LIMIT ${WEIGHED}
), weighed AS MATERIALIZED (
  SELECT n.id, n.found + 2 * word_similarity($7, v.search) + similarity($7, vn_fold(v.name))
    + CASE WHEN v.procedure_code = upper($7) THEN 9 WHEN n.weight = 4 THEN 4 ELSE 0 END AS score
  FROM nearest n JOIN procedure_version v USING (id)
)
SELECT ${ITEM}, count(*) OVER ()::int AS total
FROM (SELECT *, max(score) OVER () AS best FROM weighed) hit
JOIN procedure_version v USING (id) JOIN procedure p ON p.code = v.procedure_code JOIN field f ON f.id = v.field_id
WHERE hit.score >= 1.2 AND hit.score >= 0.75 * hit.best
ORDER BY hit.score DESC, v.procedure_code LIMIT $5 OFFSET $6`

/** Procedures in force today: those that fit what was typed, best first, or all of them by field. One statement. */
export async function searchProcedures(
  ctx: Ctx,
  filter: CatalogueFilter,
  { after = 0, limit = PAGE_SIZE }: { after?: number | undefined; limit?: number | undefined } = {},
): Promise<CataloguePage> {
  const { field = null, level = null, service = null } = filter
  const common = [today(ctx), field, level, service, limit, after]
  const { text, words } = asked(filter.q ?? '')
  const rows =
    words.length > 0
      ? await run<ItemRow>(ctx.db, SEARCH, [...common, text, words.map(word => `% ${word}%`)])
      : await run<ItemRow>(ctx.db, BROWSE, common)
  const total = rows[0]?.total ?? 0
  const reached = after + rows.length
  const next = rows.length === limit && reached < Math.min(total, FURTHEST) ? reached : null
  return { items: rows.map(({ total: _, ...item }) => item), total, next }
}

/** Folded words, each once; `%` and `_` are no letters, so nothing needs escaping in a pattern. */
function asked(q: string): { text: string; words: string[] } {
  const all = fold(q.slice(0, 200)).split(/[^\p{L}\p{N}.]+/u)
  const words = [...new Set(all.filter(Boolean))].slice(0, 12)
  return { text: words.join(' '), words }
}

export type FieldCount = { code: string; name: string; count: number }

/** Fields that have procedures in force, by name, with how many; there are a few dozen. */
export async function listFields(ctx: Ctx): Promise<FieldCount[]> {
  return run<FieldCount>(
    ctx.db,
    `SELECT f.code, f.name, count(*)::int AS count FROM ${TABLES} WHERE ${IN_FORCE} GROUP BY f.id ORDER BY f.name`,
    [today(ctx)],
  )
}

/** A procedure as published, with where its text stands among its versions. */
export type PublishedProcedure = Omit<Procedure, 'fieldName' | 'resolverId'> & {
  field: { code: string; name: string }
  /** The one agency that resolves it; null where each commune resolves its own. */
  resolver: { code: string; name: string } | null
  validFrom: string
  /** First day on which it no longer applies. */
  validTo: string | null
  /** Every published version, newest first. */
  versions: { version: number; validFrom: string; validTo: string | null; decision: string | null }[]
}

const ONE = `
SELECT v.procedure_code AS code, v.id AS "versionId", v.version, v.name, p.level, v.decision,
       v.service_level AS "serviceLevel", v.content, v.valid_from AS "validFrom", v.valid_to AS "validTo",
       jsonb_build_object('code', f.code, 'name', f.name) AS field,
       CASE WHEN a.id IS NOT NULL THEN jsonb_build_object('code', a.code, 'name', a.name) END AS resolver,
       (SELECT jsonb_agg(jsonb_build_object('version', o.version, 'validFrom', o.valid_from, 'validTo', o.valid_to,
                                            'decision', o.decision) ORDER BY o.version DESC)
        FROM procedure_version o WHERE o.procedure_code = v.procedure_code) AS versions
FROM ${TABLES} LEFT JOIN agency a ON a.id = p.resolver_id
WHERE v.procedure_code = $2 AND CASE WHEN $3::int IS NULL THEN ${IN_FORCE} ELSE v.version = $3 END`

/** The version in force today, or the one asked for; undefined when there is none. */
export async function findProcedure(
  ctx: Ctx,
  code: string,
  version: number | null = null,
): Promise<PublishedProcedure | undefined> {
  const [row] = await run<PublishedProcedure>(ctx.db, ONE, [today(ctx), code, version])
  return row
}

/** How many of the newest dossiers are looked at for what people come for; a bounded walk down the primary key. */
const RECENT = 1_000

/** What people handed in most among the newest dossiers, in force today; empty before there are any. */
export async function listPopularProcedures(ctx: Ctx, limit: number): Promise<{ code: string; name: string }[]> {
  return run(
    ctx.db,
    `SELECT v.procedure_code AS code, v.name
     FROM (SELECT procedure_code, count(*) AS times
           FROM (SELECT procedure_code FROM dossier WHERE parent_id IS NULL ORDER BY id DESC LIMIT ${RECENT}) newest
           GROUP BY procedure_code) often
     JOIN procedure_version v USING (procedure_code)
     WHERE ${IN_FORCE} ORDER BY often.times DESC, v.procedure_code LIMIT $2`,
    [today(ctx), limit],
  )
}

const today = (ctx: Ctx) => localDate(ctx.clock.now())
