import type { Role } from '#src/platform/ctx.ts'
import type { Db } from '#src/platform/db.ts'
import { dayOf } from './account.ts'

export type Assignment = {
  id: number
  role: Role
  agencyCode: string
  agency: string
  servicePoint: string | null
  validFrom: string
  validTo: string | null
  /** In force on the day asked about. */
  valid: boolean
}

/** Every assignment of an account, those in force at `at` first. */
export async function listAssignments(db: Db, accountId: number, at: Date): Promise<Assignment[]> {
  const today = dayOf(at)
  const rows = await db
    .selectFrom('assignment as x')
    .innerJoin('agency as g', 'g.id', 'x.agency_id')
    .leftJoin('service_point as p', 'p.id', 'x.service_point_id')
    .select(['x.id', 'x.role', 'g.code', 'g.name', 'p.name as service_point', 'x.valid_from', 'x.valid_to'])
    .where('x.account_id', '=', accountId)
    .orderBy('x.id')
    .execute()
  return rows
    .map(row => ({
      id: row.id,
      role: row.role as Role,
      agencyCode: row.code,
      agency: row.name,
      servicePoint: row.service_point,
      validFrom: row.valid_from,
      validTo: row.valid_to,
      valid: row.valid_from <= today && (row.valid_to === null || row.valid_to > today),
    }))
    .sort((a, b) => Number(b.valid) - Number(a.valid) || a.id - b.id)
}
