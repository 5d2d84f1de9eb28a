import type { Ctx, Role } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Share } from '#src/processes/process.ts'

/**
 * Whoever shares out the work of a role in an agency waits for the one before to be done with it: two dossiers that come at once go to
 * two people, and what has just been given counts. Taken in a statement of its own, so that the next one sees what was committed.
 */
const TURNSTILE = `SELECT pg_advisory_xact_lock(hashtextextended('share-work:' || $1::int || ':' || $2::text, 0))`

/** $1 agency, $2 role, $3 local day, $4 by load. */
const NEXT = `
UPDATE assignment SET last_turn = nextval('work_turn') WHERE id = (
  SELECT s.id FROM assignment s JOIN account a ON a.id = s.account_id
  WHERE s.agency_id = $1 AND s.role = $2 AND a.active AND s.valid_from <= $3::date AND (s.valid_to > $3::date) IS NOT FALSE
  ORDER BY CASE WHEN $4::boolean THEN (
      SELECT count(*) FROM (SELECT FROM dossier d WHERE d.holder_account_id = s.account_id LIMIT 1000) held) END,
    s.last_turn NULLS FIRST, s.id
  LIMIT 1)
RETURNING account_id`

/** Whose work is shared out. */
export type Desk = { agencyId: number; role: Role }

/** Until the transaction ends nobody else shares out this desk's work. Call it within one. */
export async function holdShares(ctx: Ctx, { agencyId, role }: Desk): Promise<void> {
  await run(ctx.db, TURNSTILE, [agencyId, role])
}

/**
 * The next person of a role in an agency: in turn, or who has least in hand (then in turn). Null when nobody is there. Within the
 * transaction that gives the work: if that fails, it was nobody's turn.
 */
export async function shareOut(
  ctx: Ctx,
  { share, day, ...desk }: Desk & { share: Exclude<Share, 'by-hand'>; day: string },
): Promise<number | null> {
  await holdShares(ctx, desk)
  const [next] = await run<{ account_id: number }>(ctx.db, NEXT, [
    desk.agencyId,
    desk.role,
    day,
    share === 'least-loaded',
  ])
  return next?.account_id ?? null
}
