import type { AgencyDirectory } from '#src/agencies/agency-directory.ts'
import { dueAt } from '#src/calendar/deadline.ts'
import { localDate } from '#src/calendar/local-date.ts'
import type { WorkingCalendar } from '#src/calendar/working-time.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import type { NewEvent } from '#src/dossiers/dossier-event.ts'
import { awaitedOpinions, type FreeExit } from '#src/dossiers/held-step.ts'
import { type Destination, type Move, seat } from '#src/dossiers/move.ts'
import type { Role } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { FeelFacts } from '#src/processes/feel.ts'
import {
  type ChildStep,
  exitsOf,
  isWork,
  type Process,
  type Share,
  type Step,
  usualOutcomes,
} from '#src/processes/process.ts'
import { stepMinutes } from '#src/processes/step-hours.ts'
import { type Act, type Advance, advance, agencyOf, enterAt, type Position } from '#src/processes/stepper.ts'
import { judgedReady } from './sign-result.ts'

/** A version of a process, by its number. */
export type Running = { id: number; process: Process }

/** A dossier about to move, with the facts the act itself writes down. */
export type Moving = {
  dossier: Dossier
  runs: Running
  at: Date
  directory: AgencyDirectory
  data?: FeelFacts['form']
}

/** Where an act leads, worked out but not yet given to anyone by name. */
export type Plan = Pick<Moving, 'runs' | 'at' | 'directory'> & {
  advance: Advance
  left: Move['left']
  /** The agency of the step entered; null when none is. */
  agencyId: number | null
}

/** Works out where an act on a dossier leads. Pure; throws Refusal for an act that its step does not have. */
export function planAct(moving: Moving, act: Act): Plan {
  const { dossier, runs } = moving
  const led = advance(runs.process, positionOf(dossier), act, factsOf(moving))
  const outcome = 'outcome' in act ? act.outcome : 'expired' in act ? 'expired' : 'joined'
  const stays = 'awaited' in led.position && !led.entered
  return planned(moving, led, stays || !dossier.step ? null : { step: dossier.step.key, outcome })
}

/** Works out where a dossier begins a process, or goes on in another one. */
export function planEntry(moving: Moving, step: string): Plan {
  const led = enterAt(moving.runs.process, step, factsOf(moving))
  return planned(moving, led, moving.dossier.step && { step: moving.dossier.step.key, outcome: 'moved' })
}

/** Steps of the platform itself, and those that wait for another dossier, are the resolving agency's unless they name one. */
function planned({ dossier, runs, at, directory }: Moving, led: Advance, left: Move['left']): Plan {
  const { entered } = led
  const code = entered?.agency ?? entered?.asked[0]?.agency
  const agencyId = code === undefined ? dossier.competentAgencyId : idOf(directory, code, at)
  return { runs, at, directory, advance: led, left, agencyId: entered ? agencyId : null }
}

/** Where a dossier stands, as the stepper knows it. */
function positionOf(dossier: Dossier): Position {
  if (!dossier.step) return { step: 'end' }
  return { step: dossier.step.key, awaited: awaitedOpinions(dossier).map(({ key }) => key) }
}

/** What choices and rules of a process may ask of a dossier; `codeOf`: an agency's code, `data`: facts just written down. */
export function feelFacts(
  d: Dossier,
  codeOf: (agencyId: number) => string | undefined,
  data: FeelFacts['form'] = {},
): FeelFacts {
  return {
    form: { ...d.form, ...data },
    case: d.caseCode,
    channel: d.channel,
    applicant: { kind: d.applicant.kind },
    outcomes: d.outcomes,
    opinions: Object.fromEntries(d.opinions.map(({ key, answer }) => [key, answer ?? ''])),
    receiving: codeOf(d.receivingAgencyId) ?? '',
    competent: codeOf(d.competentAgencyId) ?? '',
    components: d.components.map(({ code }) => code),
    fee: d.fees.reduce((sum, fee) => sum + fee.amount * fee.quantity, 0),
  }
}

const factsOf = ({ dossier, directory, data }: Moving) => feelFacts(dossier, directory.codeOf, data)

function idOf(directory: AgencyDirectory, code: string, at: Date): number {
  const id = directory.idOf(code, localDate(at))
  if (id === undefined) throw new Refusal('conflict', 'step-agency-unknown', { params: { code } })
  return id
}

