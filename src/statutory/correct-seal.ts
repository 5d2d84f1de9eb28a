import { z } from '@hono/zod-openapi'
import { tellOfficers } from '#src/accounts/tell-officer.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { named } from '#src/platform/field-problems.ts'
import { paragraph } from '#src/platform/form.ts'
import { doOnce } from '#src/platform/once.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import type { TableKind } from '#src/reports/report.ts'
import { listDeciders, listSeals } from './seal.query.ts'
import { insertCorrection } from './seal.store.ts'
import { canonicalJson, differences, maySeal, personsOf, type SealContent, sealContent } from './seal.ts'
import { aboutSeal, type SealAsked } from './sealable.query.ts'

export const correctionReason = named(paragraph(1_000), 'lý do điều chỉnh', 'the reason for the correction')
export const CorrectionForm = z.object({ reason: correctionReason })

/**
 * Proposes that today's numbers follow those sealed; a second person decides. Throws `seal-sealers-only`, `seal-not-found`,
 * `seal-nothing-to-correct`, `seal-correction-waits`, and what reading the report throws.
 */
export async function correctSeal(
  ctx: Ctx,
  { kind, params, reason }: { kind: TableKind; params: SealAsked; reason: string },
  commandId: string,
): Promise<{ correction: number }> {
  const { actor } = ctx
  if (!maySeal(actor)) throw new Refusal('forbidden', 'seal-sealers-only')
  return doOnce(ctx, { id: commandId, asked: { correct: kind.key, ...params, reason } }, async inner => {
    const asked = await getAsked(inner, kind, params, actor)
    const last = (await listSeals(inner, kind, asked)).at(-1)
    if (!last) throw new Refusal('not-found', 'seal-not-found')
    const now = inner.clock.now()
    const table = await kind.read(inner, asked)
    if (differences(last.read.table, table).length === 0) throw new Refusal('conflict', 'seal-nothing-to-correct')
    const content = canonicalJson(sealContent(kind, asked, table, now))
    const onBehalfOf = actor.onBehalfOf?.accountId ?? null
    const made = { sealId: last.id, content, reason, proposedBy: actor.accountId, onBehalfOf, at: now }
    const id = await insertCorrection(inner, made)
    if (id === undefined) throw new Refusal('conflict', 'seal-correction-waits')
    await audit(inner, { action: 'correct-seal', subject: `seal:${last.id}`, detail: { correction: id } })
    await tellDeciders(inner, { about: last.read, by: actor, correction: id })
    return { correction: id }
  })
}

type Waiting = { about: SealContent; by: Officer; correction: number }

async function tellDeciders(ctx: Ctx, { about, by, correction }: Waiting): Promise<void> {
  const params = aboutSeal(about)
  const key = `seal-correction:${correction}`
  const deciders = await listDeciders(ctx, personsOf(by))
  await tellOfficers(
    ctx,
    deciders.map(({ id: accountId, absent }) => ({
      ...{ accountId, kind: 'seal-correction-waits', key },
      params: absent ? { ...params, absent } : params,
    })),
  )
}
