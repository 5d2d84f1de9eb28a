import type { Selectable } from 'kysely'
import type { Ctx } from '#src/platform/ctx.ts'
import type { Paper as PaperRow } from '#src/platform/db.gen.ts'
import type { Paper } from './paper.ts'

/** The papers of a dossier, by component and then as they came in. */
export async function listPapers(ctx: Ctx, dossierId: number): Promise<Paper[]> {
  const rows = await ctx.db
    .selectFrom('paper')
    .selectAll()
    .where('dossier_id', '=', dossierId)
    .orderBy('component_code')
    .orderBy('uploaded_at')
    .orderBy('id')
    .execute()
  return rows.map(fromRow)
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu

/** One paper, whosever it is: the caller checks who may see it. Undefined also for what is no id at all. */
export async function findPaper(ctx: Ctx, id: string): Promise<Paper | undefined> {
  if (!UUID.test(id)) return undefined
  const row = await ctx.db.selectFrom('paper').selectAll().where('id', '=', id).executeTakeFirst()
  return row && fromRow(row)
}

function fromRow(row: Selectable<PaperRow>): Paper {
  return {
    id: row.id,
    dossierId: row.dossier_id,
    componentCode: row.component_code,
    name: row.name,
    mediaType: row.media_type,
    size: row.size,
    sha256: row.sha256.toString('hex'),
    uploadedBy: row.uploaded_by,
    uploadedAt: row.uploaded_at,
  }
}
