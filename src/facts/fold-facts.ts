import { addDays, localDate } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { dropSumsAfter, findEdge, keepSums, lockSums, moveFacts } from './fact.store.ts'

const BATCH = 100_000

/**
 * Moves what commands have added into the sums, so that reports have little left to add up. What is counted never depends on how far this has
 * come: a fact is in the inbox or beyond it, and every sum kept is forgotten in the transaction that brings a fact from before it.
 * Returns how many facts were moved.
 */
export async function foldFacts(ctx: Ctx): Promise<number> {
  let all = 0
  for (;;) {
    const moved = await transact(ctx, async ({ db }) => {
      await lockSums(db)
      const { moved, earliest } = await moveFacts(db, BATCH)
      if (earliest) await dropSumsAfter(db, localDate(earliest))
      return moved
    })
    all += moved
    if (moved < BATCH) break
  }
  await keepAll(ctx)
  return all
}

/** Sums for every day that has begun, from the last kept on; a day a transaction, so that nobody waits long. */
async function keepAll(ctx: Ctx): Promise<void> {
  const today = localDate(ctx.clock.now())
  for (let more = true; more; ) {
    more = await transact(ctx, async ({ db }) => {
      await lockSums(db)
      const { last, first } = await findEdge(db)
      const before = last ?? first
      if (before === null || before >= today) return false
      await keepSums(db, addDays(before, 1))
      return true
    })
  }
}
