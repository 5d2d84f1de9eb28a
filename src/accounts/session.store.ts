import { sql } from 'kysely'
import { type Db, run } from '#src/platform/db.ts'
import { SESSION_HOURS, type Session } from '#src/platform/session.ts'
import { LOCK_MINUTES, MAX_FAILED_SIGN_INS } from './account.ts'
import { type Found, findIdentity, type Identity, type Place } from './session.query.ts'
import { forgetSession, forgetSessionsOf, forgetSessionsUnder } from './session-memory.ts'

export type Candidate = {
  id: number
  kind: 'officer' | 'citizen'
  passwordHash: string
  active: boolean
  lockedUntil: Date | null
}

export async function findCandidate(db: Db, username: string): Promise<Candidate | undefined> {
  const row = await db
    .selectFrom('account')
    .select(['id', 'kind', 'password_hash', 'active', 'locked_until'])
    .where('username', '=', username)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      kind: row.kind as Candidate['kind'],
      passwordHash: row.password_hash,
      active: row.active,
      lockedUntil: row.locked_until,
    }
  )
}

// A lock that has run out starts the count anew. Failures while locked change nothing: nobody can be kept out for ever.
const COUNT_FAILURE = `
UPDATE account
SET failed_sign_ins = CASE WHEN locked_until <= $2 THEN 1 ELSE failed_sign_ins + 1 END,
    locked_until = CASE WHEN locked_until <= $2 THEN NULL
                        WHEN failed_sign_ins + 1 >= ${MAX_FAILED_SIGN_INS}
                        THEN $2::timestamptz + interval '${LOCK_MINUTES} minutes' END
WHERE id = $1 AND (locked_until IS NULL OR locked_until <= $2)`

export async function countFailure(db: Db, accountId: number, now: Date): Promise<void> {
  await run(db, COUNT_FAILURE, [accountId, now])
}

// The lock is looked at once more: guesses running side by side must not outrun it.
const OPEN_SESSION = `
WITH who AS (
  SELECT id FROM account WHERE id = $2 AND active AND (locked_until IS NULL OR locked_until <= $4)
), reset AS (
  UPDATE account SET failed_sign_ins = 0, locked_until = NULL
  WHERE id IN (SELECT id FROM who) AND failed_sign_ins > 0
)
INSERT INTO session (token_hash, account_id, assignment_id, delegation_id, created_at, expires_at, identity)
SELECT $1, id, $3::integer, $7::integer, $4, $5, $6::jsonb FROM who
RETURNING account_id`

type NewSession = Place & { tokenHash: Buffer; expiresAt: Date }

/**
 * Keeps with the session who acts in it, until the assignment or delegation ends at the latest. False when the account was locked or
 * deactivated meanwhile, or the assignment or delegation is not in force.
 */
export async function openSession(db: Db, session: NewSession): Promise<boolean> {
  const { tokenHash, accountId, now } = session
  const found = await findIdentity(db, session)
  if (!found) return false
  const { assignmentId, delegationId } = placeOf(found.identity)
  const values = [
    tokenHash,
    accountId,
    assignmentId,
    now,
    expiryOf(session.expiresAt, found.until),
    JSON.stringify(found.identity),
    delegationId,
  ]
  return (await run(db, OPEN_SESSION, values)).length === 1
}

function placeOf({ actor }: Identity): { assignmentId: number | null; delegationId: number | null } {
  if (actor.kind === 'citizen') return { assignmentId: null, delegationId: null }
  return { assignmentId: actor.assignmentId, delegationId: actor.onBehalfOf?.delegationId ?? null }
}

function expiryOf(expiresAt: Date, until: Date | null): Date {
  return until !== null && until < expiresAt ? until : expiresAt
}

export async function endSession(db: Db, tokenHash: Buffer, now: Date): Promise<void> {
  forgetSession(tokenHash)
  await db
    .updateTable('session')
    .set({ ended_at: now })
    .where('token_hash', '=', tokenHash)
    .where('ended_at', 'is', null)
    .execute()
}

/** Theirs, and those of whoever acts in their place: nobody stands in for someone who may not act. */
export async function endSessionsOf(db: Db, accountId: number, now: Date): Promise<void> {
  forgetSessionsOf(accountId)
  await db
    .updateTable('session')
    .set({ ended_at: now })
    .where(eb =>
      eb.or([
        eb('account_id', '=', accountId),
        eb('delegation_id', 'in', eb.selectFrom('delegation').select('id').where('account_id', '=', accountId)),
      ]),
    )
    .where('ended_at', 'is', null)
    .execute()
}

/** Those acting under a delegation. */
export async function endSessionsUnder(db: Db, delegationId: number, now: Date): Promise<void> {
  forgetSessionsUnder(delegationId)
  await db
    .updateTable('session')
    .set({ ended_at: now })
    .where('delegation_id', '=', delegationId)
    .where('ended_at', 'is', null)
    .execute()
}

/** The session acts in another assignment or delegation from now on, and ends with it; it never outlasts its own twelve hours. */
export async function changePlace(
  db: Db,
  session: Pick<Session, 'tokenHash'>,
  { identity, until }: Found,
): Promise<void> {
  forgetSession(session.tokenHash)
  const { assignmentId, delegationId } = placeOf(identity)
  await db
    .updateTable('session')
    .set({
      assignment_id: assignmentId,
      delegation_id: delegationId,
      identity: JSON.stringify(identity),
      expires_at: sql<Date>`least(created_at + make_interval(hours => ${SESSION_HOURS}), ${until}::timestamptz)`,
    })
    .where('token_hash', '=', session.tokenHash)
    .execute()
}

/** Returns how many there were. */
export async function deleteExpiredSessions(db: Db, now: Date): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('session').where('expires_at', '<=', now).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
