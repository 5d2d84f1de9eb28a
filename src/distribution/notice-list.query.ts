import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'

/** What an officer was told. `by`: the officer who did it; null for the platform. */
export type OfficerNotice = {
  id: number
  at: Date
  kind: string
  ref: string | null
  by: string | null
  params: Record<string, unknown>
  readAt: Date | null
}

export type NoticeList = {
  rows: OfficerNotice[]
  /** `before` of the page after; null on the last. */
  next: number | null
  /** Unread ones, to UNREAD; and the newest of all, up to which they may be marked read. */
  unread: number
  newest: number | null
}

export const UNREAD = 100

export type NoticesAsked = { unread: boolean; before?: number | undefined; limit: number }

const LIST = (condition: string) => `
SELECT n.id, n.at, n.kind, coalesce(d.code, 'D' || d.id) AS ref, a.name AS by, n.params, n.read_at AS "readAt", counted.*
FROM (SELECT (SELECT count(*)::int FROM (SELECT FROM officer_notice WHERE account_id = $1 AND read_at IS NULL LIMIT ${UNREAD}) u) AS unread,
             (SELECT max(id) FROM officer_notice WHERE account_id = $1) AS newest) counted
LEFT JOIN LATERAL (
  SELECT * FROM officer_notice WHERE account_id = $1 AND ($2::bigint IS NULL OR id < $2) AND ${condition}
  ORDER BY id DESC LIMIT $3
) n ON true
LEFT JOIN dossier d ON d.id = n.dossier_id
LEFT JOIN account a ON a.id = CASE WHEN n.actor ~ '^officer:[0-9]+$' THEN split_part(n.actor, ':', 2)::int END
ORDER BY n.id DESC`
const LIST_UNREAD = LIST('read_at IS NULL')
const LIST_ALL = LIST('true')

/** The officer's own notices, newest first: those not read yet, or all. One statement. */
export async function listNotices(ctx: Ctx, officer: Officer, asked: NoticesAsked): Promise<NoticeList> {
  type Found = OfficerNotice & { id: number | null; unread: number; newest: number | null }
  const found = await run<Found>(ctx.db, asked.unread ? LIST_UNREAD : LIST_ALL, [
    officer.accountId,
    asked.before ?? null,
    asked.limit + 1,
  ])
  const all = found.filter(row => row.id !== null)
  const rows = all.slice(0, asked.limit).map(({ unread: _, newest: __, ...row }) => row)
  const { unread = 0, newest = null } = found[0] ?? {}
  return { rows, next: all.length > asked.limit ? (rows.at(-1)?.id ?? null) : null, unread, newest }
}
