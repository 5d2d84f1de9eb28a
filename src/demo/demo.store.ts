import { ConfigError } from '#src/platform/config.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'

/**
 * Does `work` while no other process loads the demo and no job anchors days of the ledger that are still being filled.
 * Throws ConfigError when another one is loading. Keeps one connection of the pool.
 */
export function alone<R>(ctx: Ctx, work: () => Promise<R>): Promise<R> {
  return ctx.db.transaction().execute(async db => {
    const [lock] = await run<{ got: boolean }>(db, "SELECT pg_try_advisory_xact_lock(hashtext('load-demo')) AS got", [])
    if (!lock?.got) throw new ConfigError('Another process is loading the demo province into this database.')
    // The lock of the anchoring job (anchor-ledger.ts), which then waits: a day anchored too early would never fit again.
    await run(db, "SELECT pg_advisory_xact_lock(hashtext('ledger_anchor'))", [])
    return work()
  })
}

export async function markBegun(ctx: Ctx, seed: number): Promise<void> {
  await run(ctx.db, 'UPDATE installation SET demo_seed = $1', [seed])
}

export async function markLoaded(ctx: Ctx): Promise<void> {
  await run(ctx.db, 'UPDATE installation SET demo_loaded_at = $1', [ctx.clock.now()])
}
