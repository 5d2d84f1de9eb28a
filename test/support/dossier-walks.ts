import fc from 'fast-check'
import { expect } from 'vitest'
import { agencyDirectory } from '#src/agencies/agency-directory.ts'
import { nationalCalendar } from '#src/calendar/national-calendar.ts'
import { apply, applyEach } from '#src/dossiers/apply.ts'
import { blankDossier } from '#src/dossiers/blank-dossier.ts'
import { type Facts, isAllowed } from '#src/dossiers/command.ts'
import type { Dossier, State } from '#src/dossiers/dossier.ts'
import type { DossierEvent, NewEvent } from '#src/dossiers/dossier-event.ts'
import { Intake } from '#src/dossiers/intake.ts'
import { openingFrom } from '#src/dossiers/opening.ts'
import { actorRef, type Officer, type Role, roles } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { LawPolicy } from '#src/procedures/law.ts'
import type { Channel, Procedure } from '#src/procedures/procedure.ts'
import { type Plan, planAct, planEntry, settleMove, withMove } from '#src/steps/move-plan.ts'
import { attemptOf, type Stride, strides } from './command-walk.ts'
import { MONDAY, procedures } from './office.ts'
import { standardProcess } from './standard-process.ts'

const COMMUNE = 1
const DEPARTMENT = 2
const ELSEWHERE = 3

const officersOf = (agencyId: number, given: readonly Role[]): Officer[] =>
  given.map((role, i) => ({
    kind: 'officer',
    accountId: agencyId * 100 + i,
    assignmentId: agencyId * 100 + i,
    name: `Cán bộ ${role}`,
    role,
    agencyId,
    agencyCode: `A${agencyId}`,
    servicePointId: null,
  }))
export const people = [
  ...officersOf(COMMUNE, [...roles, 'specialist', 'leader']),
  ...officersOf(DEPARTMENT, ['specialist', 'specialist', 'leader', 'clerk', 'cashier']),
]
export const strangers = officersOf(ELSEWHERE, roles)

const policies = fc.record({
  workingDayPolicy: fc.constantFrom('hour-clock', 'civil-day'),
  resume: fc.constantFrom('remaining', 'restart'),
  supplementsPerStage: fc.integer({ min: 1, max: 2 }),
  extensions: fc.integer({ min: 0, max: 2 }),
  intakeCheckHours: fc.constant(8),
  apologyNoticeDays: fc.integer({ min: 0, max: 2 }),
}) as fc.Arbitrary<LawPolicy>

/** Birth registration stays in the commune, a building permit goes on to the department, a certified copy has a fee and no term. */
const catalogue: Procedure[] = procedures(DEPARTMENT).map((publication, i) => ({
  ...publication,
  versionId: i + 1,
  version: 1,
  fieldName: publication.field.name,
  decision: null,
}))

const runs = { id: 1, process: standardProcess() }
const directory = agencyDirectory(
  [COMMUNE, DEPARTMENT, ELSEWHERE].map(id => ({ id, code: `A${id}`, validTo: null, successorId: null })),
)

type Given = { procedure: Procedure; channel: Channel; feeExempt: boolean; complete: boolean }
const openings: fc.Arbitrary<Given> = fc.record({
  procedure: fc.constantFrom(...catalogue),
  channel: fc.constantFrom<Channel>('counter', 'online', 'post'),
  feeExempt: fc.boolean(),
  complete: fc.boolean(),
})

export type Moment = { event: DossierEvent; before: Dossier; after: Dossier }
export type Walk = { history: Moment[]; policy: LawPolicy }

function open(given: Given, at: Date): NewEvent {
  const { procedure, channel, feeExempt, complete } = given
  const applicant = { name: 'Nguyễn Văn An', idNumber: '000190000001', phone: '0900000001' }
  const codes = procedure.content.components
    .filter(c => c.required && complete)
    .map(({ code }) => ({ code, originals: 1 }))
  const intake = Intake.parse({ procedure: procedure.code, channel, applicant, components: codes, feeExempt })
  const place = { lawPack: 'luat', calendarId: 1, calendarVersion: 1, servicePointId: null, receivingAgencyId: COMMUNE }
  const competentAgencyId = procedure.resolverId ?? COMMUNE
  const payload = openingFrom(intake, { ...place, competentAgencyId, procedure, secret: `S${at.getTime()}` })
  return { type: 'drafted', payload }
}

