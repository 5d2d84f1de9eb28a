import type { Dossier } from '#src/dossiers/dossier.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { type ProcessInForce, STANDARD } from '#src/processes/process.query.ts'

const LIST = `
SELECT v.id, v.process_key AS key, v.version, p.name, v.expanded AS process
FROM process p JOIN process_version v ON v.process_key = p.key
WHERE v.status = 'approved' AND (p.key = $1 OR p.procedure_code = $2 AND (p.case_code = $3) IS NOT FALSE)
ORDER BY p.key = $1, p.case_code IS NULL, v.version DESC LIMIT 20`

/** Approved versions a dossier may be moved to: its procedure's (its case's first), newest first, then the standard process. */
export function listProcessChoices(
  ctx: Ctx,
  { procedureCode, caseCode }: Pick<Dossier, 'procedureCode' | 'caseCode'>,
): Promise<ProcessInForce[]> {
  return run<ProcessInForce>(ctx.db, LIST, [STANDARD, procedureCode, caseCode])
}
