import type { Ctx, Role } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Share } from '#src/processes/process.ts'

/**
 * $1 agency, $2 role, $3 local day, $4 by load. Marking the turn locks the row, so two dossiers that come at once go to two people;
 * whoever is being given something at this very moment is left out.
 */
const NEXT = `
UPDATE assignment SET last_turn = nextval('work_turn') WHERE id = (
  SELECT s.id FROM assignment s JOIN account a ON a.id = s.account_id
  WHERE s.agency_id = $1 AND s.role = $2 AND a.active AND s.valid_from <= $3::date AND (s.valid_to > $3::date) IS NOT FALSE
  ORDER BY CASE WHEN $4::boolean THEN (
      SELECT count(*) FROM (SELECT FROM dossier d WHERE d.holder_account_id = s.account_id LIMIT 1000) held) END,
    s.last_turn NULLS FIRST, s.id
  LIMIT 1 FOR UPDATE OF s SKIP LOCKED)
RETURNING account_id`

/** The next person of a role in an agency: in turn, or who has least in hand (then in turn). Null when nobody is there. */
export async function shareOut(
  ctx: Ctx,
  { agencyId, role, share, day }: { agencyId: number; role: Role; share: Exclude<Share, 'by-hand'>; day: string },
): Promise<number | null> {
  const [next] = await run<{ account_id: number }>(ctx.db, NEXT, [agencyId, role, day, share === 'least-loaded'])
  return next?.account_id ?? null
}
