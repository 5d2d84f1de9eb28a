import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Border } from './border.ts'

/** Puts these in the place of all borders kept. Part of the caller's transaction. */
export async function replaceBorders(ctx: Ctx, borders: readonly Border[]): Promise<void> {
  await run(ctx.db, 'DELETE FROM unit_border', [])
  await run(
    ctx.db,
    `INSERT INTO unit_border (unit_code, name, geometry, imported_at)
     SELECT b ->> 'unitCode', b ->> 'name', b -> 'geometry', $2 FROM jsonb_array_elements($1::jsonb) b`,
    [JSON.stringify(borders), ctx.clock.now()],
  )
}
