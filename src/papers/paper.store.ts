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

/** Deletes papers in no dossier uploaded before an instant, at most `limit`; returns the digests (hex) of their bytes. */
export async function deleteLoosePapers(db: Db, before: Date, limit: number): Promise<string[]> {
  const rows = await run<{ sha256: Buffer }>(db, 'SELECT sha256 FROM remove_loose_papers($1, $2) AS sha256', [
    before,
    limit,
  ])
  return rows.map(row => row.sha256.toString('hex'))
}

/**
 * Holds the bytes under a digest until the transaction ends: many may store them at once, but nobody while they are being removed.
 * Without it bytes could be found unused and removed just before the paper that was put on them is written.
 */
export async function lockBytes(db: Db, sha256: string, why: 'to-store' | 'to-remove'): Promise<void> {
  const lock = why === 'to-store' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock'
  await run(db, `SELECT ${lock}(hashtextextended('paper:' || $1, 0))`, [sha256])
}

/** Whether a paper has these bytes. */
export async function isUsed(db: Db, sha256: string): Promise<boolean> {
  const rows = await run(db, 'SELECT FROM paper WHERE sha256 = $1 LIMIT 1', [Buffer.from(sha256, 'hex')])
  return rows.length > 0
}
