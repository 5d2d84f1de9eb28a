import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { WorkingCalendar } from './working-time.ts'

/** A calendar's version never changes, so a process may keep it; one process serves one database. */
const known = new Map<string, WorkingCalendar>()

/** The calendar as it stands at `version`, which the caller has just read; an older version answers with today's days. */
export async function getCalendar(ctx: Ctx, id: number, version: number): Promise<WorkingCalendar> {
  const key = `${id}:${version}`
  const kept = known.get(key)
  if (kept) return kept
  const [row] = await run<WorkingCalendar>(
    ctx.db,
    `SELECT c.id, c.name, c.version, c.weekly,
            coalesce((SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('day', d.day, 'kind', d.kind,
                        'windows', d.windows, 'reason', d.reason, 'legalBasis', d.legal_basis)) ORDER BY d.day)
                      FROM calendar_day d WHERE d.calendar_id = c.id), '[]') AS days,
            coalesce((SELECT jsonb_agg(y.year ORDER BY y.year)
                      FROM calendar_year y WHERE y.calendar_id = c.id), '[]') AS "noticedYears"
     FROM calendar c WHERE c.id = $1`,
    [id],
  )
  if (!row) throw new Error(`calendar ${id} does not exist`)
  known.set(`${id}:${row.version}`, row)
  return row
}

/** The calendar of this id, or the one an agency (by code) works by; undefined when there is none. */
export async function findCalendar(ctx: Ctx, which: number | string): Promise<WorkingCalendar | undefined> {
  const [row] = await run<{ id: number; version: number }>(
    ctx.db,
    typeof which === 'number'
      ? 'SELECT id, version FROM calendar WHERE id = $1::int'
      : 'SELECT c.id, c.version FROM agency a JOIN calendar c ON c.id = a.calendar_id WHERE a.code = $1::text',
    [which],
  )
  return row && getCalendar(ctx, row.id, row.version)
}
