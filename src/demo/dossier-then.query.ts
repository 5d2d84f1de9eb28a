import { refold } from '#src/dossiers/apply.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import type { DossierEvent } from '#src/dossiers/dossier-event.ts'
import { type DossierRow, dossierColumns, fromRow } from '#src/dossiers/dossier-row.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'

/** A dossier as its event of this number left it: a history that is gone through again finds later ones. The dossier exists. */
export async function getDossierThen(ctx: Ctx, id: number, version: number): Promise<Dossier> {
  const [row] = await run<DossierRow & { version: number }>(
    ctx.db,
    `SELECT ${dossierColumns} FROM dossier d WHERE d.id = $1`,
    [id],
  )
  if (!row) throw new Error(`there is no dossier ${id}`)
  if (row.version === version) return fromRow(row)
  const events = await run<DossierEvent>(
    ctx.db,
    'SELECT seq, at, type, actor, code, payload FROM dossier_event WHERE dossier_id = $1 AND seq <= $2 ORDER BY seq',
    [id, version],
  )
  return refold(id, events)
}

/** Papers of these names that were put into a dossier at this very instant, in the order of the names. */
export async function findBrought(
  ctx: Ctx,
  dossierId: number,
  names: readonly string[],
): Promise<{ id: string; component: string }[]> {
  return run(
    ctx.db,
    `SELECT id, component_code AS component FROM paper
     WHERE dossier_id = $1 AND uploaded_at = $2 AND component_code = ANY ($3::text[])
     ORDER BY array_position($3::text[], component_code)`,
    [dossierId, ctx.clock.now(), names],
  )
}
