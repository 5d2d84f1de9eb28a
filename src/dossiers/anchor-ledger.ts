import { createHash } from 'node:crypto'
import { addDays, localDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run, transact } from '#src/platform/db.ts'

/** Requests that began before midnight have long ended by then. */
const GRACE_MS = 10 * 60 * 1000

/** All events written down on a local day as one hash: SHA-256 over their hashes, by dossier and place in its chain. */
export type DayDigest = { day: string; events: number; digest: Buffer }

/**
 * Digests of the days with events written down at or after `$1` and before `$2`, in one reading of the ledger. What happened long ago
 * and is written down today belongs to today: no day anchored before changes.
 */
export const DAY_DIGESTS = `
SELECT (coalesce(e.recorded_at, e.at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day, count(*) AS events,
       sha256(string_agg(e.hash, ''::bytea ORDER BY e.dossier_id, e.seq)) AS digest
FROM dossier_event e WHERE coalesce(e.recorded_at, e.at) >= $1 AND coalesce(e.recorded_at, e.at) < $2 GROUP BY 1`

/** The root of a day: the root of the day before, then the day's digest; a day without events has an empty digest. */
export function rootOf(prevRoot: Buffer, digest: Buffer | undefined): Buffer {
  const hash = createHash('sha256').update(prevRoot)
  return (digest ? hash.update(digest) : hash).digest()
}

/**
 * Anchors every local day that is over and not anchored yet: one hash over all its events, chained to the day before.
 * Returns the days anchored now. Two workers at once: the second finds nothing left to do.
 */
export async function anchorLedger(ctx: Ctx): Promise<string[]> {
  const today = localDate(new Date(ctx.clock.now().getTime() - GRACE_MS))
  return transact(ctx, async ({ db, clock }) => {
    await run(db, `SELECT pg_advisory_xact_lock(hashtext('ledger_anchor'))`, [])
    const [edge] = await run<{ day: string; root: Buffer }>(
      db,
      'SELECT day, root FROM ledger_anchor ORDER BY day DESC LIMIT 1',
      [],
    )
    const from = edge ? startOfLocalDay(addDays(edge.day, 1)) : new Date(0)
    const digests = await run<DayDigest>(db, DAY_DIGESTS, [from, startOfLocalDay(today)])
    const byDay = new Map(digests.map(digest => [digest.day, digest]))
    const first = edge ? addDays(edge.day, 1) : digests.map(({ day }) => day).sort()[0]
    const anchors: { day: string; events: number; root: Buffer; prev: Buffer }[] = []
    for (let day = first ?? today, prev: Buffer = edge?.root ?? Buffer.alloc(0); day < today; day = addDays(day, 1)) {
      const root = rootOf(prev, byDay.get(day)?.digest)
      anchors.push({ day, events: byDay.get(day)?.events ?? 0, root, prev })
      prev = root
    }
    await run(
      db,
      `INSERT INTO ledger_anchor (day, events, root, prev_root, at)
       SELECT a.day, a.events, a.root, a.prev, $5 FROM unnest($1::date[], $2::bigint[], $3::bytea[], $4::bytea[]) AS a (day, events, root, prev)`,
      [
        anchors.map(a => a.day),
        anchors.map(a => a.events),
        anchors.map(a => a.root),
        anchors.map(a => a.prev),
        clock.now(),
      ],
    )
    return anchors.map(anchor => anchor.day)
  })
}
