import { sql } from 'kysely'
import { dayOf } from '#src/accounts/account.ts'
import type { Ctx, Officer, Role } from '#src/platform/ctx.ts'
import { type Db, run } from '#src/platform/db.ts'
import { type Delegation, isHeadOf } from './delegation.ts'

/** `open`: those upcoming or in force; else those over. Left out: all. `agencyId`: of this agency only, one's own excepted. */
export type Wanted = { open?: boolean; agencyId?: number; before?: number; limit: number }
export type DelegationPage = { rows: Delegation[]; next: number | undefined }

/** The delegations an officer may see, newest first; `next`: to be sent as `before` for the page after. */
export async function listDelegations(ctx: Ctx, officer: Officer, wanted: Wanted): Promise<DelegationPage> {
  const { open, agencyId, before, limit } = wanted
  const { accountId, role } = officer
  let query = selectDelegations(ctx.db).where(eb => {
    const own = [eb('d.account_id', '=', accountId), eb('d.delegate_id', '=', accountId)]
    if (role === 'admin' && agencyId === undefined) return eb.lit(true)
    if (role === 'admin' && agencyId !== undefined) return eb.or([...own, eb('d.agency_id', '=', agencyId)])
    return eb.or(isHeadOf(officer, officer.agencyId) ? [...own, eb('d.agency_id', '=', officer.agencyId)] : own)
  })
  if (before !== undefined) query = query.where('d.id', '<', before)
  if (open !== undefined) {
    const isOpen = sql<boolean>`(d.revoked_at IS NULL AND d.valid_to > ${ctx.clock.now()})`
    query = query.where(open ? isOpen : sql<boolean>`NOT ${isOpen}`)
  }
  const found = await query
    .orderBy('d.id', 'desc')
    .limit(limit + 1)
    .execute()
  const rows = found.slice(0, limit).map(fromRow)
  return { rows, next: found.length > limit ? rows.at(-1)?.id : undefined }
}

export async function findDelegation(db: Db, id: number): Promise<Delegation | undefined> {
  const row = await selectDelegations(db).where('d.id', '=', id).executeTakeFirst()
  return row && fromRow(row)
}

function selectDelegations(db: Db) {
  return db
    .selectFrom('delegation as d')
    .innerJoin('assignment as x', 'x.id', 'd.assignment_id')
    .innerJoin('account as a', 'a.id', 'd.account_id')
    .innerJoin('account as s', 's.id', 'd.delegate_id')
    .innerJoin('agency as g', 'g.id', 'd.agency_id')
    .leftJoin('service_point as p', 'p.id', 'x.service_point_id')
    .leftJoin('account as m', 'm.id', 'd.made_by')
    .leftJoin('account as r', 'r.id', 'd.revoked_by')
    .select(['d.id', 'd.assignment_id', 'd.role', 'd.ground', 'd.valid_from', 'd.valid_to', 'd.made_at', 'd.reason'])
    .select(['d.revoked_at', 'm.name as made_by', 'r.name as revoked_by', 'p.name as service_point'])
    .select(['a.id as absent_id', 'a.username as absent_username', 'a.name as absent'])
    .select(['s.id as substitute_id', 's.username as substitute_username', 's.name as substitute'])
    .select(['g.id as agency_id', 'g.code as agency_code', 'g.name as agency'])
}

type Row = Awaited<ReturnType<ReturnType<typeof selectDelegations>['executeTakeFirstOrThrow']>>

function fromRow(row: Row): Delegation {
  return {
    id: row.id,
    assignmentId: row.assignment_id,
    absent: { accountId: row.absent_id, username: row.absent_username, name: row.absent },
    substitute: { accountId: row.substitute_id, username: row.substitute_username, name: row.substitute },
    role: row.role as Role,
    agencyId: row.agency_id,
    agencyCode: row.agency_code,
    agency: row.agency,
    servicePoint: row.service_point,
    ground: row.ground,
    from: row.valid_from,
    until: row.valid_to,
    madeBy: row.made_by,
    madeAt: row.made_at,
    revokedAt: row.revoked_at,
    revokedBy: row.revoked_by,
    reason: row.reason,
  }
}

/** An assignment in force, and who holds it. */
export type HeldAssignment = {
  id: number
  accountId: number
  name: string
  title: string | null
  role: Role
  agencyId: number
  agency: string
  servicePoint: string | null
}

const ASSIGNMENTS = `
SELECT x.id, a.id AS "accountId", a.name, a.title, x.role, g.id AS "agencyId", g.name AS agency, p.name AS "servicePoint"
FROM assignment x
JOIN account a ON a.id = x.account_id AND a.active
JOIN agency g ON g.id = x.agency_id
LEFT JOIN service_point p ON p.id = x.service_point_id
WHERE x.valid_from <= $1::date AND (x.valid_to IS NULL OR x.valid_to > $1::date)`

/** Undefined unless the assignment is in force on the day of `at`. */
export async function findHeldAssignment(db: Db, id: number, at: Date): Promise<HeldAssignment | undefined> {
  const [row] = await run<HeldAssignment>(db, `${ASSIGNMENTS} AND x.id = $2`, [dayOf(at), id])
  return row
}

/** An agency's assignments somebody may stand in for; of one officer when `accountId` is given. At most 500, by name. */
export function listDelegable(
  db: Db,
  { agencyId, accountId, at }: { agencyId: number; accountId?: number | undefined; at: Date },
): Promise<HeldAssignment[]> {
  const text = `${ASSIGNMENTS} AND x.agency_id = $2 AND x.role NOT IN ('admin', 'control')
    AND ($3::int IS NULL OR a.id = $3::int) ORDER BY a.name, x.id LIMIT 500`
  return run<HeldAssignment>(db, text, [dayOf(at), agencyId, accountId ?? null])
}

/** Somebody who may stand in at an agency: they work there, or in the agency above it. */
export type Candidate = { accountId: number; username: string; name: string; title: string | null; agency: string }

const CANDIDATES = `
SELECT a.id AS "accountId", a.username, a.name, a.title, min(h.short_name) AS agency
FROM agency g
JOIN agency h ON h.id IN (g.id, g.parent_id)
JOIN assignment x ON x.agency_id = h.id AND x.valid_from <= $2::date AND (x.valid_to IS NULL OR x.valid_to > $2::date)
JOIN account a ON a.id = x.account_id AND a.active AND a.kind = 'officer'
WHERE g.id = $1 AND ($3::text IS NULL OR a.username = $3::text)
GROUP BY a.id ORDER BY a.name, a.id LIMIT 500`

/** At most 500, by name. */
export function listCandidates(db: Db, agencyId: number, at: Date): Promise<Candidate[]> {
  return run<Candidate>(db, CANDIDATES, [agencyId, dayOf(at), null])
}

export async function findCandidate(
  db: Db,
  { agencyId, username, at }: { agencyId: number; username: string; at: Date },
): Promise<Candidate | undefined> {
  const [row] = await run<Candidate>(db, CANDIDATES, [agencyId, dayOf(at), username])
  return row
}
