import { tellOfficers } from '#src/accounts/tell-officer.ts'
import { getCalendar } from '#src/calendar/calendar.query.ts'
import { localDate } from '#src/calendar/local-date.ts'
import { type Answer, answerOf, digestOf } from '#src/casework/answer.ts'
import { executeCommand } from '#src/casework/execute-command.ts'
import { clockStarted } from '#src/casework/receive-dossier.ts'
import { type ChildOrder, recordEvents } from '#src/casework/record-events.ts'
import { type Dossier, dossierRef } from '#src/dossiers/dossier.ts'
import type { Opening } from '#src/dossiers/dossier-event.ts'
import { getChildLanding } from '#src/dossiers/landing.query.ts'
import { openingFrom } from '#src/dossiers/opening.ts'
import { actorRef, type Ctx } from '#src/platform/ctx.ts'
import { run, transact } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { getProcedureVersion } from '#src/procedures/procedure.query.ts'
import { getProcess } from '#src/processes/process.query.ts'
import { type ChildStep, getStep } from '#src/processes/process.ts'
import { lockDossier } from './family.query.ts'

/**
 * Opens the dossier and tells its parent, both or neither, once however often the job runs: the parent's row is held meanwhile.
 * Does nothing when the parent has ended without a result or has left the step. When the process names what is not there, those who
 * keep procedures and the resolving agency's leaders are told, and the job fails: it is tried again, for a mended catalogue.
 */
export async function openChild(ctx: Ctx, order: ChildOrder): Promise<void> {
  try {
    await transact(ctx, inner => openOnce(inner, order))
  } catch (error) {
    if (error instanceof Refusal) await tellNotOpened(ctx, order, error.code)
    throw error
  }
}

const keyOf = ({ parent, step, version }: ChildOrder) => `${parent}:${step}:${version}`

async function openOnce(ctx: Ctx, order: ChildOrder): Promise<void> {
  const parent = await lockDossier(ctx, order.parent)
  if (!isWanted(parent, order) || (await isOpened(ctx, order))) return
  const step = await childStepOf(ctx, order)
  const { answer, name, agencyId } = await receiveChild(ctx, { parent, step, order })
  const input = { id: answer.id, code: answer.code, procedure: step.procedure, name, agencyId, step: order.step }
  const commandId = `child-opened:${keyOf(order)}`
  await executeCommand(ctx, { ref: dossierRef(parent), type: 'child-opened', input, commandId })
}

function isWanted({ state, step }: Dossier, order: ChildOrder): boolean {
  if (state === 'withdrawn' || state === 'stopped') return false
  if (order.since === null) return true
  return step?.key === order.step && step.since.toISOString() === order.since
}

async function isOpened(ctx: Ctx, order: ChildOrder): Promise<boolean> {
  const values = [actorRef(ctx.actor), `child:${keyOf(order)}`]
  const rows = await run(ctx.db, `SELECT FROM dossier_event WHERE actor = $1 AND command_id = $2 LIMIT 1`, values)
  return rows.length > 0
}

/** The order was made by this version, which never changes. */
async function childStepOf(ctx: Ctx, order: ChildOrder): Promise<ChildStep> {
  const { process } = await getProcess(ctx, order.process)
  const step = getStep(process, order.step)
  if (step.kind !== 'child') throw new Error(`step ${order.step} of process version ${order.process} opens no dossier`)
  return step
}

type Wanted = { parent: Dossier; step: ChildStep; order: ChildOrder }
type Received = { answer: Answer; name: string; agencyId: number }

/** Received as it is at that agency: own procedure, term, code and process. What it lacks, its officers see in the parent. */
async function receiveChild(ctx: Ctx, { parent, step, order }: Wanted): Promise<Received> {
  const at = ctx.clock.now()
  const asked = { procedure: step.procedure, case: step.case ?? null, agencyId: order.agency, day: localDate(at) }
  const { versionId, policy, ...where } = await getChildLanding(ctx, asked)
  const procedure = await getProcedureVersion(ctx, versionId)
  const { calendarId, calendarVersion, competentAgencyId: agencyId } = where
  const calendar = await getCalendar(ctx, calendarId, calendarVersion)
  const landing = { ...where, procedure, secret: parent.trackingSecret }
  const opening: Opening = { ...openingFrom(intakeOf(parent, step), landing), ...kinshipOf(parent) }
  const events = [clockStarted(opening, { at, calendar, policy, procedure })]
  const key = { id: `child:${keyOf(order)}`, digest: digestOf(order) }
  const decided = { before: null, events, plan: null, at, key, papers: [], calendarId, calendarVersion }
  return { answer: answerOf(await recordEvents(ctx, decided)), name: procedure.name, agencyId }
}

/** The applicant hands in nothing again. The result goes back to the parent, not to a counter. */
function intakeOf(
  { applicant, representative, channel, form, summary }: Dossier,
  { procedure, case: chosen }: ChildStep,
) {
  return {
    ...{ procedure, channel, applicant, form, summary },
    ...(chosen && { case: chosen }),
    ...(representative && { representative }),
    ...{ sets: 1, components: [], papers: [], feeExempt: false },
    delivery: { method: 'electronic' as const },
  }
}

/** Whose it is: one tracking code leads to the whole family, and the parents' agencies follow it. */
function kinshipOf({ id, receivingAgencyId, competentAgencyId, relatives }: Dossier) {
  return { parentId: id, relatives: [...new Set([receivingAgencyId, competentAgencyId, ...relatives])] }
}

/** $1 local day, $2 resolving agency: those who keep the procedures of the province, and that agency's leaders. */
const WATCHERS = `
SELECT DISTINCT s.account_id AS id FROM assignment s JOIN account a ON a.id = s.account_id
WHERE a.active AND (s.role = 'control' OR s.role = 'leader' AND s.agency_id = $2::int)
  AND s.valid_from <= $1::date AND (s.valid_to > $1::date) IS NOT FALSE
LIMIT 200`

async function tellNotOpened(ctx: Ctx, order: ChildOrder, code: string): Promise<void> {
  const [parent] = await run<{ agency: number }>(
    ctx.db,
    'SELECT competent_agency_id AS agency FROM dossier WHERE id = $1',
    [order.parent],
  )
  const watchers = await run<{ id: number }>(ctx.db, WATCHERS, [localDate(ctx.clock.now()), parent?.agency ?? null])
  const { name, procedure } = await childStepOf(ctx, order)
  const key = `child-not-opened:${keyOf(order)}`
  const about = { kind: 'child-not-opened', dossierId: order.parent, key, params: { step: name, procedure, why: code } }
  await tellOfficers(
    ctx,
    watchers.map(({ id }) => ({ accountId: id, ...about })),
  )
}
