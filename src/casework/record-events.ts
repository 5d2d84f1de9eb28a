import { getAgencyDirectory } from '#src/agencies/agency-directory.query.ts'
import type { AgencyDirectory } from '#src/agencies/agency-directory.ts'
import { getCalendar } from '#src/calendar/calendar.query.ts'
import { localDate } from '#src/calendar/local-date.ts'
import { appendEvents, type CommandKey } from '#src/dossiers/append-events.ts'
import { applyEach } from '#src/dossiers/apply.ts'
import { blankDossier } from '#src/dossiers/blank-dossier.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import type { NewEvent } from '#src/dossiers/dossier-event.ts'
import type { Move } from '#src/dossiers/move.ts'
import { tellOfficers } from '#src/dossiers/tell-officer.ts'
import { attachPapers } from '#src/papers/attach-papers.ts'
import { actorRef, type Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { enqueue } from '#src/platform/queue.ts'
import { findProcessInForce, getProcess } from '#src/processes/process.query.ts'
import {
  agenciesNamed,
  type Plan,
  planEntry,
  type Running,
  settleMove,
  toShareOut,
  withMove,
} from '#src/steps/move-plan.ts'
import { shareOut } from '#src/steps/share-work.ts'
import { workChanges } from '#src/steps/work-changes.ts'

/** What was decided, and where it leads. `plan` null: the dossier stays at its step, or begins its process by being received. */
export type Decided = {
  before: Dossier | null
  events: NewEvent[]
  plan: Plan | null
  at: Date
  key: CommandKey
  papers: readonly { id: string; component?: string | undefined }[]
  calendarId: number
  calendarVersion: number
}

/**
 * Writes what was decided with the move that follows from it, the papers, the people told and the jobs for dossiers elsewhere: in one
 * statement where nothing else is touched, else in one transaction. Throws Refusal, and what appendEvents throws.
 */
export async function recordEvents(ctx: Ctx, decided: Decided): Promise<Dossier> {
  const start = decided.before ?? blankDossier(0, decided.at)
  const begun = await begin(ctx, decided, start)
  const plan = begun?.plan ?? decided.plan
  const job = { ...decided, ...(begun && { events: begun.events }), plan, start }
  // Finding whose turn it is takes a lock, which belongs into the transaction of the write.
  return plan && toShareOut(plan, start) ? transact(ctx, inner => write(inner, job)) : write(ctx, job)
}

/** The agencies a dossier's process may lead it to. */
export function directoryFor(ctx: Ctx, dossier: Dossier, { process }: Running): Promise<AgencyDirectory> {
  return getAgencyDirectory(ctx, {
    ids: [dossier.receivingAgencyId, dossier.competentAgencyId],
    codes: agenciesNamed(process),
  })
}

/** A dossier received begins the process in force for it that day. */
async function begin(ctx: Ctx, { events, at, before }: Decided, start: Dossier) {
  const received = events.find(event => event.type === 'received')
  if (received?.type !== 'received') return null
  const { procedure, case: caseCode, processId } = received.payload
  // What is received at once has just been looked up; what was submitted or drafted on another day is looked up again.
  const runs =
    before === null && processId !== undefined
      ? await getProcess(ctx, processId)
      : await findProcessInForce(ctx, { procedure, caseCode, day: localDate(at) })
  if (!runs) throw new Error('no internal process is in force today')
  const now = events.map(event =>
    event.type === 'received' ? { ...event, payload: { ...event.payload, processId: runs.id } } : event,
  )
  const dossier = applyEach(start, now, { at, actor: actorRef(ctx.actor) }).at(-1) ?? start
  const directory = await directoryFor(ctx, dossier, runs)
  return { events: now, plan: planEntry({ dossier, runs, at, directory }, runs.process.start) }
}

type Job = Decided & { start: Dossier }

async function write(ctx: Ctx, job: Job): Promise<Dossier> {
  const { events, plan, start, at, calendarId, calendarVersion } = job
  const by = { at, actor: actorRef(ctx.actor) }
  const plain = applyEach(start, events, by).at(-1) ?? start
  const turn = plan && toShareOut(plan, plain)
  const picked = turn && (await shareOut(ctx, { ...turn, day: localDate(at) }))
  const calendar = await getCalendar(ctx, calendarId, calendarVersion)
  const move = plan && settleMove(plan, { dossier: plain, calendar, picked })
  const all = move ? withMove(events, move, { dossier: plain, at }) : events
  const after = applyEach(start, all, by).at(-1) ?? start
  const isAlone =
    job.papers.length === 0 && workChanges(start, after).length === 0 && !touchesOthers(start, after, move)
  const finish = (inner: Ctx) => append(inner, { ...job, events: all }, move ?? null)
  return isAlone ? finish(ctx) : transact(ctx, finish)
}

/** Dossiers at other agencies: to be opened, told of an end, or ended with this one. */
function touchesOthers(before: Dossier, after: Dossier, move: Move | null | undefined): boolean {
  return childSteps(after, move).length > 0 || hasEnded(before, after)
}

function childSteps(after: Dossier, move: Move | null | undefined): string[] {
  if (!move) return []
  const passed = move.passed.filter(({ exit }) => exit === 'granted').map(({ step }) => step)
  return [...passed, ...(move.to?.kind === 'child' && after.step ? [after.step.key] : [])]
}

/** It has a result or has ended, and others wait for that: the dossier it was opened for, or those opened for it. */
function hasEnded(before: Dossier, after: Dossier): boolean {
  const ended = (d: Dossier) => d.readyAt !== null || d.closedAt !== null
  return !ended(before) && ended(after) && (after.parentId !== null || after.children.some(child => !child.endedAt))
}

async function append(ctx: Ctx, job: Job, move: Move | null): Promise<Dossier> {
  const { before, start, events, key, at, calendarVersion, papers } = job
  const version = before ? { calendarVersion } : {}
  const after = await appendEvents(ctx, { before, events, key, at, day: localDate(at), ...version })
  if (papers.length > 0) await attachPapers(ctx, after.id, papers)
  await tellOfficers(ctx, workChanges(start, after))
  for (const step of childSteps(after, move)) {
    await enqueue(ctx, 'open-child', { parent: after.id, step, version: after.version })
  }
  if (hasEnded(start, after)) await enqueue(ctx, 'settle-family', { dossier: after.id })
  return after
}
