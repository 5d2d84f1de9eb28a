import type { LocalDate } from '#src/calendar/local-date.ts'
import type { PeriodKind } from '#src/periods/period-scheme.ts'
import type { Role } from '#src/platform/ctx.ts'
import { type Db, run } from '#src/platform/db.ts'
import type { ReportFormat } from '#src/reports/render-report.ts'

export type NewSchedule = {
  report: string
  grouping: string | null
  agencyId: number | null
  scheme: string
  kind: PeriodKind
  daysAfter: number
  format: ReportFormat
  ground: string
  validFrom: LocalDate
  createdBy: number
  createdAt: Date
}
export type NewRecipient = { accountId: number | null; role: Role | null; agencyId: number | null }

const INSERT = `
WITH made AS (
  INSERT INTO report_schedule
    (report, grouping, agency_id, scheme, kind, days_after, format, ground, valid_from, created_by, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id
), told AS (
  INSERT INTO report_recipient (schedule_id, account_id, role, agency_id)
  SELECT made.id, r.* FROM made, unnest($12::int[], $13::text[], $14::int[]) AS r
)
SELECT id FROM made`

export async function insertSchedule(
  db: Db,
  schedule: NewSchedule,
  recipients: readonly NewRecipient[],
): Promise<number> {
  const { report, grouping, agencyId, scheme, kind, daysAfter, format, ground, validFrom, createdBy, createdAt } =
    schedule
  const [row] = await run<{ id: number }>(db, INSERT, [
    ...[report, grouping, agencyId, scheme, kind, daysAfter, format, ground, validFrom, createdBy, createdAt],
    recipients.map(one => one.accountId),
    recipients.map(one => one.role),
    recipients.map(one => one.agencyId),
  ])
  if (!row) throw new Error('an insert returns its row')
  return row.id
}

/** Periods that end on `day` or later are not sent any more. False when there is no such schedule, or it was stopped before. */
export async function endSchedule(db: Db, id: number, day: LocalDate): Promise<boolean> {
  const sql = `UPDATE report_schedule SET valid_to = greatest($2::date, valid_from) WHERE id = $1 AND valid_to IS NULL RETURNING id`
  return (await run(db, sql, [id, day])).length > 0
}

type Sent = { scheduleId: number; period: string; exportId: number; at: Date }

/** Records that a report is sent to these accounts; returns those to whom it had not been sent yet. */
export async function insertDeliveries(db: Db, sent: Sent, accountIds: readonly number[]): Promise<number[]> {
  const rows = await run<{ account_id: number }>(
    db,
    `INSERT INTO report_delivery (schedule_id, period, account_id, export_id, sent_at, how)
     SELECT $1, $2, a, $3, $4, 'notice' FROM unnest($5::int[]) AS a ON CONFLICT DO NOTHING RETURNING account_id`,
    [sent.scheduleId, sent.period, sent.exportId, sent.at, accountIds],
  )
  return rows.map(row => row.account_id)
}

/** The first time counts. */
export async function markOpened(db: Db, opened: { exportId: number; accountId: number; at: Date }): Promise<void> {
  const sql = 'UPDATE report_delivery SET opened_at = $3 WHERE export_id = $1 AND account_id = $2 AND opened_at IS NULL'
  await run(db, sql, [opened.exportId, opened.accountId, opened.at])
}
