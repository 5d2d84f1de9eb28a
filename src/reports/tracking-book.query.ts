import { addDays, type LocalDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import type { BookEntry } from '#src/dossiers/book-row.ts'
import { ENTERED } from '#src/lists/dossier-list.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { FormSet } from '#src/procedures/law.ts'

/** Local dates, both inside. */
export type Period = { from: LocalDate; to: LocalDate }

/** A batch is read at a time, so that a year's book never stands in memory whole. */
const BATCH = 500

/** $1 agency, $2 first instant, $3 instant after the last, $4 and $5 where the batch before ended, $6 how many. */
const READ = `
SELECT d.id, d.code, v.name AS "procedureName", (d.detail ->> 'sets')::int AS sets, d.applicant_name AS "applicantName",
       d.detail #>> '{applicant,address}' AS address, d.applicant_phone AS phone, a.name AS "resolvingAgency",
       d.received_at AS "receivedAt", d.due_at AS "dueAt",
       (d.detail #>> '{transfers,0,at}')::timestamptz AS "forwardedAt", d.ready_at AS "readyAt",
       (d.detail #>> '{handOver,at}')::timestamptz AS "returnedAt", d.detail #>> '{handOver,method}' AS "returnMethod",
       d.detail #>> '{handOver,collector}' AS collector, d.state, d.detail ->> 'endReason' AS "endReason",
       (d.detail ->> 'extendedTo')::timestamptz AS "extendedTo"
FROM (SELECT * FROM dossier d
      WHERE d.receiving_agency_id = $1::int AND d.received_at IS NOT NULL AND d.parent_id IS NULL
        AND ${ENTERED} >= $2::timestamptz AND ${ENTERED} < $3::timestamptz
        AND (${ENTERED}, d.id) > ($4::timestamptz, $5::bigint)
      ORDER BY ${ENTERED}, d.id LIMIT $6::int) d
JOIN procedure_version v ON v.id = d.procedure_version_id
JOIN agency a ON a.id = d.competent_agency_id
ORDER BY d.received_at, d.id`

/**
 * The book of an agency's desk for a period, by day of reception, in batches; at most `limit` lines in all. It lists what applicants
 * handed in: what was opened for that at other agencies is part of it, and in no book of its own.
 */
export async function* readBook(
  ctx: Ctx,
  { agencyId, from, to, limit = Number.POSITIVE_INFINITY }: Period & { agencyId: number; limit?: number },
): AsyncGenerator<BookEntry[], void> {
  const begin = startOfLocalDay(from)
  const end = startOfLocalDay(addDays(to, 1))
  let after: { at: Date; id: number } = { at: begin, id: 0 }
  for (let read = 0; read < limit; ) {
    const wanted = Math.min(BATCH, limit - read)
    const batch = await run<BookEntry>(ctx.db, READ, [agencyId, begin, end, after.at, after.id, wanted])
    if (batch.length > 0) yield batch
    const last = batch.at(-1)
    if (!last || batch.length < wanted) return
    read += batch.length
    after = { at: last.receivedAt, id: last.id }
  }
}

/** The statement of one batch, for its plan test. */
export const bookBatchSql = READ

export type BookPart = Period & { formSet: FormSet }

/** The period cut where the set of statutory forms changed; what lies before the first set is kept in it. */
export async function listBookParts(ctx: Ctx, { from, to }: Period): Promise<BookPart[]> {
  const packs = await run<{ formSet: FormSet; validFrom: LocalDate }>(
    ctx.db,
    'SELECT form_set AS "formSet", valid_from AS "validFrom" FROM law_pack ORDER BY valid_from',
    [],
  )
  const parts: BookPart[] = []
  packs.forEach(({ formSet, validFrom }, i) => {
    const next = packs[i + 1]?.validFrom
    const begin = i === 0 || validFrom < from ? from : validFrom
    const end = next && next <= to ? addDays(next, -1) : to
    const last = parts.at(-1)
    if (begin > end) return
    if (last?.formSet === formSet) last.to = end
    else parts.push({ formSet, from: begin, to: end })
  })
  return parts
}

/** An agency that keeps a book: one with a service point. */
export type BookAgency = { id: number; code: string; name: string; parentName: string | null; isTop: boolean }

const AGENCIES = (where: string) => `
SELECT a.id, a.code, a.name, p.name AS "parentName", a.kind IN ('province', 'commune') AS "isTop"
FROM agency a LEFT JOIN agency p ON p.id = a.parent_id
WHERE ${where} ORDER BY a.kind = 'commune', a.code`

/** Agencies that receive dossiers, the province's before the communes. */
export function listBookAgencies(ctx: Ctx): Promise<BookAgency[]> {
  return run<BookAgency>(ctx.db, AGENCIES('EXISTS (SELECT FROM service_point s WHERE s.agency_id = a.id)'), [])
}

export async function getBookAgency(ctx: Ctx, id: number): Promise<BookAgency> {
  const [agency] = await run<BookAgency>(ctx.db, AGENCIES('a.id = $1::int'), [id])
  if (!agency) throw new Error(`agency ${id} does not exist`)
  return agency
}
