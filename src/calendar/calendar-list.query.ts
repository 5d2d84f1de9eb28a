import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'

/** Counting stops here: a screen needs to know that there are many, not how many. */
export const COUNT_BOUND = 10_000

export type CalendarSummary = {
  id: number
  name: string
  /** The year's notice, null while there is none. */
  notice: string | null
  /** How many agencies work by it. */
  agencies: number
}

/** All calendars with the notice of a year; there are a handful. */
export function listCalendars(ctx: Ctx, year: number): Promise<CalendarSummary[]> {
  return run<CalendarSummary>(
    ctx.db,
    `SELECT c.id, c.name, y.notice,
            (SELECT count(*)::int FROM agency a WHERE a.calendar_id = c.id) AS agencies
     FROM calendar c LEFT JOIN calendar_year y ON y.calendar_id = c.id AND y.year = $1
     ORDER BY c.id`,
    [year],
  )
}

export type NoticeTarget = CalendarSummary & {
  /** Dossiers being resolved under it whose due time a notice counts again. */
  open: number
  /** Of these, those whose due time is provisional because of the year. */
  provisional: number
}

/**
 * The same with what a notice of the year would touch, each count up to COUNT_BOUND + 1. Dossiers are counted as the recomputation
 * sees them: received, with a due time, not ended.
 */
export function listNoticeTargets(ctx: Ctx, year: number): Promise<NoticeTarget[]> {
  const open = `state IN ('received', 'in-process', 'supplement-requested', 'financial-obligation', 'pending-approval', 'approved')
                AND due_at IS NOT NULL AND calendar_id = c.id`
  return run<NoticeTarget>(
    ctx.db,
    `SELECT c.id, c.name, y.notice,
            (SELECT count(*)::int FROM agency a WHERE a.calendar_id = c.id) AS agencies,
            (SELECT count(*)::int FROM (SELECT FROM dossier WHERE ${open} LIMIT ${COUNT_BOUND + 1}) x) AS open,
            (SELECT count(*)::int FROM (SELECT FROM dossier WHERE ${open} AND due_provisional AND due_gaps @> ARRAY[$1::int]
                                        LIMIT ${COUNT_BOUND + 1}) x) AS provisional
     FROM calendar c LEFT JOIN calendar_year y ON y.calendar_id = c.id AND y.year = $1
     ORDER BY c.id`,
    [year],
  )
}

export type AgencyChoice = { code: string; name: string; calendar: number }

/** Today's agencies by code, with the calendar each works by. There are a few hundred at most. */
export function listAgencyCalendars(ctx: Ctx, day: string): Promise<AgencyChoice[]> {
  return run<AgencyChoice>(
    ctx.db,
    `SELECT code, name, calendar_id AS calendar FROM agency
     WHERE valid_from <= $1::date AND (valid_to IS NULL OR valid_to > $1::date) ORDER BY code`,
    [day],
  )
}
