import type { LocalDate } from '#src/calendar/local-date.ts'
import { type Fact, measures } from '#src/dossiers/fact.ts'
import { type Db, run } from '#src/platform/db.ts'
import { isKeptByAgency, type KeptLevel, keptLevels, startOfDay } from './kept-sums.ts'

/** Held until the transaction ends: sums are brought up to date by one at a time. */
export async function lockSums(db: Db): Promise<void> {
  await run(db, `SELECT pg_advisory_xact_lock(hashtext('fact'))`, [])
}

const MOVE = `
WITH taken AS (
  DELETE FROM fact_inbox WHERE ctid = ANY (ARRAY(SELECT ctid FROM fact_inbox LIMIT $1)) RETURNING *
), put AS (
  INSERT INTO fact (at, dossier_id, agency_id, field_id, measure, n, channel, procedure_code)
  SELECT t.at, t.dossier_id, d.competent_agency_id, v.field_id, t.measure, t.n, d.channel, d.procedure_code
  FROM taken t JOIN dossier d ON d.id = t.dossier_id JOIN procedure_version v ON v.id = d.procedure_version_id
  RETURNING at
)
SELECT count(*)::int AS moved, min(at) AS earliest FROM put`

/** Moves up to `limit` facts on from the inbox; `earliest` of their instants. */
export async function moveFacts(db: Db, limit: number): Promise<{ moved: number; earliest: Date | null }> {
  const [row] = await run<{ moved: number; earliest: Date | null }>(db, MOVE, [limit])
  return row ?? { moved: 0, earliest: null }
}

/** Forgets the sums of the days after `day`. */
export async function dropSumsAfter(db: Db, day: LocalDate): Promise<void> {
  await run(db, 'DELETE FROM fact_checkpoint WHERE day > $1::date', [day])
}

/** `last`: day of the latest sums; `first`: the local day of the earliest fact. */
export async function findEdge(db: Db): Promise<{ last: LocalDate | null; first: LocalDate | null }> {
  const [row] = await run<{ last: LocalDate | null; first: LocalDate | null }>(
    db,
    `SELECT (SELECT max(day) FROM fact_checkpoint) AS last,
       ((SELECT min(at) FROM fact) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS first`,
    [],
  )
  return row ?? { last: null, first: null }
}

const list = (columns: readonly string[]) => columns.join(', ')
const pivot = measures.map(m => `coalesce(sum(n) FILTER (WHERE measure = '${m}'), 0) AS ${m}`)

/** The sums of a level as of the beginning of day `$1`: those kept before it, and the facts since. */
function sumsAt(level: KeptLevel): string {
  const { columns, of, daily } = keptLevels[level]
  const before = `(SELECT max(day) FROM fact_checkpoint WHERE day < $1::date${daily ? '' : ' AND by_agency'})`
  return `
SELECT $1::date AS day, agency_id, field_id, procedure_code, channel, ${list(measures.map(m => `sum(${m})::int`))}
FROM (
  SELECT agency_id, field_id, procedure_code, channel, ${list(measures)} FROM fact_balance WHERE day = ${before} AND ${of}
  UNION ALL
  SELECT ${list(columns)}, channel, ${list(pivot)} FROM fact
  WHERE at >= coalesce(${startOfDay(before)}, '-infinity') AND at < ${startOfDay('$1')}
  GROUP BY ${list(columns.filter(column => column.endsWith('_id') || column.endsWith('_code')))}, channel
) x GROUP BY agency_id, field_id, procedure_code, channel`
}

const levelsOf = (day: LocalDate) =>
  (Object.keys(keptLevels) as KeptLevel[]).filter(level => keptLevels[level].daily || isKeptByAgency(day))

/** Keeps the sums as of the beginning of `day`, which follows the last kept. */
export async function keepSums(db: Db, day: LocalDate): Promise<void> {
  await run(db, 'INSERT INTO fact_checkpoint (day, by_agency) VALUES ($1, $2)', [day, isKeptByAgency(day)])
  for (const level of levelsOf(day)) await run(db, `INSERT INTO fact_balance ${sumsAt(level)}`, [day])
}

/** How many kept sums of a day are not what those before it and the facts since make; none when they have been forgotten since. */
export async function countWrongSums(db: Db, day: LocalDate): Promise<number> {
  let wrong = 0
  for (const level of levelsOf(day)) {
    const kept = `SELECT day, agency_id, field_id, procedure_code, channel, ${list(measures)} FROM fact_balance
      WHERE day = $1::date AND ${keptLevels[level].of}`
    const [row] = await run<{ wrong: number }>(
      db,
      `WITH made AS (${sumsAt(level)}), kept AS (${kept})
       SELECT count(*)::int AS wrong FROM ((TABLE made EXCEPT TABLE kept) UNION (TABLE kept EXCEPT TABLE made)) x
       WHERE EXISTS (SELECT FROM fact_checkpoint WHERE day = $1::date)`,
      [day],
    )
    wrong += row?.wrong ?? 0
  }
  return wrong
}

/** Days for which sums are kept, in their order. */
export async function listKeptDays(db: Db): Promise<LocalDate[]> {
  const rows = await run<{ day: LocalDate }>(db, 'SELECT day FROM fact_checkpoint ORDER BY day', [])
  return rows.map(({ day }) => day)
}

/** Replaces all facts of some dossiers. */
export async function replaceFacts(db: Db, facts: ReadonlyMap<number, readonly Fact[]>): Promise<void> {
  const rows = [...facts].flatMap(([dossier, list]) => list.map(fact => ({ dossier, ...fact })))
  for (const table of ['fact_inbox', 'fact']) {
    await run(db, `DELETE FROM ${table} WHERE dossier_id = ANY ($1::bigint[])`, [[...facts.keys()]])
  }
  await run(
    db,
    `INSERT INTO fact_inbox (dossier_id, at, measure, n)
     SELECT f.dossier_id, f.at, f.measure::fact_measure, f.n
     FROM unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::int[]) AS f (dossier_id, at, measure, n)`,
    [rows.map(r => r.dossier), rows.map(r => r.at), rows.map(r => r.measure), rows.map(r => r.n)],
  )
}

/** `rules`: by which the facts were made, see factRules. */
export type Backlog = { after: number; last: number; rules: number }

/** What is still to be counted of dossiers, held until the transaction ends. */
export async function lockBacklog(db: Db): Promise<Backlog> {
  const [row] = await run<Backlog>(
    db,
    'SELECT after_id AS after, last_id AS last, rules FROM fact_backlog FOR UPDATE',
    [],
  )
  if (!row) throw new Error('fact_backlog has no row')
  return row
}

/** The whole of the dossiers there are, to be counted by these rules. */
export async function wholeBacklog(db: Db, rules: number): Promise<Backlog> {
  const [row] = await run<{ last: number }>(db, 'SELECT coalesce(max(id), 0) AS last FROM dossier', [])
  return { after: 0, last: row?.last ?? 0, rules }
}

/** Whether dossiers from before there were facts, or all of them after `rebuild-facts`, are still being counted. */
export async function isCounting(db: Db): Promise<boolean> {
  const [row] = await run<{ counting: boolean }>(db, 'SELECT after_id < last_id AS counting FROM fact_backlog', [])
  return row?.counting ?? true
}

export async function saveBacklog(db: Db, { after, last, rules }: Backlog): Promise<void> {
  await run(db, 'UPDATE fact_backlog SET after_id = $1, last_id = $2, rules = $3', [after, last, rules])
}
