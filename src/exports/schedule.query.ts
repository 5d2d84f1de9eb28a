import { localDate } from '#src/calendar/local-date.ts'
import type { Ctx, Role } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { LISTED } from './export-file.query.ts'
import type { ListedFile } from './export-file.ts'
import type { Issue, ReportSchedule } from './schedule.ts'

const SCHEDULES = `
SELECT s.id, s.report, s.grouping, s.scheme, s.kind, s.days_after AS "daysAfter", s.format, s.ground, s.valid_from AS "validFrom",
       s.valid_to AS "validTo",
       CASE WHEN g.id IS NOT NULL THEN json_build_object('id', g.id, 'code', g.code, 'name', g.name) END AS agency,
       (SELECT json_agg(json_build_object('username', a.username, 'name', a.name, 'role', r.role, 'agency', h.name)
                        ORDER BY r.role, h.name, a.username)
        FROM report_recipient r LEFT JOIN account a ON a.id = r.account_id LEFT JOIN agency h ON h.id = r.agency_id
        WHERE r.schedule_id = s.id) AS recipients
FROM report_schedule s LEFT JOIN agency g ON g.id = s.agency_id
ORDER BY s.valid_to IS NOT NULL, s.id LIMIT 500`

/** Every schedule, those that were stopped last. */
export const listSchedules = (ctx: Ctx) => run<ReportSchedule>(ctx.db, SCHEDULES, [])

const ISSUES = `
SELECT e.schedule_id AS "scheduleId", e.period, e.id AS "exportId", e.state, e.failures, e.failure, e.sha256,
       e.finished_at AS "finishedAt",
       (SELECT coalesce(json_agg(json_build_object('name', a.name, 'username', a.username, 'sentAt', d.sent_at, 'openedAt', d.opened_at)
                                 ORDER BY a.name, a.id), '[]')
        FROM report_delivery d JOIN account a ON a.id = d.account_id WHERE d.export_id = e.id) AS deliveries
FROM export_file e WHERE e.schedule_id IS NOT NULL ORDER BY e.id DESC LIMIT $1`

/** What was made by schedules, the latest first. */
export const listIssues = (ctx: Ctx, limit: number) => run<Issue>(ctx.db, ISSUES, [limit])

/** Periods whose file exists, made or not: `12 2026-M03`. */
export async function listIssued(ctx: Ctx): Promise<Set<string>> {
  const sql = `SELECT schedule_id || ' ' || period AS issued FROM export_file WHERE schedule_id IS NOT NULL`
  return new Set((await run<{ issued: string }>(ctx.db, sql, [])).map(({ issued }) => issued))
}

const RECIPIENTS = `
WITH seat AS (
  SELECT x.account_id, x.agency_id, x.role FROM assignment x JOIN account a ON a.id = x.account_id AND a.active
  WHERE x.valid_from <= $2::date AND (x.valid_to IS NULL OR x.valid_to > $2::date)
), named AS (
  SELECT s.* FROM report_recipient r
  JOIN seat s ON s.role = r.role AND (r.agency_id IS NULL OR r.agency_id = s.agency_id) WHERE r.schedule_id = $1
)
SELECT a.id FROM report_recipient r JOIN account a ON a.id = r.account_id AND a.active WHERE r.schedule_id = $1
UNION
SELECT n.account_id FROM named n
UNION
SELECT d.delegate_id FROM named n
JOIN delegation d ON d.account_id = n.account_id AND d.agency_id = n.agency_id AND d.role = n.role
  AND d.revoked_at IS NULL AND d.valid_from <= $3 AND d.valid_to > $3
ORDER BY 1`

/** Accounts that are to receive a schedule's report now; who stands in for an absent one is among them. */
export async function listRecipients(ctx: Ctx, scheduleId: number): Promise<number[]> {
  const now = ctx.clock.now()
  const rows = await run<{ id: number }>(ctx.db, RECIPIENTS, [scheduleId, localDate(now), now])
  return rows.map(({ id }) => id)
}

/** Reports this person was sent, the latest first. */
export function listSentTo(
  ctx: Ctx,
  accountId: number,
): Promise<(ListedFile & { sentAt: Date; openedAt: Date | null })[]> {
  return run(
    ctx.db,
    `SELECT ${LISTED}, d.sent_at AS "sentAt", d.opened_at AS "openedAt"
     FROM report_delivery d JOIN export_file e ON e.id = d.export_id WHERE d.account_id = $1 ORDER BY d.export_id DESC LIMIT 100`,
    [accountId],
  )
}

/** The agency at the top of the tree; undefined before there is one. */
export async function findProvince(ctx: Ctx): Promise<{ id: number } | undefined> {
  const sql = `SELECT id FROM agency WHERE kind = 'province' AND parent_id IS NULL ORDER BY valid_from DESC LIMIT 1`
  const [found] = await run<{ id: number }>(ctx.db, sql, [])
  return found
}

/** Active officers by username, with the roles they have today. */
export function findOfficers(
  ctx: Ctx,
  usernames: readonly string[],
): Promise<{ id: number; username: string; roles: Role[] }[]> {
  return run(
    ctx.db,
    `SELECT a.id, a.username, array_agg(x.role::text) AS roles FROM account a
     JOIN assignment x ON x.account_id = a.id AND x.valid_from <= $2::date AND (x.valid_to IS NULL OR x.valid_to > $2::date)
     WHERE a.kind = 'officer' AND a.active AND a.username = ANY ($1::text[]) GROUP BY a.id`,
    [usernames, localDate(ctx.clock.now())],
  )
}
