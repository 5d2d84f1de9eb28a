import { type Db, run } from '#src/platform/db.ts'
import type { Paper } from './paper.ts'

export async function insertPaper(db: Db, paper: Paper): Promise<void> {
  await db
    .insertInto('paper')
    .values({
      id: paper.id,
      dossier_id: paper.dossierId,
      component_code: paper.componentCode,
      name: paper.name,
      media_type: paper.mediaType,
      size: paper.size,
      sha256: Buffer.from(paper.sha256, 'hex'),
      uploaded_by: paper.uploadedBy,
      uploaded_at: paper.uploadedAt,
    })
    .execute()
}

/** Puts loose papers of one uploader into a dossier; returns the ids it could. Waits for another writer of the same paper and then finds it taken. */
export async function updateLoosePapers(
  db: Db,
  attach: { dossierId: number; uploadedBy: string; papers: readonly { id: string; component?: string }[] },
): Promise<string[]> {
  const { dossierId, uploadedBy, papers } = attach
  const rows = await run<{ id: string }>(
    db,
    `UPDATE paper SET dossier_id = $1, component_code = x.component
     FROM unnest($2::uuid[], $3::text[]) AS x (id, component)
     WHERE paper.id = x.id AND paper.dossier_id IS NULL AND paper.uploaded_by = $4
     RETURNING paper.id`,
    [dossierId, papers.map(p => p.id), papers.map(p => p.component ?? null), uploadedBy],
  )
  return rows.map(row => row.id)
}
