import type { Role } from '#src/platform/ctx.ts'
import { type Db, run } from '#src/platform/db.ts'
import { dayOf } from './account.ts'

export type Assignment = {
  id: number
  role: Role
  agencyCode: string
  agency: string
  servicePoint: string | null
  validFrom: string
  validTo: string | null
  /** In force on the day asked about. */
  valid: boolean
}

/** Every assignment of an account, those in force at `at` first. */
export async function listAssignments(db: Db, accountId: number, at: Date): Promise<Assignment[]> {
  const today = dayOf(at)
  const rows = await db
    .selectFrom('assignment as x')
    .innerJoin('agency as g', 'g.id', 'x.agency_id')
    .leftJoin('service_point as p', 'p.id', 'x.service_point_id')
    .select(['x.id', 'x.role', 'g.code', 'g.name', 'p.name as service_point', 'x.valid_from', 'x.valid_to'])
    .where('x.account_id', '=', accountId)
    .orderBy('x.id')
    .execute()
  return rows
    .map(row => ({
      id: row.id,
      role: row.role as Role,
      agencyCode: row.code,
      agency: row.name,
      servicePoint: row.service_point,
      validFrom: row.valid_from,
      validTo: row.valid_to,
      valid: row.valid_from <= today && (row.valid_to === null || row.valid_to > today),
    }))
    .sort((a, b) => Number(b.valid) - Number(a.valid) || a.id - b.id)
}

/** An absent colleague's assignment that an officer may act in now. */
export type Substitution = {
  /** Of the delegation. */
  id: number
  absentId: number
  absent: string
  assignmentId: number
  role: Role
  agencyId: number
  agencyCode: string
  agency: string
  agencyShort: string
  servicePointId: number | null
  servicePoint: string | null
  /** The written decision. */
  ground: string
  /** When it ends by itself: with the delegation, the absent one's assignment or the substitute's own work there. */
  until: Date
}

// The agency has to be the substitute's own or one under theirs, on every day they act and not only when they were named.
const SUBSTITUTIONS = `
SELECT d.id, z.id AS "absentId", z.name AS absent, x.id AS "assignmentId", x.role, g.id AS "agencyId", g.code AS "agencyCode",
       g.name AS agency, g.short_name AS "agencyShort", p.id AS "servicePointId", p.name AS "servicePoint", d.ground,
       least(d.valid_to, x.valid_to::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh',
             nullif(m.until, 'infinity')::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh') AS until
FROM delegation d
JOIN account z ON z.id = d.account_id AND z.active
JOIN account a ON a.id = d.delegate_id AND a.active
JOIN assignment x ON x.id = d.assignment_id AND x.valid_from <= $3::date AND (x.valid_to IS NULL OR x.valid_to > $3::date)
JOIN agency g ON g.id = x.agency_id
LEFT JOIN service_point p ON p.id = x.service_point_id
CROSS JOIN LATERAL (
  SELECT max(coalesce(o.valid_to, 'infinity')) AS until FROM assignment o
  WHERE o.account_id = a.id AND o.agency_id IN (g.id, g.parent_id)
    AND o.valid_from <= $3::date AND (o.valid_to IS NULL OR o.valid_to > $3::date)
) m
WHERE d.delegate_id = $1 AND d.revoked_at IS NULL AND d.valid_from <= $2 AND d.valid_to > $2 AND m.until IS NOT NULL
ORDER BY d.id`

/** In whose place an officer may act at `at`. */
export function listSubstitutions(db: Db, accountId: number, at: Date): Promise<Substitution[]> {
  return run<Substitution>(db, SUBSTITUTIONS, [accountId, at, dayOf(at)])
}