/** The agency a child dossier is opened at, as the process names it or its rule finds it. Throws Refusal `step-agency-unknown`. */
export function childAgency(moving: Moving, { agency }: ChildStep): number {
  return idOf(moving.directory, agencyOf(agency, factsOf(moving)), moving.at)
}

/** Codes of agencies a process names, which whoever plans a move must know. */
export function agenciesNamed({ steps }: Process): string[] {
  const refs = steps.flatMap(step => [
    ...('agency' in step ? [step.agency] : []),
    ...(step.kind === 'consult' ? step.asked.map(({ agency }) => agency) : []),
  ])
  return refs.flatMap(ref => (ref.by === 'code' ? [ref.code] : []))
}

/** Whoever worked on it in this agency and role has it again. */
function hadBefore(d: Dossier, agencyId: number, role: Role): number | null {
  const specialist = role === 'specialist' && agencyId === d.competentAgencyId ? d.specialistId : null
  return d.assignees[seat(agencyId, role)] ?? specialist
}

/** Whom the step entered has to be shared out to, by turn or load; null when somebody had it before or the process leaves it open. */
export function toShareOut({ advance: { entered }, agencyId }: Plan, dossier: Dossier) {
  const step = entered?.step
  if (!step || !isWork(step) || step.share === 'by-hand' || agencyId === null) return null
  if (hadBefore(dossier, agencyId, step.role) !== null) return null
  return { agencyId, role: step.role, share: step.share } satisfies { agencyId: number; role: Role; share: Share }
}

/** `dossier` as it is after what was decided, but for the move; `picked`: who the work was shared out to. */
export type Settling = { dossier: Dossier; calendar: WorkingCalendar; picked: number | null }

/** The move as it is recorded: agencies by number, hours as minutes and a due time, and the person who has it. Undefined when there is none. */
export function settleMove(plan: Plan, settling: Settling): Move | undefined {
  const { entered, passed, position } = plan.advance
  if (!entered && 'awaited' in position) return undefined
  const { dossier } = settling
  const goesOn = dossier.step !== null && dossier.processId === plan.runs.id
  return {
    ...(!goesOn && { process: plan.runs.id }),
    left: plan.left,
    passed,
    to: entered ? destination(plan, entered.step, settling) : null,
  }
}

function destination(plan: Plan, step: Step, { dossier, calendar, picked }: Settling): Destination {
  const { runs, at } = plan
  const agencyId = plan.agencyId ?? dossier.competentAgencyId
  const minutes = stepMinutes(runs.process, step.key, dossier.term)
  const due = minutes === null ? null : dueAt({ amount: minutes / 60, unit: 'working-hours' }, at, [], calendar).at
  const role = isWork(step) ? step.role : step.kind === 'consult' ? (step.asked[0]?.role ?? null) : null
  const before = role && isWork(step) ? hadBefore(dossier, agencyId, role) : null
  const { key, kind, name } = step
  return {
    ...{ key, kind, name, agencyId, role, minutes, dueAt: due?.toISOString() ?? null },
    accountId: before ?? (isWork(step) ? picked : null),
    exits: freeExits(step),
    asked: askedAt(plan),
  }
}

function askedAt({ advance: { entered }, directory, at }: Plan): Destination['asked'] {
  if (entered?.step.kind !== 'consult') return []
  const codes = new Map(entered.asked.map(one => [one.key, one.agency]))
  return entered.step.asked.map(({ key, name, role }) => {
    return { key, name, role, agencyId: idOf(directory, codes.get(key) ?? '', at) }
  })
}

/** Ways out that no command of their own leads to. */
function freeExits(step: Step): FreeExit[] {
  if (!isWork(step)) return []
  const usual = step.kind === 'receipt' ? [] : usualOutcomes[step.kind]
  return exitsOf(step)
    .filter(({ key }) => !usual.includes(key))
    .map(({ key, name, back }) => ({ key, name, back }))
}

type Ending = { dossier: Dossier; at: Date; calendar: WorkingCalendar }

/** The move goes with the last event; the end of a process is the result at the desk, whatever led there. */
export function withMove(events: NewEvent[], move: Move, { dossier, at, calendar }: Ending): NewEvent[] {
  const last = events.at(-1)
  if (!last) return events
  const moving = { ...last, payload: { ...last.payload, move } } as NewEvent
  const isEnd = move.to === null && last.type !== 'result-ready'
  return [...events.slice(0, -1), moving, ...(isEnd ? [judgedReady(dossier, at, calendar)] : [])]
}