/** Carries a dossier through the strides by the rules alone. */
function walk(given: Given, policy: LawPolicy, path: readonly Stride[]): Walk {
  let at = new Date(MONDAY)
  let dossier = blankDossier(1, at)
  const history: Moment[] = []
  const add = (made: NewEvent, actor: string) => {
    const code = made.givesCode && !dossier.code ? 'A1-260302-0001' : null
    const event = { ...made, seq: dossier.version + 1, at, actor, code } as DossierEvent
    const after = apply(dossier, event)
    history.push({ event, before: dossier, after })
    dossier = after
  }
  add(open(given, at), actorRef(people[0] as Officer))
  for (const stride of path) {
    at = new Date(at.getTime() + stride.minutes * 60_000 + stride.seconds * 1000)
    const attempt = attemptOf(dossier, people, stride)
    if (!attempt) continue
    const rules = { policy, formSet: '2025' as const, procedure: given.procedure, calendar: nationalCalendar }
    const facts = { at, by: attempt.officer, process: runs.process, next: null, ...rules }
    for (const event of decided(dossier, attempt, facts)) add(event, actorRef(attempt.officer))
  }
  return { history, policy }
}

function decided(dossier: Dossier, attempt: NonNullable<ReturnType<typeof attemptOf>>, rules: Facts): NewEvent[] {
  const { officer, definition, input: given } = attempt
  if (!isAllowed(definition, dossier, officer)) return []
  const assignee = people.find(p => p.role === 'specialist' && p.agencyId === officer.agencyId)
  const person = given.assignee === 'nobody' ? undefined : { id: assignee?.accountId, name: assignee?.name }
  const found = definition.moveTo ? { ...runs, name: runs.process.name } : person
  try {
    const input = definition.input.parse(given)
    const moving = { dossier, runs, at: rules.at, directory }
    const act = dossier.step && definition.act?.(dossier, input, officer)
    const target = definition.moveTo?.(input, found)
    const plan = target ? planEntry({ ...moving, runs: target }, target.step) : act ? planAct(moving, act) : null
    const next = plan?.agencyId ? { agencyId: plan.agencyId } : plan ? 'end' : null
    return moved(dossier, definition.decide(dossier, input, { ...rules, next }, found), plan, rules)
  } catch (error) {
    if (error instanceof Refusal) return []
    throw error
  }
}

/** Events with the move that goes with them: the one planned, or the beginning of the process on reception. */
function moved(before: Dossier, events: NewEvent[], planned: Plan | null, { at, by, calendar }: Facts): NewEvent[] {
  const dossier = applyEach(before, events, { at, actor: actorRef(by) }).at(-1) ?? before
  const begins = events.some(({ type }) => type === 'received')
  const plan = begins ? planEntry({ dossier, runs, at, directory }, runs.process.start) : planned
  const move = plan && settleMove(plan, { dossier, calendar, picked: null })
  return move ? withMove(events, move, { dossier, at, calendar }) : events
}

type Course = [given: Given, policy: LawPolicy, path: Stride[]]
const SEED = 20_260_302
let walks: { course: Course; walked: Walk }[] = []

/** Takes the walks `always` looks at, once for a file of tests. */
export function takeWalks(): void {
  // Asking who may do what makes refusals by the hundred thousand, whose stack nobody reads.
  Error.stackTraceLimit = 0
  const courses: Course[] = fc.sample(fc.tuple(openings, policies, strides), { seed: SEED, numRuns: 1_100 })
  walks = courses.map(course => ({ course, walked: walk(...course) }))
}

/**
 * Whatever happens to a dossier: `check` sees every event of every walk, with the dossier before and after it.
 * A walk that fails is told in its shortest form. `enough` says which walks come far enough to tell.
 */
export function always(
  check: (record: Moment, walk: Walk) => void,
  enough: (walk: Walk) => boolean = () => true,
): void {
  const holds = (walked: Walk) => {
    for (const record of walked.history) check(record, walked)
  }
  const property = fc.property(openings, policies, strides, (...course) => holds(walk(...course)))
  for (const { course, walked } of walks) {
    try {
      holds(walked)
    } catch {
      fc.assert(property, { seed: SEED, examples: [course] })
    }
  }
  expect(walks.filter(({ walked }) => enough(walked)).length, 'walks that come far enough').toBeGreaterThan(10)
}

export const came =
  (...wanted: State[]) =>
  (walked: Walk) =>
    walked.history.some(({ after }) => wanted.includes(after.state))
export const happened = (type: DossierEvent['type']) => (walked: Walk) =>
  walked.history.some(({ event }) => event.type === type)
