import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Asked, ReportFilter } from './report.ts'

export type Choice = { value: string; label: string }

/** `$1`: agencies, null for all. */
const CHOICES: Partial<Record<ReportFilter, string>> = {
  field: `SELECT code AS value, name AS label FROM field WHERE $1::int[] IS NULL OR true LIMIT 2000`,
  servicePoint: `
SELECT s.id::text AS value, s.name || ' – ' || a.short_name AS label
FROM service_point s JOIN agency a ON a.id = s.agency_id WHERE $1::int[] IS NULL OR s.agency_id = ANY ($1) LIMIT 2000`,
  officer: `
SELECT DISTINCT p.id::text AS value, p.name || ' – ' || a.short_name AS label
FROM assignment s JOIN account p ON p.id = s.account_id JOIN agency a ON a.id = s.agency_id
WHERE $1::int[] IS NULL OR s.agency_id = ANY ($1) LIMIT 5000`,
}

const inVietnamese = new Intl.Collator('vi')

/** What a filter may be set to, by name, where it is one of few; procedures are given by code and channels are known. */
export async function listChoices(ctx: Ctx, filter: ReportFilter, agencies: Asked['agencies']): Promise<Choice[]> {
  const sql = CHOICES[filter]
  const rows = sql ? await run<Choice>(ctx.db, sql, [agencies]) : []
  return rows.sort((a, b) => inVietnamese.compare(a.label, b.label))
}
