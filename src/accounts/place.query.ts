import type { Db } from '#src/platform/db.ts'
import { dayOf } from './account.ts'

/** The agency of this code and, when asked for, whether the service point is one of its own. */
export async function findPlace(
  db: Db,
  agencyCode: string,
  servicePointId: number | undefined,
): Promise<{ agencyId: number; servicePointId: number | null } | undefined> {
  const row = await db
    .selectFrom('agency as g')
    .leftJoin('service_point as p', join => join.onRef('p.agency_id', '=', 'g.id').on('p.id', '=', servicePointId ?? 0))
    .select(['g.id', 'p.id as point'])
    .where('g.code', '=', agencyCode)
    .executeTakeFirst()
  return row && { agencyId: row.id, servicePointId: row.point }
}

export type PlaceOption = { code: string; name: string; points: { id: number; name: string }[] }

/** Today's agencies with their service points, to choose an assignment from. */
export async function listPlaces(db: Db, at: Date): Promise<PlaceOption[]> {
  const today = dayOf(at)
  const rows = await db
    .selectFrom('agency as g')
    .leftJoin('service_point as p', 'p.agency_id', 'g.id')
    .select(['g.code', 'g.name', 'p.id as point', 'p.name as point_name'])
    .where('g.valid_from', '<=', today)
    .where(eb => eb.or([eb('g.valid_to', 'is', null), eb('g.valid_to', '>', today)]))
    .orderBy('g.code')
    .orderBy('p.name')
    .execute()
  const places = new Map<string, PlaceOption>()
  for (const { code, name, point, point_name } of rows) {
    const place = places.get(code) ?? { code, name, points: [] }
    if (point !== null) place.points.push({ id: point, name: point_name ?? '' })
    places.set(code, place)
  }
  return [...places.values()]
}
