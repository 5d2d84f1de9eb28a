import type { LocalDate } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Asked } from '#src/reports/report.ts'

export type Named = { code: string; name: string }
export type NamedAgency = Named & {
  id: number
  kind: string
  validFrom: LocalDate
  validTo: LocalDate | null
}

/** Those whose numbers were asked for, in the order of their codes, whether or not they still exist. */
export function listReportAgencies(ctx: Ctx, { agencies }: Pick<Asked, 'agencies'>): Promise<NamedAgency[]> {
  return run<NamedAgency>(
    ctx.db,
    `SELECT a.id, a.code, a.name, a.kind, a.valid_from AS "validFrom", a.valid_to AS "validTo"
     FROM agency a WHERE $1::int[] IS NULL OR a.id = ANY ($1::int[]) ORDER BY a.code LIMIT 20000`,
    [agencies],
  )
}

/** Their numbers alone, in the same order. */
export async function listReportAgencyIds(ctx: Ctx, asked: Pick<Asked, 'agencies'>): Promise<number[]> {
  return (await listReportAgencies(ctx, asked)).map(({ id }) => id)
}

/** In the order of their names. */
export function listNamedFields(ctx: Ctx, ids: readonly number[]): Promise<(Named & { id: number })[]> {
  return run(ctx.db, 'SELECT id, code, name FROM field WHERE id = ANY ($1::int[]) ORDER BY name', [ids])
}

/** As they were called on a local day, by code. */
export function listNamedProcedures(ctx: Ctx, codes: readonly string[], day: LocalDate): Promise<Named[]> {
  return run<Named>(
    ctx.db,
    `SELECT DISTINCT ON (procedure_code) procedure_code AS code, name FROM procedure_version
     WHERE procedure_code = ANY ($1::text[])
     ORDER BY procedure_code, valid_from > $2::date, CASE WHEN valid_from <= $2::date THEN valid_from END DESC, valid_from`,
    [codes, day],
  )
}
