import { localDate } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'

export type UsualProcedure = { code: string; name: string; field: string }

/** The last dossiers of a desk tell what it will be asked for next. */
const USUAL = `
SELECT v.procedure_code AS code, v.name, f.name AS field
FROM (SELECT procedure_code, count(*) AS times
      FROM (SELECT procedure_code FROM dossier WHERE receiving_agency_id = $1 AND parent_id IS NULL
            ORDER BY coalesce(received_at, created_at) DESC LIMIT 300) newest
      GROUP BY procedure_code) often
JOIN procedure_version v USING (procedure_code) JOIN field f ON f.id = v.field_id
WHERE v.valid_from <= $2::date AND (v.valid_to > $2::date) IS NOT FALSE
ORDER BY often.times DESC, v.procedure_code LIMIT 8`

/** What an agency's desk received most often of late, in force today. */
export function listUsualProcedures(ctx: Ctx, agencyId: number): Promise<UsualProcedure[]> {
  return run<UsualProcedure>(ctx.db, USUAL, [agencyId, localDate(ctx.clock.now())])
}
