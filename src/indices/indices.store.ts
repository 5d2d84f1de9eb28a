import type { LocalDate } from '#src/calendar/local-date.ts'
import { type Db, run } from '#src/platform/db.ts'
import { type Form01, type RatedIndex, ratedIndices } from './dossier-rating.ts'
import type { EnteredValue } from './entered-value.ts'
import type { IndexDefinition, IndexKey } from './indicator-set.ts'

/** Whoever says something of the same thing at the same time waits until it is said, and then sees it. Until the transaction ends. */
export async function takeTurns(db: Db, what: string): Promise<void> {
  await run(db, `SELECT pg_advisory_xact_lock(hashtextextended($1, 21))`, [what])
}

export type NewVersion = {
  key: IndexKey
  version: number
  name: readonly [string, string]
  ground: string
  from: LocalDate
  definition: IndexDefinition
}

/** The next version; what is in force ends the day before. Breaks `index_set_in_force` when there is a later one already. */
export async function insertVersion(
  db: Db,
  { key, version, name, ground, from, definition }: NewVersion,
): Promise<void> {
  await run(
    db,
    'UPDATE index_set SET valid_to = $2 WHERE key = $1 AND valid_from < $2 AND (valid_to IS NULL OR valid_to > $2)',
    [key, from],
  )
  await run(
    db,
    `INSERT INTO index_set (key, version, name, ground, valid_from, definition)
     VALUES ($1, $2, $3::jsonb, $4, $5, $6::jsonb)`,
    [key, version, JSON.stringify(name), ground, from, JSON.stringify(definition)],
  )
}

export type NewValue = Omit<EnteredValue, 'id' | 'by'> & { key: IndexKey; accountId: number }

export async function insertValue(db: Db, one: NewValue): Promise<void> {
  await run(
    db,
    `INSERT INTO index_value (set_key, indicator, agency_id, from_day, to_day, stage, value, of, evidence, account_id, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      one.key,
      one.indicator,
      one.agencyId,
      one.from,
      one.to,
      one.stage,
      one.value,
      one.of,
      one.evidence,
      one.accountId,
      one.at,
    ],
  )
}

export type NewRating = {
  dossierId: number
  agencyId: number
  accountId: number | null
  readyAt: Date
  points: Form01
}

/** How many of them were not rated before. */
export async function insertRatings(db: Db, ratings: readonly NewRating[], at: Date): Promise<number> {
  const columns = ratedIndices.map(index => ratings.map(({ points }) => points[index]))
  const rows = await run(
    db,
    `INSERT INTO dossier_rating (dossier_id, agency_id, account_id, ready_at, at, p1, p2, p3, p4, p6, p7)
     SELECT r.dossier, r.agency, r.account, r.ready, $5, r.p1, r.p2, r.p3, r.p4, r.p6, r.p7
     FROM unnest($1::bigint[], $2::int[], $3::int[], $4::timestamptz[],
                 $6::smallint[], $7::smallint[], $8::smallint[], $9::smallint[], $10::smallint[], $11::smallint[])
       AS r (dossier, agency, account, ready, p1, p2, p3, p4, p6, p7)
     ON CONFLICT (dossier_id) DO NOTHING RETURNING 1`,
    [
      ratings.map(one => one.dossierId),
      ratings.map(one => one.agencyId),
      ratings.map(one => one.accountId),
      ratings.map(one => one.readyAt),
      at,
      ...columns,
    ],
  )
  return rows.length
}

export type NewRatingChange = {
  dossierId: number
  index: RatedIndex
  points: number
  reason: string
  accountId: number
  at: Date
}

export async function insertRatingChange(db: Db, one: NewRatingChange): Promise<void> {
  await run(
    db,
    `INSERT INTO dossier_rating_change (dossier_id, index_number, points, reason, account_id, at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [one.dossierId, one.index, one.points, one.reason, one.accountId, one.at],
  )
}
