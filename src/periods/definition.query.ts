import { type LocalDate, localDate } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { type DefinitionPeriod, type Definitions, definitionsOf } from './definition.ts'

const PERIODS = `
SELECT d.key, d.answer, d.ground, d.valid_from AS "validFrom", d.valid_to AS "validTo" FROM report_definition d`

/** What is in force on a local day: of a report, the last of its period. */
export async function getDefinitions(ctx: Ctx, day: LocalDate): Promise<Definitions> {
  const sql = `${PERIODS} WHERE d.valid_from <= $1::date AND (d.valid_to IS NULL OR d.valid_to > $1::date)`
  return definitionsOf(await run<DefinitionPeriod>(ctx.db, sql, [day]))
}

/** What was or is in force on each of some local days, in their order. */
export async function listDefinitionsOn(ctx: Ctx, days: readonly LocalDate[]): Promise<Definitions[]> {
  const sql = `${PERIODS} WHERE d.valid_from <= $2::date AND (d.valid_to IS NULL OR d.valid_to > $1::date)`
  const sorted = [...days].sort()
  const periods = await run<DefinitionPeriod>(ctx.db, sql, [sorted[0] ?? null, sorted.at(-1) ?? null])
  const isInForce = (day: LocalDate) => (one: DefinitionPeriod) =>
    one.validFrom <= day && (one.validTo === null || one.validTo > day)
  return days.map(day => definitionsOf(periods.filter(isInForce(day))))
}

/** Every answer in force today or to come: by question, the earliest first. */
export function listDefinitions(ctx: Ctx): Promise<DefinitionPeriod[]> {
  return run<DefinitionPeriod>(
    ctx.db,
    `${PERIODS} WHERE d.valid_to IS NULL OR d.valid_to > $1::date ORDER BY d.key, d.valid_from LIMIT 500`,
    [localDate(ctx.clock.now())],
  )
}
