import type { LocalDate } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { EnteredValue } from './entered-value.ts'
import type { IndexKey, IndexSet } from './indicator-set.ts'

/** Every version of every set, or of one, the earliest first. */
export function listIndexSets(ctx: Ctx, key?: IndexKey): Promise<IndexSet[]> {
  return run<IndexSet>(
    ctx.db,
    `SELECT s.key, s.version, s.name, s.ground, s.valid_from AS "validFrom", s.valid_to AS "validTo", s.definition
     FROM index_set s WHERE ($1::text IS NULL OR s.key = $1) ORDER BY s.key, s.valid_from LIMIT 500`,
    [key ?? null],
  )
}

const VALUES = `
SELECT x.id, x.indicator, x.agency_id AS "agencyId", x.from_day AS "from", x.to_day AS "to", x.stage, x.value::float8 AS value,
       x.of::float8 AS of, x.evidence, o.name AS by, x.at
FROM index_value x JOIN account o ON o.id = x.account_id
WHERE x.set_key = $1::text AND x.from_day >= $2::date AND x.to_day <= $3::date
  AND ($4::int[] IS NULL OR x.agency_id = ANY($4)) AND x.at <= $5`

/** What had been entered by the instant `said` for periods inside `from`..`to`, of these agencies or of all: the first said first. */
export function listEntered(
  ctx: Ctx,
  asked: { key: IndexKey; from: LocalDate; to: LocalDate; agencies: readonly number[] | null; said: Date },
): Promise<EnteredValue[]> {
  const { key, from, to, agencies, said } = asked
  return run<EnteredValue>(ctx.db, `${VALUES} ORDER BY x.id LIMIT 100000`, [key, from, to, agencies, said])
}
