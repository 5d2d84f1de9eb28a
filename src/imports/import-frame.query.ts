import { getCalendar } from '#src/calendar/calendar.query.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Frame, Place } from './history-row.ts'

type AgencyRow = { id: number; code: string; calendarId: number; calendarVersion: number }
type VersionRow = { procedure: string; id: number; name: string; from: string }

/** Everything rows may refer to: agencies (closed ones too), procedures with all their versions, law packs. */
export async function getImportFrame(ctx: Ctx): Promise<Frame> {
  const agencies = await run<AgencyRow>(
    ctx.db,
    `SELECT a.id, a.code, c.id AS "calendarId", c.version AS "calendarVersion"
     FROM agency a JOIN calendar c ON c.id = a.calendar_id`,
    [],
  )
  const places = new Map<string, Place>()
  for (const { id, code, calendarId, calendarVersion } of agencies) {
    places.set(code, { id, code, calendar: await getCalendar(ctx, calendarId, calendarVersion) })
  }
  const versions = await run<VersionRow>(
    ctx.db,
    `SELECT procedure_code AS procedure, id, name, valid_from AS "from" FROM procedure_version ORDER BY valid_from, id`,
    [],
  )
  const lawPacks = await run<Frame['lawPacks'][number]>(
    ctx.db,
    `SELECT code, valid_from AS "from" FROM law_pack ORDER BY valid_from`,
    [],
  )
  return { agencies: places, procedures: Map.groupBy(versions, ({ procedure }) => procedure), lawPacks }
}
