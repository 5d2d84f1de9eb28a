import { createHash, randomUUID } from 'node:crypto'
import { fileTypeFromBuffer } from 'file-type'
import type { Blobs } from '#src/platform/blobs.ts'
import { actorRef, type Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { insertPaper, lockBytes } from './paper.store.ts'
import { checkHonest, checkPaper, mayStorePaper, type Paper } from './paper.ts'

/** `name` as the browser gave it. What the browser says of the type is not asked: it only repeats the name's ending. */
export type StorePaper = { blobs: Blobs; name: string; bytes: Uint8Array }

/**
 * Keeps a file that lies in no dossier yet; see attachPapers. Throws Refusal at `file` when it is empty, too large, of a type that is not taken
 * or not what its name says. The bytes are safe before the row exists, so no row ever points at nothing.
 */
export async function storePaper(ctx: Ctx, { blobs, name: given, bytes }: StorePaper): Promise<Paper> {
  if (!mayStorePaper(ctx.actor)) throw new Refusal('forbidden', 'paper-upload-not-yours')
  const { name, claimed } = checkPaper(given, bytes.length)
  const real = await fileTypeFromBuffer(bytes)
  checkHonest(name, claimed, real?.mime)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const paper: Paper = {
    id: randomUUID(),
    dossierId: null,
    componentCode: null,
    name,
    mediaType: claimed.mediaType,
    size: bytes.length,
    sha256,
    uploadedBy: actorRef(ctx.actor),
    uploadedAt: ctx.clock.now(),
  }
  await transact(ctx, async ({ db }) => {
    await lockBytes(db, sha256, 'to-store')
    await blobs.put(sha256, bytes, claimed.mediaType)
    await insertPaper(db, paper)
  })
  return paper
}
