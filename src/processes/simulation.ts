import { dueAt, type Term } from '#src/calendar/deadline.ts'
import type { WorkingCalendar } from '#src/calendar/working-time.ts'
import type { Role } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { FeelFacts } from './feel.ts'
import { type ConsultStep, getStep, isWork, type Process, type Step, type StepKind, usualOutcomes } from './process.ts'
import { stepMinutes } from './step-hours.ts'
import { type Advance, advance, type Entered, type Passed, start as startOf } from './stepper.ts'

/** What an agency may answer when its opinion is asked. */
export const opinionAnswers = ['agree', 'disagree', 'conditional'] as const
export type Answer = (typeof opinionAnswers)[number]

/** What is to happen at a step: a way out of it, one of its opinions, or that the time for these runs out; without `step` at the next. */
export type Given =
  | { step?: string; outcome: string }
  | ({ step: string } & ({ opinion: string; answer: Answer } | { expired: true }))

export type Simulation = {
  /** With its sub-processes written out, and without flaws. */
  process: Process
  /** Those of one step in their order, for the first time it is come to, then the next; where none is left the usual way is taken. */
  outcomes: readonly Given[]
  facts: FeelFacts
  term: Term | null
  start: Date
  calendar: WorkingCalendar
}

/**
 * One step of the way. `minutes`: working minutes it may take, null when nothing is promised; `dueAt` is when these are used up.
 * `passed`: the platform went through by itself. `asked`: whose opinion is asked, `answer` null for one that was not needed any more.
 */
export type SimulatedStep = {
  step: string
  name: string
  kind: StepKind
  agency: string | null
  role: Role | null
  minutes: number | null
  enteredAt: Date
  dueAt: Date
  outcome: string
  passed: boolean
  asked: { key: string; agency: string; answer: Answer | 'none' | null }[]
}

/** `endsAt`: when the last step is due; `dueAt`: when the term runs out, null without one; `minutes`: of all steps together. */
export type Simulated = { path: SimulatedStep[]; endsAt: Date; dueAt: Date | null; minutes: number }

const MOST_STEPS = 200

/**
 * The way through a process when every step takes all the time it has: each is entered when the one before is due. Throws Refusal
 * `outcome-unknown`, `opinion-not-awaited`, `simulation-outcomes-left` (the way never comes to a step that is spoken of) and
 * `simulation-too-long` (more than 200 steps); RangeError when nothing falls due within a century.
 */
export function simulate(simulation: Simulation): Simulated {
  const { process, outcomes, term, start, calendar } = simulation
  const queue = outcomes.map((given, i) => ({ given, n: i + 1 }))
  const path: SimulatedStep[] = []
  let facts = simulation.facts
  let at = start
  let next = startOf(process, facts)
  for (;;) {
    path.push(...next.passed.map(passed => passedStep(process, passed, at)))
    facts = factsAfter(facts, next.passed)
    if (path.length > MOST_STEPS) throw new Refusal('invalid', 'simulation-too-long', { params: { max: MOST_STEPS } })
    if (!next.entered) break
    const { step } = next.entered
    const minutes = stepMinutes(process, step.key, term)
    const due = minutes === null ? at : atEnd({ amount: minutes / 60, unit: 'working-hours' }, at, calendar)
    const left = leaveStep(process, next, queue, facts)
    path.push({ ...described(next.entered, left), minutes, enteredAt: at, dueAt: due })
    facts = left.facts
    next = left.next
    at = due
  }
  refuseLeftOver(process, queue)
  const minutes = path.reduce((sum, one) => sum + (one.minutes ?? 0), 0)
  return { path, endsAt: at, dueAt: term && atEnd(term, start, calendar), minutes }
}

/** What is still to be given, `n` from 1 in the order it was asked. */
type Queue = { given: Given; n: number }[]
type Left = { next: Advance; facts: FeelFacts; outcome: string; answers: Record<string, Answer | 'none'> }

function leaveStep(process: Process, now: Advance, queue: Queue, facts: FeelFacts): Left {
  const { step } = now.entered as Entered
  if (step.kind === 'consult') return consult(process, step, now, queue, facts)
  const outcome = outcomeOf(taken(queue, step.key), step)
  const next = advance(process, now.position, { outcome }, facts)
  return { next, facts: withOutcome(facts, step.key, outcome), outcome, answers: {} }
}

