import type { Citizen, Officer, Role } from '#src/platform/ctx.ts'
import { type Db, run } from '#src/platform/db.ts'
import type { Session, SessionPlace } from '#src/platform/session.ts'
import { dayOf } from './account.ts'
import { listSubstitutions, type Substitution } from './assignment.query.ts'
import { recallSession, rememberSession } from './session-memory.ts'

/** Who acts in a session and where, as its row keeps it. */
export type Identity = { actor: Officer | Citizen; place?: SessionPlace; canSwitch: boolean }

// On the path of every request of someone signed in: one row by its key, and the number beside the bell by its index. Time is a parameter, since the platform's clock
// is not always the database's.
// A delegation taken back while a session was being opened under it is noticed here.
const FIND_SESSION = `
SELECT identity, expires_at,
  (SELECT count(*)::int FROM (SELECT FROM officer_notice n WHERE n.account_id = s.account_id AND n.read_at IS NULL LIMIT 100) u) AS unread
FROM session s WHERE token_hash = $1 AND ended_at IS NULL AND expires_at > $2
  AND NOT EXISTS (SELECT FROM delegation d WHERE d.id = s.delegation_id AND d.revoked_at IS NOT NULL)`

/** Who holds this token at `now`, as the database said within the last KEPT_MS; undefined when it ended or expired. */
export async function findSession(db: Db, tokenHash: Buffer, now: Date): Promise<Session | undefined> {
  const recalled = recallSession(tokenHash, now)
  if (recalled) return recalled
  const [row] = await run<{ identity: Identity; expires_at: Date; unread: number }>(db, FIND_SESSION, [tokenHash, now])
  if (!row) return undefined
  const session = {
    tokenHash,
    expiresAt: row.expires_at,
    ...row.identity,
    place: row.identity.place,
    unread: row.unread,
  }
  rememberSession(session, now)
  return session
}

const FIND_IDENTITY = `
SELECT a.kind, a.name, a.id_number, a.phone,
       x.id AS assignment_id, x.role, x.agency_id, x.valid_to, g.code AS agency_code, g.name AS agency_name, g.short_name,
       p.id AS service_point_id, p.name AS service_point,
       EXISTS (SELECT FROM assignment o
               WHERE o.account_id = a.id AND o.id <> x.id
                 AND o.valid_from <= $3::date AND (o.valid_to IS NULL OR o.valid_to > $3::date))
       OR EXISTS (SELECT FROM delegation d
                  WHERE d.delegate_id = a.id AND d.revoked_at IS NULL AND d.valid_from <= $4 AND d.valid_to > $4) AS can_switch
FROM account a
LEFT JOIN assignment x ON x.id = $2 AND x.account_id = a.id
  AND x.valid_from <= $3::date AND (x.valid_to IS NULL OR x.valid_to > $3::date)
LEFT JOIN agency g ON g.id = x.agency_id
LEFT JOIN service_point p ON p.id = x.service_point_id
WHERE a.id = $1 AND a.active`

type Row = {
  kind: 'officer' | 'citizen'
  name: string
  id_number: string | null
  phone: string | null
  assignment_id: number | null
  role: Role
  agency_id: number
  valid_to: string | null
  agency_code: string
  agency_name: string
  short_name: string
  service_point_id: number | null
  service_point: string | null
  can_switch: boolean
}

/** `delegationId`: in an absent colleague's place; `assignmentId` does not matter then. */
export type Place = { accountId: number; assignmentId: number | null; delegationId?: number | null; now: Date }
/** `until`: when the assignment or the delegation ends. */
export type Found = { identity: Identity; until: Date | null }

/**
 * Who an account is at `now`, acting in an assignment of theirs or in an absent colleague's. Undefined when the account is shut, or the
 * assignment or delegation is not in force.
 */
export async function findIdentity(
  db: Db,
  { accountId, assignmentId, delegationId, now }: Place,
): Promise<Found | undefined> {
  const substitution = delegationId && (await findSubstitution(db, { accountId, delegationId, now }))
  if (delegationId && !substitution) return undefined
  // Whoever acts for another is found by name alone.
  const [row] = await run<Row>(db, FIND_IDENTITY, [accountId, substitution ? null : assignmentId, dayOf(now), now])
  if (!row) return undefined
  if (substitution) return substituteOf(accountId, row.name, substitution)
  if (row.kind === 'citizen') {
    const { name, id_number, phone } = row
    const actor: Citizen = { kind: 'citizen', accountId, name, idNumber: id_number ?? '', phone: phone ?? '' }
    return { identity: { actor, canSwitch: false }, until: null }
  }
  return officerOf(accountId, row)
}

function officerOf(accountId: number, row: Row): Found | undefined {
  if (row.assignment_id === null) return undefined
  const actor: Officer = {
    kind: 'officer',
    accountId,
    assignmentId: row.assignment_id,
    name: row.name,
    role: row.role,
    agencyId: row.agency_id,
    agencyCode: row.agency_code,
    servicePointId: row.service_point_id,
  }
  const place = { agency: row.agency_name, agencyShort: row.short_name, servicePoint: row.service_point ?? undefined }
  const until = row.valid_to === null ? null : new Date(`${row.valid_to}T00:00:00+07:00`)
  return { identity: { actor, place, canSwitch: row.can_switch }, until }
}

async function findSubstitution(db: Db, who: { accountId: number; delegationId: number; now: Date }) {
  return (await listSubstitutions(db, who.accountId, who.now)).find(one => one.id === who.delegationId)
}

function substituteOf(accountId: number, name: string, s: Substitution): Found {
  const { assignmentId, role, agencyId, agencyCode, servicePointId, until } = s
  const onBehalfOf = {
    accountId: s.absentId,
    name: s.absent,
    ground: s.ground,
    delegationId: s.id,
    until: until.toISOString(),
  }
  const actor: Officer = {
    kind: 'officer',
    accountId,
    assignmentId,
    name,
    role,
    agencyId,
    agencyCode,
    servicePointId,
    onBehalfOf,
  }
  const place = { agency: s.agency, agencyShort: s.agencyShort, servicePoint: s.servicePoint ?? undefined }
  // Back to one's own place at least.
  return { identity: { actor, place, canSwitch: true }, until }
}
