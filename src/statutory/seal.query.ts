import { localDate } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Asked, ReportKind } from '#src/reports/report.ts'
import { areIntact, readContent, type SealContent, type SealedVersion, sealers } from './seal.ts'

/** A sealed version as it is read: `intact` says whether hash and chain hold. */
export type Seal = SealedVersion & {
  id: number
  read: SealContent
  intact: boolean
  sealedByName: string
  approvedByName: string | null
}

const SEALS = `
SELECT s.id, s.version, s.content::text AS content, s.prev_hash AS "prevHash", s.hash, s.sealed_by AS "sealedBy",
  s.on_behalf_of AS "onBehalfOf", s.sealed_at AS "sealedAt", s.reason, s.approved_by AS "approvedBy",
  a.name AS "sealedByName", b.name AS "approvedByName"
FROM report_seal s JOIN account a ON a.id = s.sealed_by LEFT JOIN account b ON b.id = s.approved_by
WHERE s.report_key = $1::text AND s.agency_id = $2::int AND s.grouping = $3::text AND s.from_day = $4::date AND s.to_day = $5::date
ORDER BY s.version`

/** Every sealed version of a report as asked, the first first. */
export async function listSeals(ctx: Ctx, kind: ReportKind, asked: Asked): Promise<Seal[]> {
  const rows = await run<Omit<Seal, 'read' | 'intact'>>(ctx.db, SEALS, sealKey(kind, asked))
  const intact = areIntact(rows)
  return rows.map((row, i) => {
    const read = readContent(row.content)
    return { ...row, read, intact: intact[i] === true && isOf(read, kind, asked) }
  })
}

/** A content put under another report, agency or period would have a right hash too. */
function isOf(read: SealContent, kind: ReportKind, asked: Asked): boolean {
  return (
    read.report === kind.key &&
    read.agency.code === asked.agency.code &&
    (read.by ?? '') === (asked.by ?? '') &&
    read.from === asked.from &&
    read.to === asked.to
  )
}

/** The last sealed version of a report as asked, without what it says; undefined when none is. */
export async function findLastSealed(
  ctx: Ctx,
  kind: ReportKind,
  asked: Asked,
): Promise<{ version: number; sealedAt: Date } | undefined> {
  const [found] = await run<{ version: number; sealedAt: Date }>(
    ctx.db,
    `SELECT version, sealed_at AS "sealedAt" FROM report_seal
     WHERE report_key = $1::text AND agency_id = $2::int AND grouping = $3::text AND from_day = $4::date AND to_day = $5::date
     ORDER BY version DESC LIMIT 1`,
    sealKey(kind, asked),
  )
  return found
}

/** What names a seal, in the order of the columns of its unique constraint. */
export function sealKey(kind: ReportKind, { agency, by, from, to }: Asked): unknown[] {
  return [kind.key, agency.id, by ?? '', from, to]
}

/** A correction that waits for a second person. */
export type Correction = {
  id: number
  sealId: number
  content: string
  reason: string
  proposedBy: number
  onBehalfOf: number | null
  proposedAt: Date
  proposedByName: string
}

const CORRECTION = `
SELECT p.id, p.seal_id AS "sealId", p.content::text AS content, p.reason, p.proposed_by AS "proposedBy", p.on_behalf_of AS "onBehalfOf",
  p.proposed_at AS "proposedAt", a.name AS "proposedByName"
FROM report_seal_proposal p JOIN account a ON a.id = p.proposed_by`

export async function findCorrection(ctx: Ctx, sealId: number): Promise<Correction | undefined> {
  const [found] = await run<Correction>(ctx.db, `${CORRECTION} WHERE p.seal_id = $1::int AND p.decided_at IS NULL`, [
    sealId,
  ])
  return found
}

const DECIDERS = `
WITH seat AS (
  SELECT x.id, a.id AS account_id, a.name FROM assignment x JOIN account a ON a.id = x.account_id AND a.active
  WHERE x.role = ANY ($1::text[]) AND a.id <> ALL ($2::int[])
    AND x.valid_from <= $3::date AND (x.valid_to IS NULL OR x.valid_to > $3::date)
), decider AS (
  SELECT account_id AS id, NULL AS absent FROM seat
  UNION ALL
  SELECT d.delegate_id, s.name FROM seat s
  JOIN delegation d ON d.assignment_id = s.id AND d.revoked_at IS NULL AND d.valid_from <= $4 AND d.valid_to > $4
  JOIN account a ON a.id = d.delegate_id AND a.active
  WHERE d.delegate_id <> ALL ($2::int[])
)
SELECT DISTINCT ON (id) id, absent FROM decider ORDER BY id, absent NULLS FIRST`

/** Accounts that may approve what `proposers` propose, now; `absent`: in whose place, where not in their own. */
export function listDeciders(ctx: Ctx, proposers: readonly number[]): Promise<{ id: number; absent: string | null }[]> {
  const now = ctx.clock.now()
  return run(ctx.db, DECIDERS, [sealers, proposers, localDate(now), now])
}

/** A line of the list of all that is sealed, the newest first; `waits`: a correction of it waits. */
export type SealLine = {
  id: number
  report: string
  agency: string
  agencyCode: string
  by: string
  from: string
  to: string
  version: number
  sealedAt: Date
  sealedByName: string
  waits: boolean
}

/** The last version of each seal of these agencies, the latest sealed first; a page goes on behind the seal `before`. */
export function listSealLines(
  ctx: Ctx,
  { agencies, before, limit }: { agencies: readonly number[] | null; before: number | undefined; limit: number },
): Promise<SealLine[]> {
  return run<SealLine>(
    ctx.db,
    `SELECT s.id, s.report_key AS report, g.name AS agency, g.code AS "agencyCode", s.grouping AS by, s.from_day AS from, s.to_day AS to,
       s.version, s.sealed_at AS "sealedAt", a.name AS "sealedByName",
       EXISTS (SELECT FROM report_seal_proposal p WHERE p.seal_id = s.id AND p.decided_at IS NULL) AS waits
     FROM report_seal s JOIN agency g ON g.id = s.agency_id JOIN account a ON a.id = s.sealed_by
     WHERE ($1::int[] IS NULL OR s.agency_id = ANY ($1)) AND ($2::int IS NULL OR s.id < $2)
       AND NOT EXISTS (SELECT FROM report_seal n WHERE n.report_key = s.report_key AND n.agency_id = s.agency_id
         AND n.grouping = s.grouping AND n.from_day = s.from_day AND n.to_day = s.to_day AND n.version > s.version)
     ORDER BY s.id DESC LIMIT $3::int`,
    [agencies, before ?? null, limit],
  )
}