/** Answers as given, then one from everyone who is still awaited, until there are enough or the time is over. */
function consult(process: Process, step: ConsultStep, now: Advance, queue: Queue, facts: FeelFacts): Left {
  const given: Record<string, Answer | 'none'> = {}
  const word = taken(queue, null)
  let position = now.position
  for (;;) {
    const awaited = 'awaited' in position ? position.awaited : []
    const act = answerOf(word ? allAtOnce(word) : taken(queue, step.key), step, awaited)
    const isOver = 'expired' in act
    if ('answered' in act) given[act.answered] = act.answer
    if (isOver) for (const key of awaited) given[key] = 'none'
    const known = { ...facts, opinions: { ...facts.opinions, ...given } }
    const next = advance(process, position, act, known)
    const outcome = isOver ? 'expired' : 'joined'
    const stays = next.entered === null && next.position.step === step.key
    if (!stays) return { next, facts: withOutcome(known, step.key, outcome), outcome, answers: given }
    position = next.position
  }
}

/** A word for the whole consultation: that the time ran out, or that everyone agreed. */
function allAtOnce(word: Given): Given | undefined {
  if (!('outcome' in word) || word.outcome === 'joined') return undefined
  return word.outcome === 'expired' ? { step: '', expired: true } : word
}

type Answered = { answered: string; answer: Answer } | { expired: true }

function answerOf(given: Given | undefined, step: ConsultStep, awaited: readonly string[]): Answered {
  if (!given) return { answered: awaited[0] ?? '', answer: 'agree' }
  if ('opinion' in given) return { answered: given.opinion, answer: given.answer }
  if ('expired' in given) return { expired: true }
  throw new Refusal('invalid', 'outcome-unknown', { params: { outcome: given.outcome, step: step.name } })
}

function outcomeOf(given: Given | undefined, step: Exclude<Step, { kind: 'consult' }>): string {
  if (!given) return usualWay(step)
  if ('outcome' in given) return given.outcome
  throw new Refusal('conflict', 'opinion-not-awaited')
}

/** The way on that is taken when nothing is said: the first the kind of step has, else the first that goes on. */
function usualWay(step: Step): string {
  if (step.kind === 'choice') return 'otherwise'
  const [usual = step.outcomes.find(({ back }) => !back)?.key ?? ''] = usualOutcomes[step.kind]
  return usual
}

/** What is said of this step; else what is said next without naming one. */
function taken(queue: Queue, step: string | null): Given | undefined {
  const named = queue.findIndex(({ given }) => given.step === step)
  const next = queue[0]?.given.step === undefined ? 0 : -1
  const i = named < 0 ? next : named
  return i < 0 ? undefined : queue.splice(i, 1)[0]?.given
}

function refuseLeftOver(process: Process, [first]: Queue): void {
  if (!first) return
  const { step } = first.given
  const outcome = 'outcome' in first.given ? first.given.outcome : ''
  const name = process.steps.find(({ key }) => key === step)?.name ?? step ?? outcome
  throw new Refusal('invalid', 'simulation-outcomes-left', { field: 'outcomes', params: { step: name, n: first.n } })
}

const withOutcome = (facts: FeelFacts, step: string, outcome: string): FeelFacts => {
  return { ...facts, outcomes: { ...facts.outcomes, [step]: outcome } }
}

function factsAfter(facts: FeelFacts, passed: readonly Passed[]): FeelFacts {
  let after = facts
  for (const { step, exit, set } of passed) {
    after = withOutcome(after, step, exit)
    if (set) after = { ...after, form: { ...after.form, [set.field]: set.value } }
  }
  return after
}

function described({ step, agency, asked }: Entered, { outcome, answers }: Left) {
  return {
    step: step.key,
    name: step.name,
    kind: step.kind,
    agency,
    role: isWork(step) ? step.role : null,
    outcome,
    passed: false,
    asked: asked.map(one => ({ ...one, answer: answers[one.key] ?? null })),
  }
}

function passedStep(process: Process, { step, name, exit }: Passed, at: Date): SimulatedStep {
  const { kind } = getStep(process, step)
  const nobody = { agency: null, role: null, minutes: null, asked: [] }
  return { step, name, kind, ...nobody, enteredAt: at, dueAt: at, outcome: exit, passed: true }
}

/** A term counted without pauses always ends. */
function atEnd(term: Term, start: Date, calendar: WorkingCalendar): Date {
  return dueAt(term, start, [], calendar).at as Date
}
