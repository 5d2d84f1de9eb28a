import { Refusal } from '#src/platform/refusal.ts'
import { type FeelFacts, isTrue, resultOf } from './feel.ts'
import {
  type AgencyRef,
  type ConsultStep,
  END,
  exitsOf,
  getStep,
  isPassing,
  type Process,
  type Step,
} from './process.ts'

/** Where a dossier stands: at one step, with the opinions still awaited there, or at the end. */
export type Position = { step: string; awaited: readonly string[] } | { step: typeof END }

/** What happens to a position: a way out of the step, one of the opinions asked for, or the end of the time to answer. */
export type Act = { outcome: string } | { answered: string; answer?: string } | { expired: true }

/** What the platform passed by itself: the way it took, and a fact it wrote down. */
export type Passed = {
  step: string
  name: string
  exit: string
  note?: string
  set?: { field: string; value: string | number | boolean }
}

/** An agency's code for each reference of the step entered. */
export type Entered = { step: Step; agency: string | null; asked: { key: string; agency: string }[] }

/** `entered` is null when the position stays at its step or is at the end. */
export type Advance = { position: Position; passed: Passed[]; entered: Entered | null }

/** The first step of a process and whatever the platform passes before it. */
export function start(process: Process, facts: FeelFacts): Advance {
  return enter(process, process.start, facts)
}

/** A dossier moved to this process goes on at `step`. */
export function enterAt(process: Process, step: string, facts: FeelFacts): Advance {
  return enter(process, step, facts)
}

/**
 * The position after one act. Pure; `facts` are those of the dossier at that moment. Throws Refusal `outcome-unknown` for an act the
 * step does not have, `process-ended` at the end, `opinion-not-awaited` for an opinion that is not asked for or already given.
 */
export function advance(process: Process, position: Position, act: Act, facts: FeelFacts): Advance {
  if (!('awaited' in position)) throw new Refusal('conflict', 'process-ended')
  const step = getStep(process, position.step)
  if ('outcome' in act) return leave(process, step, chosen(step, act.outcome), facts)
  if (step.kind !== 'consult') throw new Refusal('conflict', 'opinion-not-awaited')
  if ('expired' in act) {
    const silent = Object.fromEntries(position.awaited.map(key => [key, 'none']))
    return leave(process, step, 'expired', withOpinions(facts, silent))
  }
  if (!position.awaited.includes(act.answered)) throw new Refusal('conflict', 'opinion-not-awaited')
  const awaited = position.awaited.filter(key => key !== act.answered)
  const known = act.answer === undefined ? facts : withOpinions(facts, { [act.answered]: act.answer })
  if (isJoined(step, awaited.length)) return leave(process, step, 'joined', known)
  return { position: { step: step.key, awaited }, passed: [], entered: null }
}

/** Choices right after a consultation go by what it came to, the answer that ended it and the silence of others included. */
const withOpinions = (facts: FeelFacts, opinions: Record<string, string>): FeelFacts => {
  return { ...facts, opinions: { ...facts.opinions, ...opinions } }
}

/** Enough have answered: all, or as many as the process needs. */
function isJoined({ asked, need }: ConsultStep, awaited: number): boolean {
  const answered = asked.length - awaited
  return answered >= (need === 0 ? asked.length : Math.min(need, asked.length))
}

/** The outcome, if somebody may choose it: a consultation is left by its answers or its time, never by a word. */
function chosen(step: Step, outcome: string): string {
  if (step.kind !== 'choice' && step.kind !== 'consult' && step.outcomes.some(({ key }) => key === outcome))
    return outcome
  throw new Refusal('invalid', 'outcome-unknown', { field: 'outcome', params: { outcome, step: step.name } })
}

function leave(process: Process, step: Step, outcome: string, facts: FeelFacts): Advance {
  const exit = exitsOf(step).find(({ key }) => key === outcome)
  if (!exit) throw new Error(`process ${process.name} has no way ${outcome} out of ${step.key}`)
  return enter(process, exit.to, { ...facts, outcomes: { ...facts.outcomes, [step.key]: outcome } })
}

/** Goes on to the first step that waits for someone. A checked process has no ring of passing steps, so this ends. */
function enter(process: Process, first: string, given: FeelFacts): Advance {
  const passed: Passed[] = []
  let facts = given
  let target = first
  while (target !== END) {
    const step = getStep(process, target)
    const entered = enteredAt(step, facts)
    const way = isPassing(step) ? passing(step, facts) : handedToItself(process, step, { entered, passed, facts })
    if (way === null) {
      const awaited = step.kind === 'consult' ? step.asked.map(({ key }) => key) : []
      return { position: { step: step.key, awaited }, passed, entered }
    }
    const exit = exitsOf(step).find(({ key }) => key === way)
    if (!exit || passed.length > process.steps.length)
      throw new Error(`process ${process.name} does not leave ${step.key}`)
    const trace = traceOf(step, way, facts)
    passed.push(trace)
    facts = { ...facts, outcomes: { ...facts.outcomes, [step.key]: way } }
    if (trace.set) facts = { ...facts, form: { ...facts.form, [trace.set.field]: trace.set.value } }
    target = exit.to
  }
  return { position: { step: END }, passed, entered: null }
}

function passing(step: Step, facts: FeelFacts): string {
  if (step.kind === 'child') return 'granted'
  if (step.kind !== 'choice') return 'done'
  const taken = step.branches.findIndex(({ when }) => isTrue(when, facts))
  return taken < 0 ? 'otherwise' : `branch-${taken + 1}`
}

/** A desk hands nothing over to itself, and need not take over what nobody handed it. */
function handedToItself(
  process: Process,
  step: Step,
  { entered, passed, facts }: { entered: Entered; passed: Passed[]; facts: FeelFacts },
): string | null {
  if (step.kind === 'receipt') return passed.at(-1)?.exit === 'handed-over' ? 'taken-over' : null
  if (step.kind !== 'transfer') return null
  const to = step.outcomes.find(({ key }) => key === 'handed-over')?.to ?? END
  const next = to === END ? undefined : getStep(process, to)
  return next && 'agency' in next && agencyOf(next.agency, facts) === entered.agency ? 'handed-over' : null
}

function traceOf(step: Step, exit: string, facts: FeelFacts): Passed {
  const trace: Passed = { step: step.key, name: step.name, exit }
  if (step.kind !== 'automatic') return trace
  const value = step.set && resultOf(step.set.value, facts)
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  return {
    ...trace,
    ...(step.note && { note: step.note }),
    ...(step.set && isPlain && { set: { field: step.set.field, value } }),
  }
}

function enteredAt(step: Step, facts: FeelFacts): Entered {
  const agency = 'agency' in step ? agencyOf(step.agency, facts) : null
  const asked =
    step.kind === 'consult' ? step.asked.map(one => ({ key: one.key, agency: agencyOf(one.agency, facts) })) : []
  return { step, agency, asked }
}

/** Code of the agency a step is given to; a rule that names none falls back on the one that resolves. */
export function agencyOf(ref: AgencyRef, facts: FeelFacts): string {
  switch (ref.by) {
    case 'receiving':
      return facts.receiving
    case 'competent':
      return facts.competent
    case 'code':
      return ref.code
    case 'rule': {
      const named = resultOf(ref.rule, facts)
      return typeof named === 'string' && named ? named : facts.competent
    }
  }
}
