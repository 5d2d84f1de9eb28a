import { getCalendar } from '#src/calendar/calendar.query.ts'
import { type CommandKey, RepeatedCommand, StaleDossier } from '#src/dossiers/append-events.ts'
import { type Command, type Hand, refusalOf } from '#src/dossiers/command.ts'
import { type Dossier, draftNumber, type State } from '#src/dossiers/dossier.ts'
import { type EventType, eventLabels } from '#src/dossiers/dossier-event.ts'
import { type DossierRow, dossierColumns, fromRow } from '#src/dossiers/dossier-row.ts'
import { forgetDossier, recallDossier, rememberDossier, type Standing } from '#src/dossiers/recent-dossiers.ts'
import { actorRef, type Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { instantText } from '#src/platform/text.ts'
import type { FormSet, LawPolicy } from '#src/procedures/law.ts'
import { getProcedureVersion } from '#src/procedures/procedure.query.ts'
import { getProcess } from '#src/processes/process.query.ts'
import { END } from '#src/processes/process.ts'
import { planAct, planEntry, type Running } from '#src/steps/move-plan.ts'
import {
  type Answer,
  answerOf,
  asAnswered,
  beforeReception,
  digestOf,
  officerIn,
  type Promised,
  promisedThen,
} from './answer.ts'
import { findCommand } from './commands.ts'
import { type Decided, directoryFor, recordEvents } from './record-events.ts'

/** `input` as parsed by the command's schema. `expectedVersion`: the version the officer was looking at; a later one refuses with what changed. */
export type Execution = {
  ref: string
  type: string
  input: unknown
  commandId: string
  expectedVersion?: number
}

type Prior = {
  prior_dossier: number | null
  prior_digest: string | null
  prior_seq: number | null
  prior_code: string | null
  prior_state: State | null
  prior_due: Date | null
  prior_at: Date | null
  prior_promise: Promised
}
type Loaded = DossierRow & Prior & { policy: LawPolicy; form_set: FormSet; calendar_now: number }

/** Columns that tell whether the command `$1 actor`, `$2 id` was carried out before. */
const priorColumns = `prior.dossier_id AS prior_dossier, prior.command_digest AS prior_digest,
  prior.seq AS prior_seq, prior.given AS prior_code, prior.state AS prior_state, prior.due_at AS prior_due, prior.at AS prior_at, prior.promise AS prior_promise`
const priorJoin = `LEFT JOIN LATERAL (
    SELECT e.dossier_id, e.command_digest, e.seq, e.state, e.due_at, e.at,
           ${asAnswered.code} AS given, ${asAnswered.promise} AS promise
    FROM dossier_event e
    WHERE e.actor = $1 AND e.command_id = $2 ORDER BY e.command_part DESC LIMIT 1
  ) prior ON true`

const LOAD = (where: string) => `
SELECT ${dossierColumns}, lp.policy, lp.form_set, c.version AS calendar_now, ${priorColumns}
FROM dossier d JOIN law_pack lp ON lp.code = d.law_pack JOIN calendar c ON c.id = d.calendar_id
${priorJoin}
WHERE ${where}`
const LOAD_BY_CODE = LOAD('d.code = $3::text')
const LOAD_BY_ID = LOAD('d.id = $3::bigint')

async function load(ctx: Ctx, ref: string, commandId: string): Promise<Loaded> {
  const draft = draftNumber(ref)
  const values = [actorRef(ctx.actor), commandId, draft ?? ref]
  const [row] = await run<Loaded>(ctx.db, draft ? LOAD_BY_ID : LOAD_BY_CODE, values)
  if (!row) throw new Refusal('not-found', 'dossier-not-found')
  return row
}

/** The recorded answer when this command was carried out before; refuses another request under the same id. */
function repeated(dossier: Dossier, prior: Prior, digest: string): Answer | null {
  if (prior.prior_seq === null) return null
  if (prior.prior_digest !== digest || Number(prior.prior_dossier) !== dossier.id) {
    throw new Refusal('conflict', 'command-id-reused', { field: 'Idempotency-Key' })
  }
  const { receivedAt } = dossier
  const state = prior.prior_state ?? dossier.state
  const known = receivedAt && prior.prior_at && receivedAt <= prior.prior_at && !beforeReception.includes(state)
  return {
    ...answerOf(dossier),
    code: prior.prior_code,
    version: prior.prior_seq,
    state,
    receivedAt: known ? receivedAt : null,
    dueAt: prior.prior_due,
    ...promisedThen(prior.prior_promise),
  }
}

/**
 * Carries out one command on one dossier: permission, rule, ledger and row in one write. Two writers of the same version:
 * one wins, the other is told what changed. The same command id again: nothing changes, the same answer.
 */
export async function executeCommand(ctx: Ctx, execution: Execution): Promise<Answer> {
  const step: Step = {
    hand: ctx.actor.kind === 'system' ? ctx.actor : officerIn(ctx),
    definition: findCommand(execution.type),
    execution,
    key: { id: execution.commandId, digest: digestOf(execution.ref, execution.type, execution.input) },
  }
  const kept = recallDossier(ctx, execution.ref)
  const done = kept && (await trySooner(ctx, step, kept))
  return done ?? carryOut(ctx, step)
}

type Step = { hand: Hand; definition: Command; execution: Execution; key: CommandKey }

/** On the dossier as this process wrote it last. Anything but success is decided again on what the database says now. */
async function trySooner(ctx: Ctx, step: Step, kept: Standing): Promise<Answer | undefined> {
  const { definition, hand, execution } = step
  if (refusalOf(definition, kept.dossier, hand)) return undefined
  if (execution.expectedVersion !== undefined && execution.expectedVersion !== kept.dossier.version) return undefined
  try {
    return await decideAndWrite(ctx, step, kept)
  } catch (error) {
    forgetDossier(ctx, execution.ref)
    if (isOvertaken(error) || error instanceof Refusal) return undefined
    throw error
  }
}

const isOvertaken = (error: unknown) => error instanceof RepeatedCommand || error instanceof StaleDossier

async function carryOut(ctx: Ctx, step: Step): Promise<Answer> {
  const { definition, hand, execution, key } = step
  for (let attempt = 1; ; attempt += 1) {
    const row = await load(ctx, execution.ref, key.id)
    const dossier = fromRow(row)
    const refusal = refusalOf(definition, dossier, hand)
    if (refusal?.kind === 'not-found') throw refusal
    const before = repeated(dossier, row, key.digest)
    if (before) return before
    const { expectedVersion } = execution
    if (expectedVersion !== undefined && expectedVersion !== dossier.version) {
      throw await changed(ctx, dossier.id, expectedVersion)
    }
    if (refusal) throw refusal
    const { policy, form_set: formSet, calendar_now: calendarVersion } = row
    try {
      return await decideAndWrite(ctx, step, { dossier, policy, formSet, calendarVersion })
    } catch (error) {
      if (!isOvertaken(error)) throw error
      // The other writer may have been this very command, sent twice, or a notice that changed only the calendar.
      const now = await load(ctx, execution.ref, key.id)
      const done = repeated(dossier, now, key.digest)
      if (done) return done
      if (fromRow(now).version !== dossier.version || attempt >= 3)
        throw await changed(ctx, dossier.id, dossier.version)
    }
  }
}

async function decideAndWrite(ctx: Ctx, step: Step, standing: Standing): Promise<Answer> {
  const { definition, hand, execution, key } = step
  const { dossier, policy, formSet, calendarVersion } = standing
  const { ref, input } = execution
  const at = notBefore(dossier.pausedAt, ctx.clock.now())
  const found = definition.lookUp && (await definition.lookUp(ctx, input, dossier))
  const calendar = await getCalendar(ctx, dossier.calendarId, calendarVersion)
  const procedure = await getProcedureVersion(ctx, dossier.procedureVersionId)
  const runs = dossier.processId === null ? null : await getProcess(ctx, dossier.processId)
  const plan = await planOf(ctx, step, { dossier, runs, at, found })
  const { entered, position } = plan?.advance ?? {}
  const next = entered && plan?.agencyId ? { agencyId: plan.agencyId } : position?.step === END ? END : null
  const facts = { at, by: hand, policy, formSet, calendar, procedure, process: runs?.process ?? null, next } as const
  const events = definition.decide(dossier, input, facts, found)
  const papers = (input as { papers?: Decided['papers'] }).papers ?? []
  const { calendarId } = dossier
  const after = await recordEvents(ctx, { before: dossier, events, plan, at, key, papers, calendarId, calendarVersion })
  rememberDossier(ctx, ref, { ...standing, dossier: after })
  return answerOf(after)
}

type Planning = { dossier: Dossier; runs: Running | null; at: Date; found: unknown }

/** Where the command leads along the process; null when it leaves the dossier at its step. */
async function planOf(ctx: Ctx, { definition, hand, execution: { input } }: Step, planning: Planning) {
  const { dossier, runs, at, found } = planning
  const target = definition.moveTo?.(input, found)
  if (target) {
    const directory = await directoryFor(ctx, dossier, target)
    return planEntry({ dossier, runs: target, at, directory }, target.step)
  }
  const act = runs && dossier.step && definition.act?.(dossier, input, hand)
  if (!act) return null
  const directory = await directoryFor(ctx, dossier, runs)
  return planAct({ dossier, runs, at, directory, data: definition.data?.(input) ?? {} }, act)
}

/** Machines' clocks differ a little and a training clock starts anew: no pause ends before it began. */
function notBefore(begun: Date | null, now: Date): Date {
  return begun && begun > now ? begun : now
}

/** The conflict that names what another officer did meanwhile. */
async function changed(ctx: Ctx, dossierId: number, since: number): Promise<Refusal> {
  const [last] = await run<{ type: EventType; at: Date; name: string | null }>(
    ctx.db,
    `SELECT e.type, e.at, a.name FROM dossier_event e
     LEFT JOIN account a ON e.actor = 'officer:' || a.id
     WHERE e.dossier_id = $1 AND e.seq > $2 ORDER BY e.seq DESC LIMIT 1`,
    [dossierId, since],
  )
  const [whatVi, whatEn] = last ? eventLabels[last.type] : ['thay đổi', 'a change']
  const params = { whatVi, whatEn, who: last?.name ?? 'Một Cửa', at: last ? instantText(last.at) : '' }
  return new Refusal('conflict', 'dossier-changed', { params })
}
