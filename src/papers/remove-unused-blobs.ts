import type { Blobs } from '#src/platform/blobs.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { isUsed, lockBytes } from './paper.store.ts'

/** Removes the bytes under these keys unless some paper has them. May be run again. Returns how many went. */
export async function removeUnusedBlobs(
  ctx: Ctx,
  { blobs, keys }: { blobs: Blobs; keys: readonly string[] },
): Promise<number> {
  if (ctx.actor.kind !== 'system') throw new Refusal('forbidden', 'role-not-allowed')
  let removed = 0
  for (const key of keys) {
    removed += await transact(ctx, async ({ db }) => {
      await lockBytes(db, key, 'to-remove')
      if (await isUsed(db, key)) return 0
      await blobs.delete(key)
      return 1
    })
  }
  return removed
}
