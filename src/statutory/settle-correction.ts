import { tellOfficers } from '#src/accounts/tell-officer.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { doOnce } from '#src/platform/once.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { insertSeal, type LockedCorrection, lockCorrection, markDecided } from './seal.store.ts'
import { maySeal, personsOf, readContent, sealHash } from './seal.ts'
import { aboutSeal } from './sealable.query.ts'

/**
 * Approves a correction, which then is the next version just as it was proposed, or turns it down. Only another person than the one who
 * proposed approves, also in somebody's place; whoever proposed may take it back. Throws `seal-sealers-only`, `seal-correction-not-found`,
 * `seal-correction-decided`, `seal-own-correction`.
 */
export async function settleCorrection(
  ctx: Ctx,
  { id, approve }: { id: number; approve: boolean },
  commandId: string,
): Promise<{ version: number | null }> {
  const { actor } = ctx
  if (!maySeal(actor)) throw new Refusal('forbidden', 'seal-sealers-only')
  return doOnce(ctx, { id: commandId, asked: { settle: id, approve } }, async inner => {
    const found = await lockCorrection(inner, id)
    if (!found) throw new Refusal('not-found', 'seal-correction-not-found')
    if (found.decidedAt) throw new Refusal('conflict', 'seal-correction-decided')
    const proposers = [found.proposedBy, found.onBehalfOf]
    if (approve && personsOf(actor).some(person => proposers.includes(person))) {
      throw new Refusal('forbidden', 'seal-own-correction')
    }
    await markDecided(inner, id, { by: actor.accountId, approved: approve })
    const version = approve ? await followWith(inner, found, actor.accountId) : null
    const detail = { correction: id, approved: approve, version }
    await audit(inner, { action: 'settle-correction', subject: `seal:${found.sealId}`, detail })
    await tellProposers(inner, found, { id, version })
    return { version }
  })
}

/** Whoever proposed it, and in whose place; `version` null: turned down. */
async function tellProposers(
  ctx: Ctx,
  { proposedBy, onBehalfOf, content }: LockedCorrection,
  { id, version }: { id: number; version: number | null },
): Promise<void> {
  const told = { kind: 'seal-correction-settled', key: `seal-correction-settled:${id}` }
  const params = { ...aboutSeal(readContent(content)), version }
  await tellOfficers(
    ctx,
    [proposedBy, onBehalfOf].flatMap(accountId => (accountId === null ? [] : [{ accountId, ...told, params }])),
  )
}

async function followWith(ctx: Ctx, found: LockedCorrection, approvedBy: number): Promise<number> {
  const { content, reason, proposedBy: sealedBy, onBehalfOf, proposedAt: sealedAt, hash: prevHash } = found
  const facts = { version: found.version + 1, sealedBy, onBehalfOf, sealedAt, reason, approvedBy }
  const hash = sealHash(prevHash, facts, content)
  const made = await insertSeal(ctx, found.key, { ...facts, content, prevHash, hash })
  if (made === undefined) throw new Refusal('conflict', 'seal-correction-decided')
  return facts.version
}
