import { actorRef, type Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'

/** One import at a time, to the end of the transaction: numbers are looked up and then given. */
export async function lockImports({ db }: Ctx): Promise<void> {
  await run(db, `SELECT pg_advisory_xact_lock(hashtext('import-dossiers'))`, [])
}

/** A dry run writes nothing, so what it has read is noted here until its transaction ends. */
export async function makeSeenRows({ db }: Ctx): Promise<void> {
  await run(
    db,
    'CREATE TEMPORARY TABLE seen_row (key text PRIMARY KEY, digest text NOT NULL, code text) ON COMMIT DROP',
    [],
  )
  await run(db, 'CREATE INDEX seen_row_code ON seen_row (code)', [])
}

export type SeenRow = { key: string; digest: string; code: string | null }

export async function noteSeenRows({ db }: Ctx, rows: readonly SeenRow[]): Promise<void> {
  await run(db, 'INSERT INTO seen_row SELECT * FROM json_populate_recordset(NULL::seen_row, $1::json)', [
    JSON.stringify(rows),
  ])
}

/** The digests of rows imported before, by key; with `seen` also of those a dry run has read. */
export async function findKnownRows(ctx: Ctx, keys: readonly string[], seen: boolean): Promise<Map<string, string>> {
  const rows = await run<{ key: string; digest: string }>(
    ctx.db,
    `SELECT command_id AS key, command_digest AS digest FROM dossier_event
     WHERE actor = $1 AND command_id = ANY ($2::text[]) AND command_part = 0
     ${seen ? 'UNION ALL SELECT key, digest FROM seen_row WHERE key = ANY ($2::text[])' : ''}`,
    [actorRef(ctx.actor), keys],
  )
  return new Map(rows.map(({ key, digest }) => [key, digest]))
}

/** Which of these codes a dossier bears. */
export async function findTakenCodes({ db }: Ctx, codes: readonly string[], seen: boolean): Promise<Set<string>> {
  const rows = await run<{ code: string }>(
    db,
    `SELECT code FROM dossier WHERE code = ANY ($1::text[])
     ${seen ? 'UNION ALL SELECT code FROM seen_row WHERE code = ANY ($1::text[])' : ''}`,
    [codes],
  )
  return new Set(rows.map(({ code }) => code))
}

/** Of code prefixes such as `H20.101-190304`, those under which our own desks have numbered dossiers. */
export async function findLivePrefixes({ db }: Ctx, prefixes: readonly string[]): Promise<Set<string>> {
  const rows = await run<{ prefix: string }>(
    db,
    `SELECT p.prefix FROM unnest($1::text[]) AS p (prefix)
     JOIN agency a ON a.code = left(p.prefix, -7)
     JOIN dossier_counter n ON n.agency_id = a.id AND n.day = to_date(right(p.prefix, 6), 'YYMMDD')`,
    [prefixes],
  )
  return new Set(rows.map(({ prefix }) => prefix))
}

/** Numbers for so many new dossiers. */
export async function takeIds({ db }: Ctx, count: number): Promise<number[]> {
  const rows = await run<{ id: number }>(
    db,
    `SELECT nextval(pg_get_serial_sequence('dossier', 'id')) AS id FROM generate_series(1, $1::int)`,
    [count],
  )
  return rows.map(({ id }) => id)
}

export type Series = { agencyId: number; day: string }

/** Takes as many numbers of each agency and day as it is named; returns the last number taken of each, in the order of first naming. */
export async function takeNumbers({ db }: Ctx, wanted: readonly (Series & { count: number })[]): Promise<number[]> {
  if (wanted.length === 0) return []
  const rows = await run<Series & { last: number }>(
    db,
    `INSERT INTO history_counter AS c (agency_id, day, last)
     SELECT w.agency, w.day, w.count FROM unnest($1::int[], $2::date[], $3::int[]) AS w (agency, day, count)
     ON CONFLICT (agency_id, day) DO UPDATE SET last = c.last + excluded.last
     RETURNING agency_id AS "agencyId", day, last`,
    [wanted.map(one => one.agencyId), wanted.map(one => one.day), wanted.map(one => one.count)],
  )
  const lasts = new Map(rows.map(({ agencyId, day, last }) => [`${agencyId} ${day}`, last]))
  return wanted.map(({ agencyId, day }) => lasts.get(`${agencyId} ${day}`) ?? 0)
}
