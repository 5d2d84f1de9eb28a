import { localDate } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'

/** Who may put a process in force now. `absent`: the officer in whose place they would; null in their own. */
export type Approver = { accountId: number; absent: string | null }

/** `$1 day, $2 now, $3 the agency that resolves the procedure`: `mayApproveProcess` over everybody, with who stands in for them. */
const APPROVERS = `
WITH own AS (
  SELECT x.id, x.account_id FROM assignment x JOIN account a ON a.id = x.account_id AND a.active
  WHERE (x.role = 'director' OR (x.role = 'leader' AND x.agency_id = $3::int))
    AND x.valid_from <= $1::date AND (x.valid_to IS NULL OR x.valid_to > $1::date)
), standing_in AS (
  SELECT d.delegate_id, a.name FROM own JOIN account a ON a.id = own.account_id
  JOIN delegation d ON d.assignment_id = own.id AND d.revoked_at IS NULL AND d.valid_from <= $2 AND d.valid_to > $2
)
SELECT DISTINCT ON (e.account_id) e.account_id AS "accountId", e.absent
FROM (SELECT account_id, NULL::text AS absent FROM own UNION ALL SELECT * FROM standing_in) e
ORDER BY e.account_id, e.absent NULLS FIRST`

/** Everybody once, in their own competence where they have it. `resolverId` as for `mayApproveProcess`. */
export function listApprovers(ctx: Ctx, resolverId: number | null): Promise<Approver[]> {
  const now = ctx.clock.now()
  return run<Approver>(ctx.db, APPROVERS, [localDate(now), now, resolverId])
}
