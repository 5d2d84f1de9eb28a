import type { Ctx } from '#src/platform/ctx.ts'
import { findAskedField } from '#src/reports/asked.query.ts'
import { type Drilled, drillHref } from '#src/reports/drill.ts'
import type { Asked } from '#src/reports/report.ts'
import { mayDrill } from './count-columns.ts'

/**
 * Which dossiers `d` (procedure version `v`) a report is about, as counted at the agency in `agencyColumn`. `$1` begins, `$2` until,
 * `$3` agencies, `$4` field, `$5` procedure, `$6` channel: see `scopeValues`.
 */
export function scopeSql(agencyColumn: string): string {
  return `($3::int[] IS NULL OR ${agencyColumn} = ANY ($3::int[])) AND ($4::int IS NULL OR v.field_id = $4::int)
    AND ($5::text IS NULL OR d.procedure_code = $5::text) AND ($6::text IS NULL OR d.channel = $6::text)`
}

/** Throws `invalid` for a field there is not. */
export async function scopeValues(ctx: Ctx, asked: Asked): Promise<unknown[]> {
  const { begins, until, agencies, filters } = asked
  const fieldId = await findAskedField(ctx, asked)
  return [begins, until, agencies, fieldId ?? null, filters.procedure ?? null, filters.channel ?? null]
}

/**
 * The list behind a number: of the row `key` (a code) where the report tells `by` apart, of all that was asked where `key` is null.
 * Undefined for rows that lists cannot be narrowed by, and for whoever reads no dossiers.
 */
export function scopeHref(ctx: Ctx, asked: Asked, cell: string, key: string | null): string | undefined {
  const { from, to, asOf, agency, filters, by } = asked
  if (!mayDrill(ctx)) return undefined
  const narrowed: Pick<Drilled, 'agency' | 'field' | 'procedure' | 'channel'> = { ...filters, agency: agency.code }
  if (key === null) return drillHref({ cell, from, to, asOf, ...narrowed })
  // An agency's row counts it alone, without those below it.
  if (by === 'agency') return drillHref({ cell: `${cell}.own`, from, to, asOf, ...narrowed, agency: key })
  if (by !== 'field' && by !== 'procedure' && by !== 'channel') return undefined
  return drillHref({ cell, from, to, asOf, ...narrowed, [by]: key })
}
