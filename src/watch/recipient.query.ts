import { localDate } from '#src/calendar/local-date.ts'
import type { Ctx, Role } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Escalation } from '#src/warnings/warning.ts'

/** To whom something goes: the one whose turn it is (a person, or a desk's role), or up the tree of agencies from there. */
export type Addressee = { to: Escalation; agencyId: number | null; role: Role | null; accountId: number | null }

/**
 * `$1 day, $2 now`, then one array for each column. Where whoever has the work has left, or nobody has such a role there, the head of the
 * agency is told; where an agency has none above it, or nobody to be told there, the centre's director. Who stands in for an absent
 * officer is told with them.
 */
const RECIPIENTS = `
WITH asked AS (
  SELECT * FROM unnest($3::int[], $4::text[], $5::int[], $6::text[], $7::int[]) AS u (nth, goes_to, agency_id, role, account_id)
), seat AS (
  SELECT x.account_id, x.agency_id, x.role FROM assignment x JOIN account c ON c.id = x.account_id AND c.active
  WHERE x.valid_from <= $1::date AND (x.valid_to IS NULL OR x.valid_to > $1::date)
), head AS (
  SELECT s.account_id, s.agency_id, s.role FROM seat s WHERE s.role IN ('leader', 'director')
), found AS (
  SELECT q.nth, s.account_id, s.agency_id, s.role FROM asked q JOIN seat s ON s.agency_id = q.agency_id AND s.role = q.role
  WHERE q.goes_to = 'holder' AND coalesce(q.account_id, s.account_id) = s.account_id
  UNION
  SELECT q.nth, h.account_id, h.agency_id, h.role FROM asked q JOIN head h ON h.agency_id = q.agency_id WHERE q.goes_to = 'leader'
  UNION
  SELECT q.nth, h.account_id, h.agency_id, h.role FROM asked q JOIN agency a ON a.id = q.agency_id
  JOIN head h ON h.agency_id = a.parent_id WHERE q.goes_to = 'above'
), answerable AS (
  SELECT * FROM found
  UNION
  SELECT q.nth, h.account_id, h.agency_id, h.role FROM asked q JOIN head h ON h.agency_id = q.agency_id
  WHERE q.goes_to = 'holder' AND NOT EXISTS (SELECT FROM found f WHERE f.nth = q.nth)
), reached AS (
  SELECT * FROM answerable
  UNION
  SELECT q.nth, h.account_id, h.agency_id, h.role FROM asked q CROSS JOIN head h
  WHERE h.role = 'director' AND NOT EXISTS (SELECT FROM answerable f WHERE f.nth = q.nth)
)
SELECT nth, account_id FROM reached
UNION
SELECT r.nth, d.delegate_id FROM reached r
JOIN delegation d ON d.account_id = r.account_id AND d.agency_id = r.agency_id AND d.role = r.role
  AND d.revoked_at IS NULL AND d.valid_from <= $2 AND d.valid_to > $2`

/** The accounts to be told, in the order of the addressees; each list is sorted and may be empty. */
export async function findRecipients(ctx: Ctx, addressees: readonly Addressee[]): Promise<number[][]> {
  const lists: number[][] = addressees.map(() => [])
  if (addressees.length === 0) return lists
  const now = ctx.clock.now()
  const rows = await run<{ nth: number; account_id: number }>(ctx.db, RECIPIENTS, [
    localDate(now),
    now,
    addressees.map((_, nth) => nth),
    addressees.map(one => one.to),
    addressees.map(one => one.agencyId),
    addressees.map(one => one.role),
    addressees.map(one => one.accountId),
  ])
  for (const { nth, account_id } of rows) lists[nth]?.push(account_id)
  return lists.map(list => list.sort((a, b) => a - b))
}
