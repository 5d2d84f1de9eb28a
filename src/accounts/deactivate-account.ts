import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { setActive } from './account.store.ts'
import { mayAdminister } from './may-administer.ts'
import { endSessionsOf } from './session.store.ts'

/** Shuts an account (or opens it again) and ends its sessions. What its owner did stays under their name. */
export async function deactivateAccount(ctx: Ctx, input: { accountId: number; active?: boolean }): Promise<void> {
  if (!mayAdminister(ctx.actor)) throw new Refusal('forbidden', 'admin-only')
  const { accountId, active = false } = input
  if (ctx.actor.kind === 'officer' && ctx.actor.accountId === accountId) throw new Refusal('conflict', 'own-account')
  return transact(ctx, async inner => {
    if (!(await setActive(inner.db, accountId, active))) throw new Refusal('not-found', 'account-not-found')
    if (!active) await endSessionsOf(inner.db, accountId, ctx.clock.now())
    await audit(inner, { action: active ? 'activate-account' : 'deactivate-account', subject: `account:${accountId}` })
  })
}
