import { type Actor, actorRef, type Ctx } from './ctx.ts'

/**
 * Records who did what outside the dossier ledger. `subject` is `<kind>:<id>`, e.g. `account:12`; `detail` holds ids and codes,
 * no names or numbers of people; in whose place an officer acted is added to it. Part of the caller's transaction.
 */
export async function audit(
  ctx: Ctx,
  entry: { action: string; subject: string; detail?: Record<string, unknown> },
): Promise<void> {
  await ctx.db
    .insertInto('audit')
    .values({
      at: ctx.clock.now(),
      actor: actorRef(ctx.actor),
      action: entry.action,
      subject: entry.subject,
      detail: JSON.stringify({ ...entry.detail, ...standingFor(ctx.actor) }),
    })
    .execute()
}

function standingFor(actor: Actor): { onBehalfOf?: number; delegation?: number } {
  if (actor.kind !== 'officer' || !actor.onBehalfOf) return {}
  return { onBehalfOf: actor.onBehalfOf.accountId, delegation: actor.onBehalfOf.delegationId }
}
