import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import type { Session } from '#src/platform/session.ts'
import { endSession } from './session.store.ts'

/** Ends this session on every device that holds its token. */
export function signOut(ctx: Ctx, input: { session: Session }): Promise<void> {
  return transact(ctx, async inner => {
    await endSession(inner.db, input.session.tokenHash, ctx.clock.now())
    await audit(inner, { action: 'sign-out', subject: `account:${input.session.actor.accountId}` })
  })
}
