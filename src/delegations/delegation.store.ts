import type { Role } from '#src/platform/ctx.ts'
import type { Db } from '#src/platform/db.ts'

export type NewDelegation = {
  assignmentId: number
  accountId: number
  agencyId: number
  role: Role
  delegateId: number
  ground: string
  from: Date
  until: Date
  /** Null: the platform itself. */
  madeBy: number | null
  madeAt: Date
}

export async function insertDelegation(db: Db, delegation: NewDelegation): Promise<number> {
  const { id } = await db
    .insertInto('delegation')
    .values({
      assignment_id: delegation.assignmentId,
      account_id: delegation.accountId,
      agency_id: delegation.agencyId,
      role: delegation.role,
      delegate_id: delegation.delegateId,
      ground: delegation.ground,
      valid_from: delegation.from,
      valid_to: delegation.until,
      made_by: delegation.madeBy,
      made_at: delegation.madeAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** False when it had ended or was revoked already. */
export async function markRevoked(
  db: Db,
  { id, reason, by, at }: { id: number; reason: string; by: number | null; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('delegation')
    .set({ revoked_at: at, revoked_by: by, reason })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where('valid_to', '>', at)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
