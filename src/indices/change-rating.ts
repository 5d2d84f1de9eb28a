import { z } from '@hono/zod-openapi'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { paragraph } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { ratedIndices } from './dossier-rating.ts'
import { insertRatingChange, takeTurns } from './indices.store.ts'
import { findDossierRating } from './rating.query.ts'

export const ChangeRating = z.strictObject({
  index: named(z.union(ratedIndices.map(index => z.literal(index))), 'chỉ số', 'the index'),
  points: named(z.int().min(0).max(2), 'điểm', 'the points'),
  reason: named(paragraph(1000), 'lý do', 'the reason'),
})
export type ChangeRating = z.infer<typeof ChangeRating>

/**
 * What an appraiser knows better than the dossier's history: the applicant was at fault, a complaint was well-founded. By procedure control
 * or reform, with a reason; what was computed stays to be seen. The same again does nothing. Throws `forbidden`, `rating-unknown`.
 */
export async function changeRating(ctx: Ctx, code: string, input: ChangeRating): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'officer' || (actor.role !== 'control' && actor.role !== 'reform')) {
    throw new Refusal('forbidden', 'role-not-allowed')
  }
  return transact(ctx, async inner => {
    await takeTurns(inner.db, `rating:${code}`)
    const rating = await findDossierRating(inner, code)
    if (!rating) throw new Refusal('not-found', 'rating-unknown')
    const last = rating.changes.find(({ index }) => index === input.index)
    if (last && last.points === input.points && last.reason === input.reason) return
    const { accountId } = actor
    await insertRatingChange(inner.db, { dossierId: rating.id, ...input, accountId, at: ctx.clock.now() })
    const { index, points } = input
    await audit(inner, { action: 'change-rating', subject: `dossier:${rating.id}`, detail: { index, points } })
  })
}
