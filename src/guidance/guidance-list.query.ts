import { localDate } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { type Guidance, type GuidanceChannel, guidanceReaders, seesAllGuidance } from './guidance.ts'

const SELECT = `
SELECT n.id, n.at, jsonb_build_object('id', a.id, 'code', a.code, 'name', a.short_name) AS agency,
  CASE WHEN s.id IS NOT NULL THEN jsonb_build_object('id', s.id, 'name', s.name) END AS "servicePoint",
  jsonb_build_object('accountId', o.id, 'name', o.name) AS officer, n.channel, n.topic,
  CASE WHEN f.id IS NOT NULL THEN jsonb_build_object('code', f.code, 'name', f.name) END AS field,
  CASE WHEN n.procedure_code IS NOT NULL THEN jsonb_build_object('code', n.procedure_code, 'name', v.name) END AS procedure,
  n.outcome, n.note, n.struck_at AS "struckAt", k.name AS "struckBy", n.struck_reason AS "struckReason"
FROM guidance n JOIN agency a ON a.id = n.agency_id JOIN account o ON o.id = n.account_id
LEFT JOIN service_point s ON s.id = n.service_point_id LEFT JOIN field f ON f.id = n.field_id
LEFT JOIN account k ON k.id = n.struck_by
LEFT JOIN LATERAL (SELECT name FROM procedure_version v WHERE v.procedure_code = n.procedure_code
                   ORDER BY v.version DESC LIMIT 1) v ON true`

type Row = Omit<Guidance, 'struck'> & { struckAt: Date | null; struckBy: string | null; struckReason: string | null }

function fromRow({ struckAt, struckBy, struckReason, ...row }: Row): Guidance {
  return { ...row, struck: struckAt && { at: struckAt, by: struckBy ?? '', reason: struckReason ?? '' } }
}

/** $1 and $2 the period, $3 agency or null, $4 and $5 where the page before ended, $6 how many. */
const LIST = `${SELECT}
WHERE n.at >= $1::timestamptz AND n.at < $2::timestamptz AND ($3::int IS NULL OR n.agency_id = $3)
  AND ($5::bigint IS NULL OR (n.at, n.id) < ($4::timestamptz, $5))
ORDER BY n.at DESC, n.id DESC LIMIT $6::int`

export type GuidancePage = { rows: Guidance[]; next: string | null }
export type AskedGuidance = {
  begins: Date
  until: Date
  agencyId: number | null
  after?: string | undefined
  limit: number
}

/** Newest first, struck ones too. `after`: the `next` of the page before. Throws `cursor-unusable`. */
export async function listGuidance(ctx: Ctx, asked: AskedGuidance): Promise<GuidancePage> {
  const values = [asked.begins, asked.until, asked.agencyId, ...placeAfter(asked.after), asked.limit + 1]
  const found = (await run<Row>(ctx.db, LIST, values)).map(fromRow)
  const rows = found.slice(0, asked.limit)
  const last = rows.at(-1)
  return { rows, next: found.length > asked.limit && last ? `${last.at.getTime()}-${last.id}` : null }
}

function placeAfter(after: string | undefined): [at: Date, id: number] | [null, null] {
  if (after === undefined) return [null, null]
  const [, at, id] = /^(\d{1,15})-(\d{1,15})$/u.exec(after) ?? []
  if (!at || !id) throw new Refusal('invalid', 'cursor-unusable', { field: 'cursor' })
  return [new Date(Number(at)), Number(id)]
}

/** Throws `guidance-not-found` also for one that is not the officer's to know of. */
export async function getGuidance(ctx: Ctx, id: number): Promise<Guidance> {
  const [row] = await run<Row>(ctx.db, `${SELECT} WHERE n.id = $1::bigint`, [id])
  const { actor } = ctx
  const found = row && fromRow(row)
  const sees = actor.kind === 'officer' && guidanceReaders.includes(actor.role)
  if (!found || !sees || (found.agency.id !== actor.agencyId && !seesAllGuidance(actor))) {
    throw new Refusal('not-found', 'guidance-not-found')
  }
  return found
}

/** $1 procedure, $2 field, $3 today. */
const SUBJECT = `
SELECT v.procedure_code AS procedure, coalesce(v.field_id, f.id) AS "fieldId"
FROM (VALUES ($1::text, $2::text)) AS asked (procedure, field)
LEFT JOIN procedure_version v ON v.procedure_code = asked.procedure
  AND v.valid_from <= $3::date AND (v.valid_to > $3::date) IS NOT FALSE
LEFT JOIN field f ON f.code = asked.field`

/** A procedure in force today with its field, or the field of a code. */
export async function findSubject(
  ctx: Ctx,
  { procedure, field }: { procedure: string | undefined; field: string | undefined },
): Promise<{ procedure: string | null; fieldId: number | null }> {
  const [found] = await run<{ procedure: string | null; fieldId: number | null }>(ctx.db, SUBJECT, [
    procedure ?? null,
    field ?? null,
    localDate(ctx.clock.now()),
  ])
  return found ?? { procedure: null, fieldId: null }
}

export type LastChoice = { channel: GuidanceChannel; field: string | null; servicePoint: number | null }

/** What the officer chose last since `since`, not struck out: the next one in the queue often asks the same. */
export async function findLastChoice(
  ctx: Ctx,
  { agencyId, accountId, since }: { agencyId: number; accountId: number; since: Date },
): Promise<LastChoice | undefined> {
  const [found] = await run<LastChoice>(
    ctx.db,
    `SELECT n.channel, f.code AS field, n.service_point_id AS "servicePoint"
     FROM guidance n LEFT JOIN field f ON f.id = n.field_id
     WHERE n.agency_id = $1::int AND n.account_id = $2::int AND n.at >= $3::timestamptz AND n.struck_at IS NULL
     ORDER BY n.at DESC, n.id DESC LIMIT 1`,
    [agencyId, accountId, since],
  )
  return found
}
