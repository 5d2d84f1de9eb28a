import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { DayRule, WorkingCalendar } from './working-time.ts'

/** Locks the calendar, so that two notices follow one another, and raises its version. Undefined when there is none. */
export async function raiseVersion(ctx: Ctx, id: number): Promise<{ version: number } | undefined> {
  const [row] = await run<{ version: number }>(
    ctx.db,
    'UPDATE calendar SET version = version + 1 WHERE id = $1 RETURNING version',
    [id],
  )
  return row
}

/** Replaces what is known of a year: its notice and every day that differs. */
export async function replaceYear(
  ctx: Ctx,
  id: number,
  year: number,
  notice: string,
  days: readonly DayRule[],
): Promise<void> {
  await run(ctx.db, 'DELETE FROM calendar_day WHERE calendar_id = $1 AND day >= $2::date AND day < $3::date', [
    id,
    `${year}-01-01`,
    `${year + 1}-01-01`,
  ])
  await run(
    ctx.db,
    `INSERT INTO calendar_day (calendar_id, day, kind, windows, reason, legal_basis)
     SELECT $1, d.day, d.kind, d.windows, d.reason, d."legalBasis"
     FROM jsonb_to_recordset($2::jsonb) AS d (day date, kind text, windows jsonb, reason text, "legalBasis" text)`,
    [id, JSON.stringify(days)],
  )
  await run(
    ctx.db,
    `INSERT INTO calendar_year (calendar_id, year, notice) VALUES ($1, $2, $3)
     ON CONFLICT (calendar_id, year) DO UPDATE SET notice = $3`,
    [id, year, notice],
  )
}

/** A new calendar with hours of its own and every day and notice of another. Returns its id, undefined when there is no other. */
export async function insertCopy(
  ctx: Ctx,
  copy: { source: number; name: string; weekly: WorkingCalendar['weekly'] },
): Promise<number | undefined> {
  // Waits for a notice that is being entered, so that its days are copied whole.
  const [source] = await run(ctx.db, 'SELECT FROM calendar WHERE id = $1 FOR SHARE', [copy.source])
  if (!source) return undefined
  const [row] = await run<{ id: number }>(
    ctx.db,
    `WITH made AS (
       INSERT INTO calendar (name, weekly) VALUES ($2, $3::jsonb) RETURNING id
     ), days AS (
       INSERT INTO calendar_day (calendar_id, day, kind, windows, reason, legal_basis)
       SELECT made.id, d.day, d.kind, d.windows, d.reason, d.legal_basis FROM calendar_day d, made WHERE d.calendar_id = $1
     ), years AS (
       INSERT INTO calendar_year (calendar_id, year, notice)
       SELECT made.id, y.year, y.notice FROM calendar_year y, made WHERE y.calendar_id = $1
     )
     SELECT id FROM made`,
    [copy.source, copy.name, JSON.stringify(copy.weekly)],
  )
  return row?.id
}
