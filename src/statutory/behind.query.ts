import { type Sight, sightOf, sightSql, sightValues } from '#src/dossiers/sight.ts'
import { placeholders, type Statement } from '#src/lists/dossier-list.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { findAskedField } from '#src/reports/asked.query.ts'
import type { Asked } from '#src/reports/report.ts'
import { type BehindAsked, foundSql } from './behind-sql.ts'
import { type CellPart, partsOf, readCell, termsOf } from './cell.ts'

/**
 * A dossier behind a number, as it stood at the end of what was asked. `applicant` is empty where the reader may not open it (`isSeen`);
 * `n`: how often it counts, once but for what can happen twice at an instant.
 */
export type Behind = {
  id: number
  at: Date | null
  n: number
  ref: string
  isSeen: boolean
  procedure: string
  procedureCode: string
  applicant: string
  receivedAt: Date | null
  dueAt: Date | null
  endedAt: Date | null
  agency: string
  cause: string | null
}

export type BehindPage = { rows: Behind[]; next: string | null }

/** The dossiers behind the number `asked.by` names, as many as it says; a page is one statement, two where two parts meet. */
export async function listBehind(
  ctx: Ctx,
  asked: Asked,
  { after, limit }: { after: string | null; limit: number },
): Promise<BehindPage> {
  const { cell, own } = readCell(asked.by ?? 'received')
  const parts = partsOf(termsOf(cell, asked.definitions))
  const { begins, until, filters } = asked
  const agencies = own ? [asked.agency.id] : asked.agencies
  const fieldId = await findAskedField(ctx, asked)
  const { procedure, channel } = filters
  const rows: (Behind & { part: number })[] = []
  let place = readPlace(after)
  for (const [index, part] of parts.entries()) {
    if (index < place.part || rows.length > limit) continue
    const wanted = {
      begins,
      until,
      agencies,
      fieldId,
      procedure,
      channel,
      after: place.after,
      limit: limit + 1 - rows.length,
    }
    const { text, values } = behindStatement(part, wanted, sightOf(ctx.actor))
    rows.push(...(await run<Behind>(ctx.db, text, values)).map(row => ({ ...row, part: index })))
    place = { part: index + 1, after: null }
  }
  const last = rows[limit - 1]
  return { rows: rows.slice(0, limit), next: rows.length > limit && last ? placeText(last) : null }
}

/** The statement of a page, for reading and measuring it. */
export function behindStatement(part: CellPart, asked: BehindAsked, sight: Sight): Statement {
  const values: unknown[] = []
  const $ = placeholders(values)
  const found = foundSql(part, asked, $)
  const until = $(asked.until, 'timestamptz')
  const seen = sightSql(values.length + 1)
  values.push(...sightValues(sight))
  const text = `
WITH found AS (${found}
)
SELECT d.id, found.at, found.n, coalesce(d.code, 'D' || d.id) AS ref, ${seen} AS "isSeen", v.name AS procedure, d.procedure_code AS "procedureCode",
  CASE WHEN ${seen} THEN d.applicant_name ELSE '' END AS applicant,
  d.received_at AS "receivedAt", due.at AS "dueAt",
  CASE WHEN coalesce(d.ready_at, d.closed_at) < ${until} THEN coalesce(d.ready_at, d.closed_at) END AS "endedAt",
  a.short_name AS agency, cause.short_name AS cause
FROM found
JOIN dossier d ON d.id = found.id
JOIN procedure_version v ON v.id = d.procedure_version_id
JOIN agency a ON a.id = d.competent_agency_id
CROSS JOIN LATERAL (
  SELECT CASE WHEN last.x IS NULL THEN d.original_due_at ELSE (last.x ->> 'to')::timestamptz END AS at
  FROM (SELECT (
    SELECT e.x FROM jsonb_array_elements(d.detail -> 'adjustments') WITH ORDINALITY AS e (x, nth)
    WHERE (e.x ->> 'at')::timestamptz < ${until} ORDER BY e.nth DESC LIMIT 1) AS x) last
) due
LEFT JOIN LATERAL (
  SELECT c.short_name FROM agency c WHERE c.id = CASE WHEN d.ready_at < ${until} THEN d.cause_agency_id ELSE (
    SELECT w.cause_agency_id FROM dossier_alert w
    WHERE w.dossier_id = d.id AND w.subject = 'dossier' AND w.late AND w.due_at = due.at AND w.cause_agency_id IS NOT NULL AND w.at < ${until}
    ORDER BY w.id DESC LIMIT 1) END
) cause ON true
ORDER BY found.at, found.id`
  return { text, values }
}

/** What the field asked for is called; undefined when none was. */
export async function findFieldName(ctx: Ctx, { filters }: Pick<Asked, 'filters'>): Promise<string | undefined> {
  if (filters.field === undefined) return undefined
  const [field] = await run<{ name: string }>(ctx.db, 'SELECT name FROM field WHERE code = $1::text', [filters.field])
  return field?.name
}

type Place = { part: number; after: BehindAsked['after'] }

function readPlace(after: string | null): Place {
  if (after === null) return { part: 0, after: null }
  const found = /^([01])\.(-|\d{1,15})\.(\d{1,15})$/u.exec(after)
  if (!found) throw new Refusal('invalid', 'cursor-unusable', { field: 'cursor' })
  const [, part, at, id] = found
  return { part: Number(part), after: { at: at === '-' ? null : new Date(Number(at)), id: Number(id) } }
}

const placeText = ({ part, at, id }: Behind & { part: number }) => `${part}.${at?.getTime() ?? '-'}.${id}`
