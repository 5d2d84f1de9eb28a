import { localDate } from '#src/calendar/local-date.ts'
import type { Ctx, Role } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'

/** An officer work can be given to. `open` and `late` dossiers waiting for them are counted to 500. */
export type Colleague = {
  accountId: number
  username: string
  name: string
  title: string | null
  open: number
  late: number
}

const LIST = `
SELECT a.id AS "accountId", a.username, a.name, a.title, w.open, w.late
FROM account a
CROSS JOIN LATERAL (
  SELECT count(*)::int AS open, (count(*) FILTER (WHERE due_at < $3 AND paused_at IS NULL))::int AS late
  FROM (SELECT due_at, paused_at FROM dossier d WHERE d.holder_account_id = a.id LIMIT 500) d
) w
WHERE a.active AND EXISTS (
  SELECT FROM assignment s WHERE s.account_id = a.id AND s.agency_id = $1 AND s.role = $2
    AND s.valid_from <= $4::date AND (s.valid_to > $4::date) IS NOT FALSE)
ORDER BY w.open, a.name LIMIT 200`

/** The officers of an agency who act in a role today, least busy first. */
export function listColleagues(ctx: Ctx, agencyId: number, role: Role): Promise<Colleague[]> {
  const now = ctx.clock.now()
  return run<Colleague>(ctx.db, LIST, [agencyId, role, now, localDate(now)])
}
