import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { SealedVersion } from './seal.ts'

/** `key`: see sealKey. Undefined when there is such a version already. */
export async function insertSeal(ctx: Ctx, key: unknown[], one: SealedVersion): Promise<number | undefined> {
  const { version, content, prevHash, hash, sealedBy, onBehalfOf, sealedAt, reason, approvedBy } = one
  const [made] = await run<{ id: number }>(
    ctx.db,
    `INSERT INTO report_seal (report_key, agency_id, grouping, from_day, to_day, version, content, prev_hash, hash, sealed_by, on_behalf_of,
       sealed_at, reason, approved_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7::json, $8, $9, $10, $11, $12, $13, $14)
     ON CONFLICT ON CONSTRAINT report_seal_once DO NOTHING RETURNING id`,
    [...key, version, content, prevHash, hash, sealedBy, onBehalfOf, sealedAt, reason, approvedBy],
  )
  return made?.id
}

export type NewCorrection = {
  sealId: number
  content: string
  reason: string
  proposedBy: number
  onBehalfOf: number | null
  at: Date
}

/** Undefined when one waits already. */
export async function insertCorrection(ctx: Ctx, one: NewCorrection): Promise<number | undefined> {
  const [made] = await run<{ id: number }>(
    ctx.db,
    `INSERT INTO report_seal_proposal (seal_id, content, reason, proposed_by, on_behalf_of, proposed_at)
     VALUES ($1, $2::json, $3, $4, $5, $6)
     ON CONFLICT (seal_id) WHERE decided_at IS NULL DO NOTHING RETURNING id`,
    [one.sealId, one.content, one.reason, one.proposedBy, one.onBehalfOf, one.at],
  )
  return made?.id
}

/** A correction with the version it is to follow; nobody else decides on it until the transaction ends. */
export type LockedCorrection = {
  sealId: number
  content: string
  reason: string
  proposedBy: number
  onBehalfOf: number | null
  proposedAt: Date
  decidedAt: Date | null
  key: unknown[]
  version: number
  hash: Buffer
}

export async function lockCorrection(ctx: Ctx, id: number): Promise<LockedCorrection | undefined> {
  const [found] = await run<
    Omit<LockedCorrection, 'key'> & Record<'report' | 'agency' | 'by' | 'from' | 'to', unknown>
  >(
    ctx.db,
    `SELECT p.seal_id AS "sealId", p.content::text AS content, p.reason, p.proposed_by AS "proposedBy", p.on_behalf_of AS "onBehalfOf",
       p.proposed_at AS "proposedAt", p.decided_at AS "decidedAt", s.version, s.hash, s.report_key AS report, s.agency_id AS agency, s.grouping AS by,
       s.from_day AS from, s.to_day AS to
     FROM report_seal_proposal p JOIN report_seal s ON s.id = p.seal_id WHERE p.id = $1::int FOR UPDATE OF p`,
    [id],
  )
  if (!found) return undefined
  const { report, agency, by, from, to, ...rest } = found
  return { ...rest, key: [report, agency, by, from, to] }
}

export async function markDecided(ctx: Ctx, id: number, decided: { by: number; approved: boolean }): Promise<void> {
  await run(
    ctx.db,
    'UPDATE report_seal_proposal SET decided_by = $2, decided_at = $3, approved = $4 WHERE id = $1::int',
    [id, decided.by, ctx.clock.now(), decided.approved],
  )
}
