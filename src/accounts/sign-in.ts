import { z } from 'zod'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { rowId } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { mintToken, readToken, SESSION_HOURS, type Session } from '#src/platform/session.ts'
import { tidy } from '#src/platform/text.ts'
import { LOCK_MINUTES, MAX_FAILED_SIGN_INS } from './account.ts'
import { listAssignments, listSubstitutions } from './assignment.query.ts'
import { passwordMatches } from './password.ts'
import { findSession } from './session.query.ts'
import { type Candidate, countFailure, findCandidate, openSession } from './session.store.ts'

export const SignIn = z.strictObject({
  username: named(
    z
      .string()
      .overwrite(name => tidy(name).toLowerCase())
      .min(1)
      .max(60),
    'tên đăng nhập',
    'the user name',
  ),
  password: named(z.string().min(1).max(200), 'mật khẩu', 'the password'),
  /** Which of an officer's assignments to act in; the first one in force when left out. */
  assignment: rowId.optional(),
  /** Instead: act in an absent colleague's place, by the number of the delegation. */
  delegation: rowId.optional(),
})
export type SignIn = z.infer<typeof SignIn>

export type SignedIn = { token: string; session: Session }

/**
 * Opens a session. An unknown name, a wrong password, a locked and a deactivated account are all refused alike
 * (`sign-in-failed`), after the same work, so that names cannot be found out by trying.
 */
export async function signIn(ctx: Ctx, input: SignIn & { secret: string }): Promise<SignedIn> {
  const now = ctx.clock.now()
  const candidate = await findCandidate(ctx.db, input.username)
  const matches = await passwordMatches(input.password, candidate?.passwordHash)
  const usable = candidate?.active && (candidate.lockedUntil === null || candidate.lockedUntil <= now)
  if (!candidate || !usable || !matches) return failSignIn(ctx, candidate, now)
  const place = await choosePlace(ctx, candidate, input)
  const token = mintToken(input.secret)
  const tokenHash = readToken(token, input.secret) as Buffer
  const expiresAt = new Date(now.getTime() + SESSION_HOURS * 3_600_000)
  const opened = await transact(ctx, async inner => {
    const made = await openSession(inner.db, { tokenHash, accountId: candidate.id, ...place, now, expiresAt })
    if (made) await audit(inner, { action: 'sign-in', subject: `account:${candidate.id}`, detail: place })
    return made
  })
  const session = opened && (await findSession(ctx.db, tokenHash, now))
  return session ? { token, session } : failSignIn(ctx, candidate, now)
}

/** The failure is kept although the sign-in is refused. */
async function failSignIn(ctx: Ctx, candidate: Candidate | undefined, now: Date): Promise<never> {
  await transact(ctx, async inner => {
    if (candidate) await countFailure(inner.db, candidate.id, now)
    // Never the name that was typed: people type their password there.
    await audit(inner, { action: 'sign-in-failed', subject: `account:${candidate?.id ?? 'unknown'}` })
  })
  throw new Refusal('unauthenticated', 'sign-in-failed', {
    params: { attempts: MAX_FAILED_SIGN_INS, minutes: LOCK_MINUTES },
  })
}

type Chosen = { assignmentId: number | null; delegationId?: number }

async function choosePlace(ctx: Ctx, candidate: Candidate, input: SignIn): Promise<Chosen> {
  if (input.delegation !== undefined) return chooseDelegation(ctx, candidate, input)
  return { assignmentId: await chooseAssignment(ctx, candidate, input.assignment) }
}

async function chooseDelegation(ctx: Ctx, { id }: Candidate, { assignment, delegation }: SignIn): Promise<Chosen> {
  if (assignment !== undefined) throw new Refusal('invalid', 'one-place-only', { field: 'assignment' })
  const found = (await listSubstitutions(ctx.db, id, ctx.clock.now())).find(one => one.id === delegation)
  if (!found) throw new Refusal('not-found', 'assignment-not-found', { field: 'delegation' })
  return { assignmentId: found.assignmentId, delegationId: found.id }
}

async function chooseAssignment(ctx: Ctx, candidate: Candidate, wanted: number | undefined): Promise<number | null> {
  if (candidate.kind === 'citizen') {
    if (wanted !== undefined) throw new Refusal('not-found', 'assignment-not-found', { field: 'assignment' })
    return null
  }
  const valid = (await listAssignments(ctx.db, candidate.id, ctx.clock.now())).filter(one => one.valid)
  const [first] = valid
  if (!first) throw new Refusal('forbidden', 'no-assignment')
  const chosen = wanted === undefined ? first : valid.find(one => one.id === wanted)
  if (!chosen) throw new Refusal('not-found', 'assignment-not-found', { field: 'assignment' })
  return chosen.id
}
