import type { Dossier } from '#src/dossiers/dossier.ts'
import { type DossierRow, dossierColumns, fromRow } from '#src/dossiers/dossier-row.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Office } from './office.ts'

/** The dossier as its row says, past all rights; undefined when there is none. */
export async function findDossier(ctx: Ctx, code: string): Promise<Dossier | undefined> {
  const [row] = await run<DossierRow>(ctx.db, `SELECT ${dossierColumns} FROM dossier d WHERE d.code = $1`, [code])
  return row && fromRow(row)
}

/** The dossier as its row says, which is there. */
export async function dossierOf({ system }: Office, code: string | null): Promise<Dossier> {
  const found = await findDossier(system, code ?? '')
  if (!found) throw new Error(`no dossier ${code}`)
  return found
}
