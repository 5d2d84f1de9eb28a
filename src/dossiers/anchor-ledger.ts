import { addDays, localDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run, transact } from '#src/platform/db.ts'

/** Requests that began before midnight have long ended by then. */
const GRACE_MS = 10 * 60 * 1000

/**
 * Anchors every local day that is over and not anchored yet: one hash over all its events, chained to the day before.
 * Returns the days anchored now. Two workers at once: the second finds nothing left to do.
 */
export async function anchorLedger(ctx: Ctx): Promise<string[]> {
  const today = localDate(new Date(ctx.clock.now().getTime() - GRACE_MS))
  return transact(ctx, async ({ db, clock }) => {
    await run(db, `SELECT pg_advisory_xact_lock(hashtext('ledger_anchor'))`, [])
    const [edge] = await run<{ last: string | null; root: Buffer | null; first: Date | null }>(
      db,
      `SELECT (SELECT max(day) FROM ledger_anchor) AS last, (SELECT root FROM ledger_anchor ORDER BY day DESC LIMIT 1) AS root,
              (SELECT min(at) FROM dossier_event) AS first`,
      [],
    )
    const start = edge?.last ? addDays(edge.last, 1) : edge?.first ? localDate(edge.first) : today
    const anchored: string[] = []
    let prev: Buffer = edge?.root ?? Buffer.alloc(0)
    for (let day = start; day < today; day = addDays(day, 1)) {
      const [made] = await run<{ root: Buffer }>(
        db,
        `INSERT INTO ledger_anchor (day, events, root, prev_root, at)
         SELECT $1::date, count(*), sha256($2::bytea || coalesce(string_agg(hash, ''::bytea ORDER BY dossier_id, seq), '')), $2, $3
         FROM dossier_event WHERE at >= $4 AND at < $5
         RETURNING root`,
        [day, prev, clock.now(), startOfLocalDay(day), startOfLocalDay(addDays(day, 1))],
      )
      if (made) prev = made.root
      anchored.push(day)
    }
    return anchored
  })
}
