import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { agencyDirectory } from '#src/agencies/agency-directory.ts'
import { nationalCalendar } from '#src/calendar/national-calendar.ts'
import { workingMinutesBetween } from '#src/calendar/working-time.ts'
import { allowedCommands } from '#src/casework/commands.ts'
import { apply, applyEach, refold } from '#src/dossiers/apply.ts'
import { blankDossier } from '#src/dossiers/blank-dossier.ts'
import { type Facts, isAllowed, refusalOf } from '#src/dossiers/command.ts'
import { type Dossier, openStates, type State, states } from '#src/dossiers/dossier.ts'
import { judge } from '#src/dossiers/dossier-deadline.ts'
import type { DossierEvent, NewEvent } from '#src/dossiers/dossier-event.ts'
import { holderOf, isFor } from '#src/dossiers/holder.ts'
import { Intake } from '#src/dossiers/intake.ts'
import { openingFrom } from '#src/dossiers/opening.ts'
import { actorRef, type Officer, type Role, roles } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { LawPolicy } from '#src/procedures/law.ts'
import type { Channel, Procedure } from '#src/procedures/procedure.ts'
import { type Plan, planAct, planEntry, settleMove, withMove } from '#src/steps/move-plan.ts'
import { attemptOf, type Stride, strides } from './support/command-walk.ts'
import { MONDAY, procedures } from './support/office.ts'
import { standardProcess } from './support/standard-process.ts'

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
const people = [
  ...officersOf(COMMUNE, [...roles, 'specialist', 'leader']),
  ...officersOf(DEPARTMENT, ['specialist', 'specialist', 'leader', 'clerk', 'cashier']),
]
const strangers = officersOf(ELSEWHERE, roles)

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

type Moment = { event: DossierEvent; before: Dossier; after: Dossier }
type Walk = { history: Moment[]; policy: LawPolicy }

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
let walks: { course: Course; walked: Walk }[]

beforeAll(() => {
  // Asking who may do what makes refusals by the hundred thousand, whose stack nobody reads.
  Error.stackTraceLimit = 0
  const courses: Course[] = fc.sample(fc.tuple(openings, policies, strides), { seed: SEED, numRuns: 1_100 })
  walks = courses.map(course => ({ course, walked: walk(...course) }))
})

/**
 * Whatever happens to a dossier: `check` sees every event of every walk, with the dossier before and after it.
 * A walk that fails is told in its shortest form. `enough` says which walks come far enough to tell.
 */
