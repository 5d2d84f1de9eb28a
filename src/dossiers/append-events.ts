import { actorRef, type Ctx } from '#src/platform/ctx.ts'
import { brokeConstraint, run } from '#src/platform/db.ts'
import { processInForce } from '#src/processes/process.query.ts'
import { applyEach } from './apply.ts'
import { blankDossier } from './blank-dossier.ts'
import type { Dossier } from './dossier.ts'
import type { NewEvent } from './dossier-event.ts'
import { rowColumns, rowOf, written } from './dossier-row.ts'
import { newFacts } from './fact.ts'

const n = written.length
/** The events, and what they add to the numbers: counted exactly when they are written. */
const eventInsert = (from: number) => {
  const $ = (i: number) => `$${from + i}`
  return `
  INSERT INTO dossier_event (dossier_id, seq, at, type, actor, actor_role, agency_id, form, command_id, command_part,
                             command_digest, code, state, due_at, payload, on_behalf_of)
  SELECT d.id, e.seq, ${$(0)}::timestamptz, e.type, ${$(1)}::text, ${$(2)}::text, ${$(3)}::int, e.form, ${$(4)}::text,
         e.part, ${$(5)}::text, CASE WHEN e.gives_code THEN d.code END, e.state, e.due_at, e.payload::json, ${$(14)}::int
  FROM d, unnest(${$(6)}::int[], ${$(7)}::int[], ${$(8)}::text[], ${$(9)}::text[], ${$(10)}::boolean[], ${$(11)}::text[],
                 ${$(12)}::timestamptz[], ${$(13)}::text[])
          AS e (seq, part, type, form, gives_code, state, due_at, payload)
  ORDER BY e.seq
  RETURNING 1
), f AS (
  INSERT INTO fact_inbox (dossier_id, at, measure, n)
  SELECT d.id, f.at, f.measure::fact_measure, f.n
  FROM d, unnest(${$(15)}::timestamptz[], ${$(16)}::text[], ${$(17)}::int[]) AS f (at, measure, n)`
}

const given = (column: string) => {
  const at = written.findIndex(([name]) => name === column)
  return `$${at + 1}::${written[at]?.[1]}`
}

/**
 * $1..$n columns, then give-a-code, agency and day of the code, instant of creation, then the events. Nothing is written when the
 * procedure's text, its process, its agency or the calendar is no longer the one that was decided by.
 */
const INSERT = `
WITH d AS (
  INSERT INTO dossier (${rowColumns.join(', ')}, created_at, code)
  SELECT ${written.map(([, type], i) => `$${i + 1}::${type}`).join(', ')}, $${n + 4}::timestamptz,
         CASE WHEN $${n + 1}::boolean THEN next_dossier_code($${n + 2}::int, $${n + 3}::date) END
  FROM procedure_version v JOIN procedure p ON p.code = v.procedure_code
  JOIN agency a ON a.id = ${given('competent_agency_id')} JOIN calendar c ON c.id = a.calendar_id
  WHERE v.id = ${given('procedure_version_id')}
    AND v.valid_from <= $${n + 3}::date AND (v.valid_to > $${n + 3}::date) IS NOT FALSE
    AND (p.resolver_id = a.id) IS NOT FALSE
    AND ${given('process_version_id')} = (${processInForce(given('procedure_code'), given('case_code'), `$${n + 3}`)})
    AND c.id = ${given('calendar_id')} AND c.version = ${given('calendar_version')}
  RETURNING id, code
), e AS (${eventInsert(n + 5)})
SELECT id, code FROM d`

/** As INSERT; $n+4 is the dossier's id, $n+5 the version it must still have, $n+6 the version its calendar must have, if that matters. */
const UPDATE = `
WITH d AS (
  UPDATE dossier SET ${written.map(([column, type], i) => `${column} = $${i + 1}::${type}`).join(', ')},
    code = coalesce(code, CASE WHEN $${n + 1}::boolean THEN next_dossier_code($${n + 2}::int, $${n + 3}::date) END)
  WHERE id = $${n + 4}::bigint AND version = $${n + 5}::int
    AND ($${n + 6}::int IS NULL OR EXISTS (
      SELECT FROM calendar c WHERE c.id = dossier.calendar_id AND c.version = $${n + 6}::int))
  RETURNING id, code
), e AS (${eventInsert(n + 7)})
SELECT id, code FROM d`

/** Which command an event belongs to: repeating it changes nothing. `digest` tells a repeat from another request with the same id. */
export type CommandKey = { id: string; digest: string }

/** `day` is the local date the code is numbered under; `calendarVersion` the one due times were counted by. */
export type Append = {
  before: Dossier | null
  events: NewEvent[]
  key: CommandKey
  at: Date
  day: string
  calendarVersion?: number
}

/** Raised when another writer was first, or the rules or calendar decided by have just changed. */
export class StaleDossier extends Error {
  override name = 'StaleDossier'
}

/** Raised when this very command has been carried out by a parallel request. */
export class RepeatedCommand extends Error {
  override name = 'RepeatedCommand'
}

/**
 * Writes events and the dossier they make in one statement: one round trip, one winner.
 * Throws StaleDossier or RepeatedCommand; a number is used up only if everything is written.
 */
export async function appendEvents(
  ctx: Ctx,
  { before, events, key, at, day, calendarVersion }: Append,
): Promise<Dossier> {
  const start = before ?? blankDossier(0, at)
  const actor = actorRef(ctx.actor)
  const history = applyEach(start, events, { at, actor })
  const after = history.at(-1) ?? start
  const givesCode = start.code === null && events.some(e => e.givesCode)
  const head = [...rowOf(after), givesCode, after.receivingAgencyId, day]
  const officer = ctx.actor.kind === 'officer' ? ctx.actor : null
  const facts = newFacts(before, after)
  const tail = [
    at,
    actor,
    officer?.role ?? null,
    officer?.agencyId ?? null,
    key.id,
    key.digest,
    history.map(d => d.version),
    history.map((_, i) => i),
    events.map(e => e.type),
    events.map(e => e.form ?? null),
    events.map(e => givesCode && e.givesCode === true),
    history.map(d => d.state),
    history.map(d => d.dueAt),
    events.map(e => JSON.stringify(e.payload)),
    officer?.onBehalfOf?.accountId ?? null,
    facts.map(f => f.at),
    facts.map(f => f.measure),
    facts.map(f => f.n),
  ]
  const middle = before ? [before.id, before.version, calendarVersion ?? null] : [at]
  try {
    const [row] = await run<{ id: number; code: string | null }>(ctx.db, before ? UPDATE : INSERT, [
      ...head,
      ...middle,
      ...tail,
    ])
    if (!row) throw new StaleDossier()
    return { ...after, id: row.id, code: row.code }
  } catch (error) {
    if (brokeConstraint(error, 'dossier_event_command')) throw new RepeatedCommand()
    throw error
  }
}
