import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { enqueue } from '#src/platform/queue.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { deleteLoosePapers } from './paper.store.ts'

/** How long an uploaded file waits for a dossier to take it in. */
export const LOOSE_DAYS = 7
const BATCH = 500
const DAY_MS = 86_400_000

/**
 * Removes papers that no dossier took in within LOOSE_DAYS. Their bytes go by a job queued in the same transaction, so that neither a
 * crash nor a partner that is away leaves bytes nobody will ever ask for. Returns how many papers went.
 */
export async function removeLoosePapers(ctx: Ctx): Promise<number> {
  if (ctx.actor.kind !== 'system') throw new Refusal('forbidden', 'role-not-allowed')
  const before = new Date(ctx.clock.now().getTime() - LOOSE_DAYS * DAY_MS)
  let removed = 0
  for (let batch = BATCH; batch === BATCH; removed += batch) {
    batch = await transact(ctx, async inner => {
      const digests = await deleteLoosePapers(inner.db, before, BATCH)
      if (digests.length === 0) return 0
      await enqueue(inner, 'remove-unused-blobs', { keys: [...new Set(digests)] })
      await audit(inner, {
        action: 'remove-loose-papers',
        subject: 'papers:loose',
        detail: { papers: digests.length, before: before.toISOString() },
      })
      return digests.length
    })
  }
  return removed
}
