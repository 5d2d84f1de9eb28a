import type { Db } from '#src/platform/db.ts'
import type { GuidanceChannel, GuidanceOutcome, GuidanceTopic } from './guidance.ts'

export type NewGuidance = {
  at: Date
  agencyId: number
  servicePointId: number | null
  accountId: number
  channel: GuidanceChannel
  topic: GuidanceTopic
  fieldId: number | null
  procedure: string | null
  outcome: GuidanceOutcome
  note: string | null
}

export async function insertGuidance(db: Db, one: NewGuidance): Promise<number> {
  const { id } = await db
    .insertInto('guidance')
    .values({
      at: one.at,
      agency_id: one.agencyId,
      service_point_id: one.servicePointId,
      account_id: one.accountId,
      channel: one.channel,
      topic: one.topic,
      field_id: one.fieldId,
      procedure_code: one.procedure,
      outcome: one.outcome,
      note: one.note,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return Number(id)
}

/** False when it was struck out already. */
export async function markStruck(
  db: Db,
  { id, reason, by, at }: { id: number; reason: string; by: number; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('guidance')
    .set({ struck_at: at, struck_by: by, struck_reason: reason })
    .where('id', '=', id)
    .where('struck_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
