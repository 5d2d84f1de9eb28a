import type { Selectable } from 'kysely'
import type { Ctx } from '#src/platform/ctx.ts'
import type { Agency as AgencyRow } from '#src/platform/db.gen.ts'
import { isoLocal } from '#src/platform/text.ts'
import type { Agency, AgencyKind, ServicePoint, ServicePointKind } from './agency.ts'

/** The agency of this code, whether or not it still exists. */
export async function findAgency(ctx: Ctx, code: string): Promise<Agency | undefined> {
  const row = await ctx.db.selectFrom('agency').selectAll().where('code', '=', code).executeTakeFirst()
  return row && fromRow(row)
}

/** Agencies that exist today, by kind when given, in the order of their codes. There are a few hundred at most. */
export async function listAgencies(ctx: Ctx, filter: { kind?: AgencyKind } = {}): Promise<Agency[]> {
  const today = isoLocal(ctx.clock.now()).slice(0, 10)
  let query = ctx.db
    .selectFrom('agency')
    .selectAll()
    .where('valid_from', '<=', today)
    .where(eb => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', today)]))
    .orderBy('code')
  if (filter.kind) query = query.where('kind', '=', filter.kind)
  return (await query.execute()).map(fromRow)
}

/** The communes and wards that exist today. */
export function listCommunes(ctx: Ctx): Promise<Agency[]> {
  return listAgencies(ctx, { kind: 'commune' })
}

/** Service points of an agency, its own desks first. */
export async function listServicePoints(ctx: Ctx, agencyId: number): Promise<ServicePoint[]> {
  const rows = await ctx.db
    .selectFrom('service_point')
    .selectAll()
    .where('agency_id', '=', agencyId)
    .orderBy('kind')
    .orderBy('name')
    .execute()
  return rows.map(row => ({
    id: row.id,
    agencyId: row.agency_id,
    name: row.name,
    kind: row.kind as ServicePointKind,
    address: row.address,
  }))
}

/** Points of all agencies but this one where an applicant may have been helped, with whose they are: a few hundred. */
export async function listPointsElsewhere(
  ctx: Ctx,
  agencyId: number,
): Promise<{ id: number; name: string; agency: string }[]> {
  return ctx.db
    .selectFrom('service_point')
    .innerJoin('agency', 'agency.id', 'service_point.agency_id')
    .where('agency.id', '!=', agencyId)
    .orderBy('agency.name')
    .orderBy('service_point.name')
    .limit(2_000)
    .select(['service_point.id', 'service_point.name', 'agency.name as agency'])
    .execute()
}

function fromRow(row: Selectable<AgencyRow>): Agency {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    shortName: row.short_name,
    kind: row.kind as AgencyKind,
    parentId: row.parent_id,
    unitCode: row.unit_code,
    address: row.address,
    phone: row.phone,
    calendarId: row.calendar_id,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    successorId: row.successor_id,
  }
}
