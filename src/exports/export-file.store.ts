import { type Db, run } from '#src/platform/db.ts'
import { FILE } from './export-file.query.ts'
import { type ExportFile, FAILURES_MAX } from './export-file.ts'

export type NewExport = Pick<ExportFile, 'accountId' | 'role' | 'agencyId' | 'report' | 'params' | 'format'> & {
  createdAt: Date
  scheduleId?: number
  period?: string
}

const INSERT = `
INSERT INTO export_file (account_id, role, agency_id, report, params, format, created_at, schedule_id, period)
VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9) ON CONFLICT ON CONSTRAINT export_file_period DO NOTHING RETURNING id`

/** Its number; undefined when that period of the schedule has its file already. */
export async function insertExport(db: Db, file: NewExport): Promise<number | undefined> {
  const { accountId, role, agencyId, report, params, format, createdAt, scheduleId = null, period = null } = file
  const [row] = await run<{ id: number }>(db, INSERT, [
    ...[accountId, role, agencyId, report, JSON.stringify(params), format, createdAt, scheduleId, period],
  ])
  return row?.id
}

/** A new making of a file that is not finished; undefined when it is. */
export async function beginAttempt(db: Db, id: number): Promise<ExportFile | undefined> {
  const [file] = await run<ExportFile>(
    db,
    `UPDATE export_file e SET state = 'running', attempt = attempt + 1, rows_done = 0
     WHERE e.id = $1 AND e.state IN ('waiting', 'running') RETURNING ${FILE}`,
    [id],
  )
  return file
}

type Attempt = Pick<ExportFile, 'id' | 'attempt'>
const THIS = `id = $1 AND attempt = $2 AND state = 'running'`

/** False when somebody else makes it now. */
export async function saveProgress(db: Db, { id, attempt }: Attempt, rows: { done: number; total: number | null }) {
  const sql = `UPDATE export_file SET rows_done = $3, rows_total = $4 WHERE ${THIS} RETURNING id`
  return (await run(db, sql, [id, attempt, rows.done, rows.total])).length > 0
}

export type Made = { rows: number; bytes: number; sha256: string; finishedAt: Date; expiresAt: Date | null }

/** False when somebody else makes it now, or has made it. */
export async function saveMade(db: Db, { id, attempt }: Attempt, made: Made): Promise<boolean> {
  const saved = await run(
    db,
    `UPDATE export_file SET state = 'done', rows_done = $3, rows_total = $3, bytes = $4, sha256 = $5, finished_at = $6, expires_at = $7,
            failure = NULL
     WHERE ${THIS} RETURNING id`,
    [id, attempt, made.rows, made.bytes, made.sha256, made.finishedAt, made.expiresAt],
  )
  return saved.length > 0
}

/** To be tried again, unless it failed often enough or `final` says that trying is no use. */
export async function saveFailure(
  db: Db,
  { id, attempt }: Attempt,
  { code, at, final }: { code: string; at: Date; final: boolean },
): Promise<void> {
  await run(
    db,
    `UPDATE export_file SET failures = failures + 1, failure = $3, finished_at = $4,
            state = CASE WHEN $5 OR failures + 1 >= ${FAILURES_MAX} THEN 'failed' ELSE 'waiting' END
     WHERE ${THIS}`,
    [id, attempt, code, at, final],
  )
}

/** Files whose time is over, at most `limit` of them. */
export function listExpired(db: Db, at: Date, limit: number): Promise<Attempt[]> {
  return run<Attempt>(
    db,
    `SELECT id, attempt FROM export_file WHERE expires_at <= $1 AND state <> 'removed' ORDER BY expires_at LIMIT $2`,
    [at, limit],
  )
}

export async function saveRemoved(db: Db, id: number): Promise<void> {
  await run(db, `UPDATE export_file SET state = 'removed' WHERE id = $1 AND state = 'done'`, [id])
}

/** A scheduled file that was given up is begun anew. */
export function reopenFailed(db: Db, failedBefore: Date): Promise<{ id: number }[]> {
  return run<{ id: number }>(
    db,
    `UPDATE export_file SET state = 'waiting', failures = 0
     WHERE state = 'failed' AND schedule_id IS NOT NULL AND finished_at < $1 RETURNING id`,
    [failedBefore],
  )
}

/** Numbers of files that are being made, or were when their worker went away. */
export async function listRunning(db: Db): Promise<number[]> {
  return (await run<{ id: number }>(db, `SELECT id FROM export_file WHERE state = 'running' ORDER BY id`, [])).map(
    ({ id }) => id,
  )
}

/** Files made at the same time by all workers together: other jobs need room beside them. */
export const MADE_AT_ONCE = 2

const HOLD = `SELECT pg_try_advisory_lock(hashtext('export_file'), $1::int) AS held`
const TAKE_PLACE = `
SELECT place FROM generate_series(1, ${MADE_AT_ONCE}) AS place
WHERE pg_try_advisory_lock(hashtext('export_place'), place) LIMIT 1`

/**
 * Does `work`, given a connection of its own, while that holds the making of a file and one of the places there are: `held` when another has the file,
 * `full` when no place is free. A crash lets go of both.
 */
export function holdExport(db: Db, id: number, work: (own: Db) => Promise<void>): Promise<'done' | 'held' | 'full'> {
  return db.connection().execute(async own => {
    try {
      const [lock] = await run<{ held: boolean }>(own, HOLD, [id])
      if (!lock?.held) return 'held'
      if ((await run(own, TAKE_PLACE, [])).length === 0) return 'full'
      await work(own)
      return 'done'
    } finally {
      // Every lock of this connection is of this file: it is given back without any.
      await run(own, 'SELECT pg_advisory_unlock_all()', [])
    }
  })
}
