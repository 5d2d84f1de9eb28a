import type { Db } from '#src/platform/db.ts'

export type NewCounter = { servicePointId: number; name: string; fields: string[] }

export async function insertCounter(db: Db, counter: NewCounter): Promise<number> {
  const { id } = await db
    .insertInto('counter')
    .values({ service_point_id: counter.servicePointId, name: counter.name, fields: counter.fields })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
