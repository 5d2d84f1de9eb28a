import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { ExportFile, ListedFile } from './export-file.ts'

/** Columns of a file, as `ExportFile` names them. */
export const FILE = `
e.id, e.account_id AS "accountId", e.role, e.agency_id AS "agencyId", e.report, e.params, e.format, e.state, e.attempt,
e.rows_done AS "rowsDone", e.rows_total AS "rowsTotal", e.bytes, e.sha256, e.failures, e.failure, e.created_at AS "createdAt",
e.finished_at AS "finishedAt", e.expires_at AS "expiresAt", e.schedule_id AS "scheduleId", e.period`

/** The same for a list that people read. */
export const LISTED = `${FILE}, (SELECT g.name FROM agency g WHERE g.code = e.params ->> 'agency') AS agency`

/** How far back one's own list goes. */
const OWN_MAX = 100

/** What somebody asked for, newest first. */
export function listOwnExports(ctx: Ctx, accountId: number): Promise<ListedFile[]> {
  const sql = `SELECT ${LISTED} FROM export_file e WHERE e.account_id = $1 ORDER BY e.id DESC LIMIT ${OWN_MAX}`
  return run<ListedFile>(ctx.db, sql, [accountId])
}

/** A file this person asked for or was sent, or a scheduled one for procedure control; undefined when it is somebody else's. */
export async function findTheirExport(
  ctx: Ctx,
  id: number,
  { accountId, role }: Officer,
): Promise<ExportFile | undefined> {
  const [found] = await run<ExportFile>(
    ctx.db,
    `SELECT ${FILE} FROM export_file e WHERE e.id = $1::bigint AND (e.account_id = $2::int OR (e.schedule_id IS NOT NULL AND $3)
       OR EXISTS (SELECT FROM report_delivery d WHERE d.export_id = e.id AND d.account_id = $2::int))`,
    [id, accountId, role === 'control'],
  )
  return found
}

/** Files that are not finished yet, of one person. */
export async function countUnfinished(ctx: Ctx, accountId: number): Promise<number> {
  const [row] = await run<{ n: number }>(
    ctx.db,
    `SELECT count(*)::int AS n FROM export_file WHERE account_id = $1 AND state IN ('waiting', 'running')`,
    [accountId],
  )
  return row?.n ?? 0
}
