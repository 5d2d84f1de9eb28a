import { actorRef, type Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'

/**
 * Puts uploaded files into a dossier, in the caller's transaction. Only files that the same person uploaded and that lie in no
 * dossier yet; otherwise all are refused with `paper-not-yours`.
 */
export async function attachPapers(
  ctx: Ctx,
  dossierId: number,
  papers: readonly { id: string; component?: string }[],
): Promise<void> {
  const attached = await run(
    ctx.db,
    `UPDATE paper SET dossier_id = $1, component_code = x.component
     FROM unnest($2::uuid[], $3::text[]) AS x (id, component)
     WHERE paper.id = x.id AND paper.dossier_id IS NULL AND paper.uploaded_by = $4
     RETURNING paper.id`,
    [dossierId, papers.map(p => p.id), papers.map(p => p.component ?? null), actorRef(ctx.actor)],
  )
  if (attached.length < papers.length) throw new Refusal('invalid', 'paper-not-yours', { field: 'papers' })
}
