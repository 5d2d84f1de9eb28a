import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { NATIONAL, type PeriodScheme, type SchemeTerms } from './period-scheme.ts'

const TERMS = `
SELECT s.code, json_build_array(s.name_vi, s.name_en) AS name, s.start_day AS "startDay", s.kinds,
       s.submission_days AS "submissionDays", s.ground, s.valid_from AS "validFrom", s.valid_to AS "validTo"
FROM period_scheme s ORDER BY s.code <> $1, s.code = 'calendar', s.code, s.valid_from LIMIT 1000`

/** Every scheme with all its terms, past and to come: the national one first, the calendar last. */
export async function listSchemes(ctx: Ctx): Promise<PeriodScheme[]> {
  const rows = await run<SchemeTerms & { code: string }>(ctx.db, TERMS, [NATIONAL])
  const byCode = Map.groupBy(rows, ({ code }) => code)
  return [...byCode].map(([code, terms]) => ({ code, terms: terms.map(({ code: _, ...one }) => one) }))
}
