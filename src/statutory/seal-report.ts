import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { doOnce } from '#src/platform/once.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { instantText } from '#src/platform/text.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import type { TableKind } from '#src/reports/report.ts'
import { sealKey } from './seal.query.ts'
import { insertSeal } from './seal.store.ts'
import { canonicalJson, maySeal, sealableFrom, sealContent, sealHash } from './seal.ts'
import type { SealAsked } from './sealable.query.ts'

/**
 * Keeps the numbers of a period that is over as they are now, under a hash. Done once: sent again it is the same seal. Throws
 * `seal-sealers-only`, `seal-too-early`, `seal-already`, and what reading the report throws.
 */
export async function sealReport(
  ctx: Ctx,
  { kind, params }: { kind: TableKind; params: SealAsked },
  commandId: string,
): Promise<{ version: number }> {
  const { actor } = ctx
  if (!maySeal(actor)) throw new Refusal('forbidden', 'seal-sealers-only')
  return doOnce(ctx, { id: commandId, asked: { seal: kind.key, ...params } }, async inner => {
    const asked = await getAsked(inner, kind, params, actor)
    const now = inner.clock.now()
    const from = sealableFrom(asked)
    if (now < from) throw new Refusal('conflict', 'seal-too-early', { params: { at: instantText(from) } })
    const content = canonicalJson(sealContent(kind, asked, await kind.read(inner, asked), now))
    const onBehalfOf = actor.onBehalfOf?.accountId ?? null
    const facts = { version: 1, sealedBy: actor.accountId, onBehalfOf, sealedAt: now, reason: null, approvedBy: null }
    const prevHash = Buffer.alloc(0)
    const hash = sealHash(prevHash, facts, content)
    const id = await insertSeal(inner, sealKey(kind, asked), { ...facts, content, prevHash, hash })
    if (id === undefined) throw new Refusal('conflict', 'seal-already')
    const detail = { report: kind.key, agency: asked.agency.code, by: asked.by, from: asked.from, to: asked.to }
    await audit(inner, {
      action: 'seal-report',
      subject: `seal:${id}`,
      detail: { ...detail, hash: hash.toString('hex') },
    })
    return { version: 1 }
  })
}
