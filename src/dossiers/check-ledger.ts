import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { addDays, startOfLocalDay } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { DAY_DIGESTS, type DayDigest, rootOf } from './anchor-ledger.ts'
import { refold } from './apply.ts'
import type { DossierEvent } from './dossier-event.ts'
import { type DossierRow, dossierColumns, rowColumns, rowOf } from './dossier-row.ts'

/** One thing that does not fit, in a sentence; `event` is the first broken event of its dossier. */
export type LedgerFault = { dossier: string; event: number | null; fault: string }
export type LedgerReport = { dossiers: number; events: number; days: number; faults: LedgerFault[] }

const BATCH = 500
/** Enough to see what kind of damage it is; after that only the sum would tell more. */
const MAX_FAULTS = 100

/**
 * Reads the whole ledger and compares: every event with its hash, every chain with its predecessor, every dossier with the fold
 * of its events, every day with its anchor, every counter with the numbers given. Hashes are computed here, not by the database
 * that holds them. Memory stays bounded; `progress` is told the number of dossiers read so far.
 */
export async function checkLedger(ctx: Ctx, progress: (dossiers: number) => void = () => {}): Promise<LedgerReport> {
  const report: LedgerReport = { dossiers: 0, events: 0, days: 0, faults: [] }
  for (let after = 0; report.faults.length < MAX_FAULTS; ) {
    const rows = await run<DossierRow>(
      ctx.db,
      `SELECT ${dossierColumns} FROM dossier d WHERE d.id > $1 ORDER BY d.id LIMIT ${BATCH}`,
      [after],
    )
    const last = rows.at(-1)
    if (!last) break
    const events = await readLedger(ctx, after, last.id)
    for (const row of rows) checkDossier(row, events.get(row.id) ?? [], report)
    after = last.id
    progress(report.dossiers)
  }
  await checkAnchors(ctx, report)
  await checkCounters(ctx, report)
  return report
}

type LedgerRow = DossierEvent & {
  dossier_id: number
  hashed: string
  prev_hash: Buffer
  hash: Buffer
}

/** `hashed` is what ledger_hash() in the schema covers, field by field. */
async function readLedger(ctx: Ctx, after: number, upTo: number): Promise<Map<number, LedgerRow[]>> {
  const rows = await run<LedgerRow>(
    ctx.db,
    `SELECT dossier_id, seq, at, type, actor, code, payload, prev_hash, hash,
            concat_ws(E'\\x1f', dossier_id, seq, (extract(epoch FROM at) * 1000)::bigint, type, actor,
              coalesce(actor_role, ''), coalesce(agency_id, 0), coalesce(form, ''), command_id, command_part, command_digest,
              coalesce(code, ''), state, coalesce((extract(epoch FROM due_at) * 1000)::bigint, 0), payload::text, on_behalf_of,
              'recorded ' || (extract(epoch FROM recorded_at) * 1000)::bigint) AS hashed
     FROM dossier_event WHERE dossier_id > $1 AND dossier_id <= $2 ORDER BY dossier_id, seq`,
    [after, upTo],
  )
  return Map.groupBy(rows, row => row.dossier_id)
}

function checkDossier(row: DossierRow, events: LedgerRow[], report: LedgerReport): void {
  report.dossiers += 1
  report.events += events.length
  const dossier = row.code ?? `D${row.id}`
  const broken = firstBroken(events)
  if (broken) report.faults.push({ dossier, ...broken })
  else if (!foldsTo(row, events)) {
    report.faults.push({ dossier, event: null, fault: 'the dossier is not what its events make' })
  }
}

function firstBroken(events: LedgerRow[]): { event: number; fault: string } | null {
  let prev: Buffer = Buffer.alloc(0)
  for (const [i, event] of events.entries()) {
    if (event.seq !== i + 1) return { event: i + 1, fault: `event ${i + 1} is missing` }
    if (!event.prev_hash.equals(prev)) return { event: event.seq, fault: 'is not chained to the event before it' }
    const hash = createHash('sha256').update(event.prev_hash).update(event.hashed, 'utf8').digest()
    if (!event.hash.equals(hash))
      return { event: event.seq, fault: 'has been changed: its hash does not fit its contents' }
    prev = event.hash
  }
  return events.length === 0 ? { event: 1, fault: 'event 1 is missing' } : null
}

/** Dates as text and objects as the database gives them back, so that two roads to the same value look the same. */
const plain = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)))

function foldsTo(row: DossierRow, events: LedgerRow[]): boolean {
  const folded = refold(row.id, events)
  if (folded.code !== row.code) return false
  return rowOf(folded).every((value, i) => {
    const column = rowColumns[i] ?? ''
    return column === 'detail'
      ? isDeepStrictEqual(JSON.parse(String(value)), JSON.parse(row.detail))
      : isDeepStrictEqual(plain(value), plain(row[column]))
  })
}

/** Every anchored day is hashed again, in one reading of the ledger. */
async function checkAnchors(ctx: Ctx, report: LedgerReport): Promise<void> {
  const anchors = await run<{ day: string; events: number; root: Buffer; prev_root: Buffer }>(
    ctx.db,
    'SELECT day, events, root, prev_root FROM ledger_anchor ORDER BY day',
    [],
  )
  report.days = anchors.length
  const last = anchors.at(-1)
  if (!last) return
  const digests = await run<DayDigest>(ctx.db, DAY_DIGESTS, [new Date(0), startOfLocalDay(addDays(last.day, 1))])
  const byDay = new Map(digests.map(digest => [digest.day, digest]))
  let prev: Buffer = Buffer.alloc(0)
  for (const { day, events, root, prev_root } of anchors) {
    const found = byDay.get(day)
    const fits = events === (found?.events ?? 0) && root.equals(rootOf(prev_root, found?.digest))
    const fault = fits
      ? prev_root.equals(prev)
        ? null
        : 'its anchor is not chained to the one before'
      : 'events of this day differ from its anchor'
    if (fault) report.faults.push({ dossier: `day ${day}`, event: null, fault })
    prev = root
  }
}

/**
 * Numbers of an agency and day run from 1 without a hole up to its counter, each given once: as many, none above it. Imported dossiers
 * keep the numbers other systems gave them, in whatever order those did.
 */
async function checkCounters(ctx: Ctx, report: LedgerReport): Promise<void> {
  const holes = await run<{ prefix: string; last: number; given: number; highest: number }>(
    ctx.db,
    `SELECT prefix, coalesce(c.last, 0) AS last, count(DISTINCT d.number) AS given, coalesce(max(d.number), 0) AS highest
     FROM (SELECT a.code || '-' || to_char(n.day, 'YYMMDD') AS prefix, n.last
           FROM dossier_counter n JOIN agency a ON a.id = n.agency_id) c
     FULL JOIN (SELECT left(code, -(position('-' IN reverse(code)))) AS prefix, substring(code FROM '[0-9]+$')::bigint AS number
                FROM dossier WHERE code IS NOT NULL AND NOT EXISTS (
                  SELECT FROM dossier_event e WHERE e.dossier_id = dossier.id AND e.seq = 1 AND e.recorded_at IS NOT NULL)) d
       USING (prefix)
     GROUP BY prefix, c.last
     HAVING count(DISTINCT d.number) <> coalesce(c.last, 0) OR max(d.number) > c.last OR min(d.number) < 1
     ORDER BY prefix LIMIT ${MAX_FAULTS}`,
    [],
  )
  for (const { prefix, last, given, highest } of holes) {
    report.faults.push({
      dossier: prefix,
      event: null,
      fault: `${last} numbers were given but ${given} dossiers have one, the highest ${highest}`,
    })
  }
}