function always(check: (record: Moment, walk: Walk) => void, enough: (walk: Walk) => boolean = () => true): void {
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

const came =
  (...wanted: State[]) =>
  (walked: Walk) =>
    walked.history.some(({ after }) => wanted.includes(after.state))
const happened = (type: DossierEvent['type']) => (walked: Walk) =>
  walked.history.some(({ event }) => event.type === type)

const ended: readonly State[] = ['closed', 'withdrawn', 'stopped', 'refused-at-intake']
const ways: Record<State, readonly State[]> = {
  draft: ['submitted', 'received', 'supplement-at-intake', 'refused-at-intake'],
  submitted: ['received', 'supplement-at-intake', 'refused-at-intake', 'withdrawn'],
  'supplement-at-intake': ['submitted', 'received', 'refused-at-intake', 'withdrawn'],
  received: ['in-process', 'withdrawn', 'stopped'],
  'in-process': ['supplement-requested', 'financial-obligation', 'pending-approval', 'withdrawn', 'stopped'],
  'supplement-requested': ['in-process', 'withdrawn', 'stopped'],
  'financial-obligation': ['in-process', 'withdrawn', 'stopped'],
  'pending-approval': ['approved', 'in-process', 'withdrawn', 'stopped'],
  approved: ['result-ready', 'withdrawn', 'stopped'],
  'result-ready': ['closed'],
  closed: [],
  withdrawn: [],
  stopped: [],
  'refused-at-intake': [],
}

test('a dossier goes only the ways the procedure of the office knows', () => {
  const gone = new Set<string>()
  always(({ event, before, after }) => {
    if (before.state === after.state) return
    // By decision a dossier under way goes on at any step of a process.
    if (event.type === 'process-changed') return expect(openStates).toContain(after.state)
    expect(ways[before.state], `from ${before.state}`).toContain(after.state)
    gone.add(`${before.state} → ${after.state}`)
  })
  const known = states.flatMap(from => ways[from].map(to => `${from} → ${to}`))
  expect([...gone].sort(), 'every way is gone by some walk').toEqual(known.sort())
})

test('what has ended stays as it ended: only notes may be added', () => {
  always(
    ({ after }) => {
      const may = new Set(people.flatMap(officer => allowedCommands(after, officer).map(c => c.type)))
      if (ended.includes(after.state)) expect([...may]).toEqual(['note'])
      else expect([...may].length).toBeGreaterThan(1)
      expect(after.closedAt !== null).toBe(ended.includes(after.state))
      expect(holderOf(after) === null).toBe(ended.includes(after.state))
      if (ended.includes(after.state)) expect(after.supplementProposal).toBeNull()
    },
    came(...ended),
  )
})

test('who holds a dossier can take it further', () => {
  always(({ after }) => {
    const holder = holderOf(after)
    if (!holder) return
    const holders = people.filter(p => isFor(holder, p))
    const may = holders.flatMap(p => allowedCommands(after, p).map(c => c.type)).filter(type => type !== 'note')
    const waits: readonly State[] = ['supplement-requested', 'financial-obligation']
    if (!waits.includes(after.state)) expect(may, after.state).not.toEqual([])
  })
})

test('from reception to the result every working hour belongs to exactly one holder, and the holders follow each other', () => {
  always(({ event, after }) => {
    const { holdings, receivedAt, readyAt, closedAt } = after
    if (!receivedAt) return expect(holdings).toEqual([])
    const end = readyAt ?? closedAt
    expect(holdings[0]?.from).toEqual(receivedAt)
    for (const [i, { to }] of holdings.entries()) expect(to).toEqual(holdings[i + 1]?.from ?? end)
    expect(holdings.filter(({ to }) => to === null)).toHaveLength(end ? 0 : 1)
    const until = end ?? event.at
    const held = holdings.map(h => workingMinutesBetween(h.from, h.to ?? until, nationalCalendar))
    const sum = held.reduce((total, minutes) => total + minutes, 0)
    expect(sum).toBeCloseTo(workingMinutesBetween(receivedAt, until, nationalCalendar), 5)
  }, happened('result-ready'))
})

test('a dossier under way is at one step of its process, and its holder is of the step’s agency', () => {
  always(({ after }) => {
    const { step, receivedAt, readyAt, closedAt } = after
    expect(step !== null).toBe(receivedAt !== null && readyAt === null && closedAt === null)
    if (step) expect(holderOf(after)?.agencyId).toBe(step.agencyId)
  }, came('in-process'))
})

test('nobody of another agency can do anything, or learn that the dossier exists', () => {
  always(({ after }) => {
    for (const stranger of strangers) {
      const may = allowedCommands(after, stranger).map(({ type }) => type)
      expect(may.filter(type => !(stranger.role === 'director' && type === 'change-process'))).toEqual([])
      const oversees = stranger.role === 'director' || stranger.role === 'control'
      for (const definition of allowedCommands(after, people[2] as Officer)) {
        expect(refusalOf(definition, after, stranger)?.kind).toBe(oversees ? 'forbidden' : 'not-found')
      }
    }
  })
})

test('the version counts the events, and the events alone make the dossier', () => {
  always(({ event, after }, { history }) => {
    expect(after.version).toBe(event.seq)
    expect(after).toEqual(
      refold(
        1,
        history.slice(0, event.seq).map(h => h.event),
      ),
    )
  })
})

test('the promise of the day of reception is never overwritten, and nothing falls due before it was received', () => {
  always(({ event, before, after }) => {
    if (event.type !== 'received') {
      expect(after.originalDueAt).toEqual(before.originalDueAt)
      expect(after.receivedAt).toEqual(before.receivedAt)
    }
    if (after.dueAt && after.receivedAt)
      expect(after.dueAt.getTime()).toBeGreaterThanOrEqual(after.receivedAt.getTime())
    expect(after.dueAt === null || after.receivedAt !== null).toBe(true)
  }, came('received'))
})

test('every move of the deadline is on the list of adjustments, each from where the last one left it', () => {
  always(
    ({ before, after }) => {
      const stops = [after.originalDueAt, ...after.adjustments.map(a => a.to)]
      expect(after.adjustments.map(a => a.from)).toEqual(stops.slice(0, -1))
      expect(after.dueAt).toEqual(stops.at(-1))
      expect(after.adjustments.slice(0, before.adjustments.length)).toEqual(before.adjustments)
    },
    ({ history }) => (history.at(-1)?.after.adjustments.length ?? 0) > 1,
  )
})

test('the clock stands still exactly while a supplement or a financial obligation is awaited', () => {
  always(
    ({ after }) => {
      const paused = after.state === 'supplement-requested' || after.state === 'financial-obligation'
      expect(after.pausedAt !== null, after.state).toBe(paused)
      expect(after.pauses.filter(p => p.to === null)).toHaveLength(paused ? 1 : 0)
      if (paused) expect(after.pauses.at(-1)).toMatchObject({ from: after.pausedAt, to: null })
      for (const { from, to } of after.pauses) expect((to ?? from).getTime()).toBeGreaterThanOrEqual(from.getTime())
    },
    came('supplement-requested', 'financial-obligation'),
  )
})

test('a pause never brings the deadline forward', () => {
  always(
    ({ event, before, after }) => {
      if (event.type !== 'supplement-answered' && event.type !== 'financial-obligation-met') return
      if (before.dueAt && after.dueAt) expect(after.dueAt.getTime()).toBeGreaterThanOrEqual(before.dueAt.getTime())
    },
    came('supplement-requested', 'financial-obligation'),
  )
})

test('without a leader no more supplements are asked for in a stage than the law allows, nor extensions granted', () => {
  always(
    ({ after }, { policy }) => {
      for (const stage of ['intake', 'appraisal'] as const) {
        const alone = after.supplements.filter(s => s.stage === stage && s.approvedBy === null)
        expect(alone.length).toBeLessThanOrEqual(policy.supplementsPerStage)
      }
      for (const s of after.supplements) if (s.approvedBy) expect(s.legalGround).toBeTruthy()
      expect(after.extensions).toBeLessThanOrEqual(policy.extensions)
      expect(after.adjustments.filter(a => a.kind === 'extension')).toHaveLength(after.extensions)
    },
    ({ history }) => (history.at(-1)?.after.supplements.length ?? 0) > 1,
  )
})

test('a dossier is judged once, when its result is ready, by the deadline it then had', () => {
  always(({ event, before, after }, { history }) => {
    if (event.type === 'result-ready') {
      expect(after.judgement).toBe(judge(event.at, before.dueAt))
      expect(after.readyAt).toEqual(event.at)
      expect(history.filter(h => h.event.type === 'result-ready')).toHaveLength(1)
    } else {
      expect([after.judgement, after.readyAt]).toEqual([before.judgement, before.readyAt])
    }
  }, happened('handed-over'))
})

test('one code from the moment the dossier is on file, and none before', () => {
  always(({ before, after }) => {
    if (before.code) expect(after.code).toBe(before.code)
    const onFile = after.submittedAt !== null || after.receivedAt !== null
    expect(after.code !== null, after.state).toBe(onFile)
  })
})

test('money is either owed, paid or not asked for, and paid once', () => {
  always(({ after }) => {
    const owed = after.fees.reduce((sum, fee) => sum + fee.amount * fee.quantity, 0)
    expect(after.receipts).toHaveLength(after.finance === 'paid' ? 1 : 0)
    if (after.finance === 'paid') expect(after.receipts[0]?.amount).toBe(owed)
    if (after.finance === 'not-required') expect(owed).toBe(0)
  }, happened('fee-collected'))
})
