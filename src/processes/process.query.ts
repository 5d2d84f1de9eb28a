import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Process } from './process.ts'

/** The process that serves every procedure without one of its own. */
export const STANDARD = 'quy-trinh-chung'

/** One approved version as dossiers run by it; `process` has its sub-processes written out. `id`: process_version.id. */
export type ProcessInForce = { id: number; key: string; version: number; name: string; process: Process }

/** Approved versions never change, so a process of the platform may keep them; it serves one database. */
const approved = new Map<number, ProcessInForce>()
const KEPT = 2_000

const COLUMNS = `v.id, v.process_key AS key, v.version, p.name, v.expanded AS process`

/** The approved version a dossier runs by. `id` comes from a foreign key, so it exists. */
export async function getProcess(ctx: Ctx, id: number): Promise<ProcessInForce> {
  const kept = approved.get(id)
  if (kept) return kept
  const [row] = await run<ProcessInForce>(
    ctx.db,
    `SELECT ${COLUMNS} FROM process_version v JOIN process p ON p.key = v.process_key
     WHERE v.id = $1 AND v.status = 'approved'`,
    [id],
  )
  if (!row) throw new Error(`approved process version ${id} does not exist`)
  return keep(row)
}

/**
 * What a dossier received on `day` (local, YYYY-MM-DD) runs by: the version in force that day for the case, else for the procedure,
 * else the standard process; undefined before the standard process began.
 */
export async function findProcessInForce(
  ctx: Ctx,
  { procedure, caseCode, day }: { procedure: string; caseCode: string | null; day: string },
): Promise<ProcessInForce | undefined> {
  const [row] = await run<{ id: number }>(ctx.db, processInForce('$1', '$2', '$3'), [procedure, caseCode, day])
  return row && getProcess(ctx, row.id)
}

/** The statement behind it, over the SQL given for procedure, case and local day: other queries look it up on their way. */
export const processInForce = (procedure: string, caseCode: string, day: string): string => `
  SELECT v.id FROM process p JOIN process_version v ON v.process_key = p.key
  WHERE (p.key = '${STANDARD}' OR p.procedure_code = ${procedure}::text AND (p.case_code IS NULL OR p.case_code = ${caseCode}::text))
    AND v.status = 'approved' AND v.valid_from <= ${day}::date AND (v.valid_to > ${day}::date) IS NOT FALSE
  ORDER BY p.case_code IS NULL, p.procedure_code IS NULL LIMIT 1`

function keep(row: ProcessInForce): ProcessInForce {
  if (approved.size >= KEPT) approved.clear()
  approved.set(row.id, row)
  return row
}
