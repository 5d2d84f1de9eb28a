import type { Session } from '#src/platform/session.ts'

/** How long a process may go on without asking the database again, by the platform's clock. */
export const KEPT_MS = 2_000
/** Far more than a busy process meets in that time. */
const KEPT = 5_000

type Kept = { session: Session; at: number }
const kept = new Map<string, Kept>()
const keyOf = (tokenHash: Buffer) => tokenHash.toString('base64')

/** A session read from the database less than KEPT_MS ago; saves a busy screen or program one question per request. */
export function recallSession(tokenHash: Buffer, now: Date): Session | undefined {
  const found = kept.get(keyOf(tokenHash))
  if (!found || Math.abs(now.getTime() - found.at) >= KEPT_MS || found.session.expiresAt <= now) return undefined
  return found.session
}

export function rememberSession(session: Session, now: Date): void {
  if (kept.size >= KEPT) kept.clear()
  kept.set(keyOf(session.tokenHash), { session, at: now.getTime() })
}

/** Signed out or switched: this process knows at once, others within KEPT_MS. */
export function forgetSession(tokenHash: Buffer): void {
  kept.delete(keyOf(tokenHash))
}

/** The account was shut: all its sessions are over, and those of whoever acts in its owner's place. */
export function forgetSessionsOf(accountId: number): void {
  forgetWhere(actor => actor.accountId === accountId || standsFor(actor)?.accountId === accountId)
}

/** The delegation was taken back: whoever acts under it is to be asked about again. */
export function forgetSessionsUnder(delegationId: number): void {
  forgetWhere(actor => standsFor(actor)?.delegationId === delegationId)
}

const standsFor = (actor: Session['actor']) => (actor.kind === 'officer' ? actor.onBehalfOf : undefined)

function forgetWhere(isGone: (actor: Session['actor']) => boolean): void {
  for (const [key, { session }] of kept) if (isGone(session.actor)) kept.delete(key)
}
