import type { Role } from '#src/platform/ctx.ts'
import { type Db, run } from '#src/platform/db.ts'
import type { Session } from '#src/platform/session.ts'
import { dayOf } from './account.ts'

// On the path of every request of someone signed in: one prepared statement by primary keys. Time is a parameter,
// since the platform's clock is not always the database's.
const FIND_SESSION = `
SELECT s.expires_at, a.id AS account_id, a.kind, a.name, a.id_number, a.phone,
       x.id AS assignment_id, x.role, x.agency_id, g.code AS agency_code, g.name AS agency_name, g.short_name,
       p.id AS service_point_id, p.name AS service_point,
       EXISTS (SELECT FROM assignment o
               WHERE o.account_id = a.id AND o.id <> x.id
                 AND o.valid_from <= $3::date AND (o.valid_to IS NULL OR o.valid_to > $3::date)) AS can_switch
FROM session s
JOIN account a ON a.id = s.account_id AND a.active
LEFT JOIN assignment x ON x.id = s.assignment_id AND x.account_id = a.id
  AND x.valid_from <= $3::date AND (x.valid_to IS NULL OR x.valid_to > $3::date)
LEFT JOIN agency g ON g.id = x.agency_id
LEFT JOIN service_point p ON p.id = x.service_point_id
WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.expires_at > $2`

type Row = {
  expires_at: Date
  account_id: number
  kind: 'officer' | 'citizen'
  name: string
  id_number: string | null
  phone: string | null
  assignment_id: number | null
  role: Role
  agency_id: number
  agency_code: string
  agency_name: string
  short_name: string
  service_point_id: number | null
  service_point: string | null
  can_switch: boolean
}

/** Who holds this token at `now`; undefined when it ended, expired, or the account or assignment is no longer valid. */
export async function findSession(db: Db, tokenHash: Buffer, now: Date): Promise<Session | undefined> {
  const [row] = await run<Row>(db, FIND_SESSION, [tokenHash, now, dayOf(now)])
  if (!row) return undefined
  const kept = { tokenHash, expiresAt: row.expires_at }
  if (row.kind === 'citizen') {
    const actor = {
      kind: 'citizen' as const,
      accountId: row.account_id,
      name: row.name,
      idNumber: row.id_number ?? '',
      phone: row.phone ?? '',
    }
    return { ...kept, actor, place: undefined, canSwitch: false }
  }
  return row.assignment_id === null ? undefined : { ...kept, ...officerFrom(row, row.assignment_id) }
}

function officerFrom(row: Row, assignmentId: number): Pick<Session, 'actor' | 'place' | 'canSwitch'> {
  return {
    actor: {
      kind: 'officer',
      accountId: row.account_id,
      assignmentId,
      name: row.name,
      role: row.role,
      agencyId: row.agency_id,
      agencyCode: row.agency_code,
      servicePointId: row.service_point_id,
    },
    place: { agency: row.agency_name, agencyShort: row.short_name, servicePoint: row.service_point ?? undefined },
    canSwitch: row.can_switch,
  }
}
