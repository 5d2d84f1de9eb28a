import { tellOfficers } from '#src/accounts/tell-officer.ts'
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
import { attachPapers } from '#src/papers/attach-papers.ts'
import { actorRef, type Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { enqueue } from '#src/platform/queue.ts'
import { findProcessInForce, getProcess } from '#src/processes/process.query.ts'
import { getStep } from '#src/processes/process.ts'
import {
  agenciesNamed,
  childAgency,
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
  const all = move ? withMove(events, move, { dossier: plain, at, calendar }) : events
  const after = applyEach(start, all, by).at(-1) ?? start
  const jobs = [...childOrders({ after, plan, move, at }), ...familyJobs(start, after, all)]
  const isAlone = job.papers.length === 0 && workChanges(start, after).length === 0 && jobs.length === 0
  const finish = (inner: Ctx) => append(inner, { ...job, events: all, jobs })
  return isAlone ? finish(ctx) : transact(ctx, finish)
}

/**
 * A dossier to be opened for `parent` at another agency: at which step of which process version, entered by which version of the
 * parent. `since`: the instant the parent began to wait for it (ISO 8601); null when it went on at once.
 */
export type ChildOrder = {
  parent: number
  step: string
  version: number
  process: number
  agency: number
  since: string | null
}

/** What follows elsewhere: jobs that exist exactly when the events do. */
type Follow = { task: string; payload: (after: Dossier) => object }

type Moved = { after: Dossier; plan: Plan | null; move: Move | undefined | null; at: Date }

/** Dossiers to be opened at other agencies: one waited for at the step entered, others at steps passed without waiting. */
function childOrders({ after, plan, move, at }: Moved): Follow[] {
  if (!plan || !move) return []
  const { runs, directory } = plan
  const order = (step: string, agency: number, since: Date | null): Follow => ({
    task: 'open-child',
    payload: ({ id, version }) =>
      ({
        parent: id,
        step,
        version,
        process: runs.id,
        agency,
        since: since?.toISOString() ?? null,
      }) satisfies ChildOrder,
  })
  const passed = move.passed.flatMap(({ step: key }) => {
    const step = getStep(runs.process, key)
    return step.kind === 'child' ? [order(key, childAgency({ dossier: after, runs, at, directory }, step), null)] : []
  })
  const { to } = move
  return [...passed, ...(to?.kind === 'child' ? [order(to.key, to.agencyId, at)] : [])]
}

/** It has a result or has ended, and the family is to know; or it was linked, and the other side is to show it too. */
function familyJobs(before: Dossier, after: Dossier, events: readonly NewEvent[]): Follow[] {
  const ended = (d: Dossier) => d.readyAt !== null || d.closedAt !== null
  const hasFamily = after.parentId !== null || after.children.some(child => !child.endedAt)
  const settles = !ended(before) && ended(after) && hasFamily
  const linked = events.flatMap(({ type, payload }) => (type === 'linked' ? [payload] : []))
  return [
    ...(settles ? [{ task: 'settle-family', payload: ({ id }: Dossier) => ({ dossier: id }) }] : []),
    ...linked.map(({ id, reason }) => ({
      task: 'link-back',
      payload: (d: Dossier) => ({ dossier: id, to: d.id, reason }),
    })),
  ]
}

async function append(ctx: Ctx, job: Job & { jobs: Follow[] }): Promise<Dossier> {
  const { before, start, events, key, at, calendarVersion, papers, jobs } = job
  const version = before ? { calendarVersion } : {}
  const after = await appendEvents(ctx, { before, events, key, at, day: localDate(at), ...version })
  if (papers.length > 0) await attachPapers(ctx, after.id, papers)
  await tellOfficers(ctx, workChanges(start, after))
  for (const { task, payload } of jobs) await enqueue(ctx, task, payload(after))
  return after
}
