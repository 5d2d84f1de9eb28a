import { type Db, run } from '#src/platform/db.ts'
import type { AgencyKind, ServicePointKind } from './agency.ts'

export type NewAgency = {
  code: string
  name: string
  shortName: string
  kind: AgencyKind
  parentId: number | null
  unitCode: string | undefined
  address: string | undefined
  phone: string | undefined
  calendarId: number
  validFrom: string
  validTo: string | undefined
}

export async function insertAgency(db: Db, agency: NewAgency): Promise<number> {
  const { id } = await db
    .insertInto('agency')
    .values({
      code: agency.code,
      name: agency.name,
      short_name: agency.shortName,
      kind: agency.kind,
      parent_id: agency.parentId,
      unit_code: agency.unitCode ?? null,
      address: agency.address ?? null,
      phone: agency.phone ?? null,
      calendar_id: agency.calendarId,
      valid_from: agency.validFrom,
      valid_to: agency.validTo ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export type NewServicePoint = { agencyId: number; name: string; kind: ServicePointKind; address: string | undefined }

export async function insertServicePoint(db: Db, point: NewServicePoint): Promise<number> {
  const { id } = await db
    .insertInto('service_point')
    .values({ agency_id: point.agencyId, name: point.name, kind: point.kind, address: point.address ?? null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Undefined when there is no such agency; else its id and the calendar it had. */
export async function updateCalendar(
  db: Db,
  code: string,
  calendar: number,
): Promise<{ id: number; before: number } | undefined> {
  const [row] = await run<{ id: number; before: number }>(
    db,
    `UPDATE agency SET calendar_id = $2
     FROM (SELECT id, calendar_id FROM agency WHERE code = $1 FOR UPDATE) old
     WHERE agency.id = old.id RETURNING agency.id, old.calendar_id AS before`,
    [code, calendar],
  )
  return row
}
