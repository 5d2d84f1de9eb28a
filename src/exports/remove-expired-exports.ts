import type { Blobs } from '#src/platform/blobs.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { listExpired, saveRemoved } from './export-file.store.ts'
import { blobKey } from './make-export.ts'

const AT_ONCE = 1_000

/** Deletes the bytes of files whose time is over; that they were made and asked for stays known. Returns how many went. */
export async function removeExpiredExports(ctx: Ctx, blobs: Blobs): Promise<number> {
  if (ctx.actor.kind !== 'system') throw new Refusal('forbidden', 'role-not-allowed')
  const expired = await listExpired(ctx.db, ctx.clock.now(), AT_ONCE)
  for (const file of expired) {
    // The bytes first: a crash between the two leaves a file that is found again.
    await blobs.delete(blobKey(file))
    await saveRemoved(ctx.db, file.id)
  }
  return expired.length
}
