import { actorRef, type Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { CommandKey } from './append-events.ts'
import { apply } from './apply.ts'
import { blankDossier } from './blank-dossier.ts'
import type { Dossier } from './dossier.ts'
import type { DossierEvent, NewEvent } from './dossier-event.ts'
import { rowColumns, rowOf } from './dossier-row.ts'
import { factsOf } from './fact.ts'

/** What happened to a dossier elsewhere, oldest first, each at its own instant. */
export type PastEvent = { at: Date; event: NewEvent }

/** A whole past, folded and ready to be written. `row`: columns of `dossier` without id and code. */
export type History = { key: CommandKey; row: Record<string, unknown>; events: object[]; facts: object[] }

/** A history with the number and code it is to have. */
export type NumberedHistory = History & { id: number; code: string }

const columns = rowColumns.map(column => (column === 'detail' ? `(r.detail #>> '{}')::jsonb` : `r.${column}`))

/** $1 rows, $2 events, $3 facts as JSON; $4 actor, $5 when they are written down. */
const INSERT = `
WITH d AS (
  INSERT INTO dossier (id, code, created_at, ${rowColumns.join(', ')})
  SELECT r.id, r.code, r.created_at, ${columns.join(', ')} FROM json_populate_recordset(NULL::dossier, $1::json) r
), e AS (
  INSERT INTO dossier_event (dossier_id, seq, at, type, actor, command_id, command_part, command_digest, code, state, due_at, payload,
                             recorded_at)
  SELECT e.dossier_id, e.seq, e.at, e.type, $4::text, e.command_id, e.seq - 1, e.command_digest, e.code, e.state, e.due_at, e.payload,
         $5::timestamptz
  FROM json_to_recordset($2::json) AS e (dossier_id bigint, seq int, at timestamptz, type text, command_id text, command_digest text,
                                         code text, state text, due_at timestamptz, payload json)
  ORDER BY e.dossier_id, e.seq
)
INSERT INTO fact_inbox (dossier_id, at, measure, n)
SELECT f.dossier_id, f.at, f.measure, f.n
FROM json_to_recordset($3::json) AS f (dossier_id bigint, at timestamptz, measure fact_measure, n smallint)`

/** The dossier that past events make, and all that is to be written of it. Pure; `actor` as in the ledger. */
export function foldHistory(past: readonly PastEvent[], { key, actor }: { key: CommandKey; actor: string }): History {
  const first = past[0]
  if (!first) throw new Error(`the history ${key.id} has no events`)
  let dossier: Dossier = blankDossier(0, first.at)
  const events = past.map(({ at, event }, i) => {
    dossier = apply(dossier, { ...event, at, actor, seq: i + 1, code: null } as DossierEvent)
    const { state, dueAt } = dossier
    return { seq: i + 1, at, type: event.type, state, due_at: dueAt, payload: event.payload }
  })
  const values = rowOf(dossier)
  const row = Object.fromEntries(rowColumns.map((column, i) => [column, values[i]]))
  return { key, row: { ...row, created_at: first.at }, events, facts: factsOf(dossier) }
}

/**
 * Writes many dossiers with everything that ever happened to them and what it adds to the numbers, in one statement. Every event says
 * that it is written down now (`clock`), not when it happened. A key used before breaks the constraint `dossier_event_command`.
 */
export async function appendHistories(ctx: Ctx, histories: readonly NumberedHistory[]): Promise<void> {
  const rows = histories.map(({ id, code, row }) => ({ id, code, ...row }))
  const events = histories.flatMap(({ id, code, key, events }) =>
    events.map((event, i) => ({
      dossier_id: id,
      command_id: key.id,
      command_digest: key.digest,
      ...(i === 0 && { code }),
      ...event,
    })),
  )
  const facts = histories.flatMap(({ id, facts }) => facts.map(fact => ({ dossier_id: id, ...fact })))
  const values = [rows, events, facts].map(list => JSON.stringify(list))
  await run(ctx.db, INSERT, [...values, actorRef(ctx.actor), ctx.clock.now()])
}
