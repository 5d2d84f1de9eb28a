import { Refusal } from '#src/platform/refusal.ts'
import { withSteps } from './feel.ts'
import { type AgencyRef, END, type Process, type Step } from './process.ts'

/** Processes others may take in, by key. */
export type Library = Readonly<Record<string, Process>>

/** More than this is no process an office could follow; and parts within parts grow by powers. */
const MOST_STEPS = 200
const LONGEST_KEY = 60

/**
 * The process with its sub-processes written out, nested ones too: their steps get keys that begin with the sub-process step's own,
 * and their ends lead where that step leads. Throws Refusal `sub-process-unknown`, `sub-process-ring` (one that contains itself) and
 * `process-too-long` (more than 200 steps in all).
 */
export function expand(process: Process, library: Library): Process {
  return writeOut(process, library, [])
}

/** A sub-process and the new key of each of its steps. */
type Part = { process: Process; keys: ReadonlyMap<string, string> }

function writeOut(process: Process, library: Library, within: readonly string[]): Process {
  if (!process.steps.some(({ kind }) => kind === 'sub-process')) return process
  const taken = new Set(process.steps.map(({ key }) => key))
  const parts = new Map<string, Part>()
  let total = process.steps.length
  for (const step of process.steps) {
    if (step.kind !== 'sub-process') continue
    const inner = partOf(step.process, library, within)
    total += inner.steps.length - 1
    if (total > MOST_STEPS) throw new Refusal('invalid', 'process-too-long', { params: { max: MOST_STEPS } })
    parts.set(step.key, { process: inner, keys: newKeys(step.key, inner, taken) })
  }
  const entry = (to: string) => firstStep(parts, to)
  const steps = process.steps.flatMap((step): Step[] => {
    const part = parts.get(step.key)
    if (!part || step.kind !== 'sub-process') return [retarget(step, entry)]
    const after = step.outcomes.find(({ key }) => key === 'done')?.to ?? END
    const keyOf = (key: string) => part.keys.get(key) ?? key
    return part.process.steps.map(one => rekey(one, keyOf, to => (to === END ? entry(after) : keyOf(to))))
  })
  return { ...process, start: entry(process.start), steps }
}

function partOf(key: string, library: Library, within: readonly string[]): Process {
  if (within.includes(key)) throw new Refusal('invalid', 'sub-process-ring', { params: { process: key } })
  const part = Object.hasOwn(library, key) ? library[key] : undefined
  if (!part) throw new Refusal('invalid', 'sub-process-unknown', { params: { process: key } })
  return writeOut(part, library, [...within, key])
}

/** A sub-process is entered by its first step. */
function firstStep(parts: ReadonlyMap<string, Part>, to: string): string {
  const part = parts.get(to)
  return part ? (part.keys.get(part.process.start) ?? part.process.start) : to
}

function newKeys(prefix: string, { steps }: Process, taken: Set<string>): Map<string, string> {
  const keys = new Map<string, string>()
  for (const { key } of steps) {
    const wished = `${prefix}-${key}`
    let unique = cut(wished, LONGEST_KEY)
    for (let n = 2; taken.has(unique); n++) unique = `${cut(wished, LONGEST_KEY - 1 - String(n).length)}-${n}`
    taken.add(unique)
    keys.set(key, unique)
  }
  return keys
}

const cut = (key: string, length: number) => key.slice(0, length).replace(/-+$/u, '')

function rekey(step: Step, keyOf: (key: string) => string, to: (target: string) => string): Step {
  return { ...withExpressions(retarget(step, to), text => withSteps(text, keyOf)), key: keyOf(step.key) }
}

function retarget(step: Step, to: (target: string) => string): Step {
  if (step.kind !== 'choice')
    return { ...step, outcomes: step.outcomes.map(outcome => ({ ...outcome, to: to(outcome.to) })) }
  const branches = step.branches.map(branch => ({ ...branch, to: to(branch.to) }))
  return { ...step, branches, otherwise: to(step.otherwise) }
}

/** The step with each of its FEEL texts changed. */
function withExpressions(step: Step, change: (text: string) => string): Step {
  const ref = (agency: AgencyRef): AgencyRef =>
    agency.by === 'rule' ? { by: 'rule', rule: change(agency.rule) } : agency
  switch (step.kind) {
    case 'choice':
      return { ...step, branches: step.branches.map(branch => ({ ...branch, when: change(branch.when) })) }
    case 'automatic':
      return step.set ? { ...step, set: { ...step.set, value: change(step.set.value) } } : step
    case 'consult':
      return { ...step, asked: step.asked.map(one => ({ ...one, agency: ref(one.agency) })) }
    case 'sub-process':
      return step
    default:
      return { ...step, agency: ref(step.agency) }
  }
}
