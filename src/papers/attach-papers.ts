import { actorRef, type Ctx } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { updateLoosePapers } from './paper.store.ts'

/**
 * Puts uploaded files into a dossier, in the caller's transaction. Only files that the same person uploaded and that lie in no
 * dossier yet; otherwise all are refused with `paper-not-yours`.
 */
export async function attachPapers(
  ctx: Ctx,
  dossierId: number,
  papers: readonly { id: string; component?: string }[],
): Promise<void> {
  const attached = await updateLoosePapers(ctx.db, { dossierId, uploadedBy: actorRef(ctx.actor), papers })
  if (attached.length < papers.length) throw new Refusal('invalid', 'paper-not-yours', { field: 'papers' })
}
