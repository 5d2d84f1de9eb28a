import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Procedure } from './procedure.ts'

/** Published versions never change, so a process may keep them; one process serves one database. */
const published = new Map<number, Procedure>()
const KEPT = 2_000

/** The version a dossier was received under. `id` comes from a foreign key, so it exists. */
export async function getProcedureVersion(ctx: Ctx, id: number): Promise<Procedure> {
  const kept = published.get(id)
  if (kept) return kept
  const [row] = await run<Procedure>(
    ctx.db,
    `SELECT p.code, v.id AS "versionId", v.version, v.name, f.name AS "fieldName", p.level, p.resolver_id AS "resolverId",
            v.decision, v.service_level AS "serviceLevel", v.content
     FROM procedure_version v JOIN procedure p ON p.code = v.procedure_code JOIN field f ON f.id = v.field_id
     WHERE v.id = $1`,
    [id],
  )
  if (!row) throw new Error(`procedure version ${id} does not exist`)
  if (published.size >= KEPT) published.clear()
  published.set(id, row)
  return row
}
