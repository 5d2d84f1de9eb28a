import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'

/** Which of an account's notices: one by its number, or all up to the one with this number. */
export type Which = { id: number } | { upTo: number }

/** Marks notices read; the number of those that were not yet. */
export async function markRead(ctx: Ctx, accountId: number, which: Which): Promise<number> {
  const condition = 'id' in which ? 'id = $3' : 'id <= $3'
  const marked = await run(
    ctx.db,
    `UPDATE officer_notice SET read_at = $1 WHERE account_id = $2 AND read_at IS NULL AND ${condition} RETURNING id`,
    [ctx.clock.now(), accountId, 'id' in which ? which.id : which.upTo],
  )
  return marked.length
}
