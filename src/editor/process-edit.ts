import { Refusal } from '#src/platform/refusal.ts'
import { END, exitsOf, findStep, isPassing, type Outcome, type Process, type Step } from '#src/processes/process.ts'
import { reachableFrom } from '#src/processes/process-ways.ts'

const MOST = 60

/**
 * Changes to a process as an officer thinks of them: a step after another, a step less, a step earlier. Each keeps the flow whole, so
 * that whoever draws a process never joins lines by hand. Pure; each returns a new process.
 */

/** The usual way on: the first outcome that is no return; for a choice what is taken when no condition holds. */
export function usualTarget(step: Step): string {
  if (step.kind === 'choice') return step.otherwise
  return step.outcomes.find(({ back }) => !back)?.to ?? END
}

/** Steps in the order in which a dossier meets them; those that nothing leads to come last. */
export function inOrder(process: Process): Step[] {
  const ordered: Step[] = []
  const seen = new Set<string>()
  const visit = (key: string): void => {
    const step = findStep(process, key)
    if (!step || seen.has(key)) return
    seen.add(key)
    // The usual way is visited last, so that it comes first before the side ways.
    const ways = exitsOf(step).filter(({ back }) => !back)
    const usual = usualTarget(step)
    for (const { to } of ways.filter(way => way.to !== usual)) visit(to)
    visit(usual)
    ordered.unshift(step)
  }
  visit(process.start)
  return [...ordered, ...process.steps.filter(({ key }) => !seen.has(key))]
}

/** Puts a step behind another one (`after`; null: before all others) on its usual way; all exits of the step lead on from there. */
export function addStep(process: Process, after: string | null, step: Step): Process {
  if (process.steps.length >= MOST) throw new Refusal('invalid', 'process-too-long', { params: { max: MOST } })
  if (after === null) {
    const added = redirect(step, () => process.start)
    return settled({ ...process, start: step.key, steps: [added, ...process.steps] }, step.key)
  }
  const before = stepOf(process, after)
  const target = usualTarget(before)
  const added = redirect(step, () => target)
  const steps = process.steps.flatMap(one =>
    one.key === after ? [redirect(one, to => (to === target ? step.key : to), 'onward'), added] : [one],
  )
  return settled({ ...process, steps }, step.key)
}

/** Returns that come with a kind of step (an approval's refusal) lead to the nearest earlier step where somebody works. */
function settled(process: Process, key: string): Process {
  const to = earlierWorker(process, key)
  const settle = (step: Step) => (to ? redirect(step, () => to, 'back') : withoutReturns(step))
  return { ...process, steps: process.steps.map(step => (step.key === key ? settle(step) : step)) }
}

/** The nearest step before this one to send something back to: a specialist's rather than anybody's, never one the platform passes. */
function earlierWorker(process: Process, key: string): string | undefined {
  const before = inOrder(process).filter(
    step => !isPassing(step) && step.key !== key && leadsTo(process, step.key, key),
  )
  const specialist = before.findLast(step => 'role' in step && step.role === 'specialist')
  return (specialist ?? before.at(-1))?.key
}

/** The first step has nowhere to return to: its returns become ways on, to be led elsewhere by hand. */
function withoutReturns(step: Step): Step {
  if (step.kind === 'choice') return step
  const onward = usualTarget(step)
  return { ...step, outcomes: step.outcomes.map(one => (one.back ? { ...one, back: false, to: onward } : one)) }
}

/** Takes a step out; what led to it leads to where it usually led, returns to the step before it. */
export function removeStep(process: Process, key: string): Process {
  const gone = stepOf(process, key)
  if (process.steps.length === 1) throw new Refusal('invalid', 'process-needs-step')
  const next = usualTarget(gone)
  const before = predecessor(process, key)
  const steps = process.steps
    .filter(step => step.key !== key)
    .map(step => healed(step, key, { next, before: before?.key ?? next }))
  const start = process.start === key ? next : process.start
  // Whatever stood first led straight to the end: any other step can be first then.
  const first = start === END ? (steps[0]?.key ?? END) : start
  return { ...process, start: first, steps }
}

/** A way on goes past the step that is gone; a return goes to the one before, and falls away where that is the step itself. */
function healed(step: Step, gone: string, { next, before }: { next: string; before: string }): Step {
  const onward = redirect(step, to => (to === gone ? (next === step.key ? END : next) : to), 'onward')
  if (onward.kind === 'choice') return onward
  const outcomes = onward.outcomes.map(one => (one.back && one.to === gone ? { ...one, to: before } : one))
  const kept = outcomes.filter(one => !(one.back && (one.to === step.key || one.to === END)))
  return { ...onward, outcomes: kept.length > 0 ? kept : outcomes }
}

/** Changes places with the step before it on its usual way; nothing happens to the first one. */
export function moveUp(process: Process, key: string): Process {
  const step = stepOf(process, key)
  const before = predecessor(process, key)
  if (!before || usualTarget(before) !== key) return process
  const next = usualTarget(step)
  const swapped = process.steps.map(one => {
    if (one.key === key) return redirect(one, to => (to === next ? before.key : to), 'onward')
    // Whoever else led here goes on past it: led here still, they would go round in a ring.
    return redirect(one, to => (to === key ? next : to === before.key ? key : to), 'onward')
  })
  const start = process.start === before.key ? key : process.start
  return marked({ ...process, start, steps: swapped })
}

/** Changes places with the step after it. */
export function moveDown(process: Process, key: string): Process {
  const next = usualTarget(stepOf(process, key))
  return next !== END && predecessor(process, next)?.key === key ? moveUp(process, next) : process
}

/** The step that usually leads to this one; of several the first a dossier meets. */
export function predecessor(process: Process, key: string): Step | undefined {
  const leading = inOrder(process).filter(step => exitsOf(step).some(({ to, back }) => to === key && !back))
  return leading.find(step => usualTarget(step) === key) ?? leading[0]
}

/** Puts a changed step in the place of the one with its key. */
export function replaceStep(process: Process, step: Step): Process {
  stepOf(process, step.key)
  return marked({ ...process, steps: process.steps.map(one => (one.key === step.key ? step : one)) }, step.key)
}

/**
 * Whether an outcome goes back follows from where it leads, so nobody has to tick it: what leads to a step that comes before (or to
 * the step itself) is a return, which needs a reason. A return whose target comes later by now goes to the nearest step before instead.
 * `only`: the step whose outcomes are looked at; all of them otherwise.
 */
function marked(process: Process, only?: string): Process {
  const steps = process.steps.map(step => {
    if (step.kind === 'choice' || (only !== undefined && step.key !== only)) return step
    return { ...step, outcomes: step.outcomes.map(one => ({ ...one, ...wayOf(process, step, one) })) }
  })
  return { ...process, steps }
}

function wayOf(process: Process, step: Step, { to, back }: Outcome): Pick<Outcome, 'to' | 'back'> {
  if (to !== END && (to === step.key || leadsTo(process, to, step.key))) return { to, back: true }
  const earlier = back && earlierWorker(process, step.key)
  return earlier ? { to: earlier, back: true } : { to, back: false }
}

function leadsTo(process: Process, from: string, key: string): boolean {
  return reachableFrom(process, from, (one, exit) => one.key !== key && !exit.back).has(key)
}

/** A step with its exits led elsewhere: all of them, only the ways on, or only the returns. */
export function redirect(step: Step, lead: (to: string) => string, which: 'all' | 'onward' | 'back' = 'all'): Step {
  const concerns = (back: boolean) => which === 'all' || back === (which === 'back')
  if (step.kind !== 'choice') {
    return { ...step, outcomes: step.outcomes.map(one => (concerns(one.back) ? { ...one, to: lead(one.to) } : one)) }
  }
  if (!concerns(false)) return step
  const branches = step.branches.map(one => ({ ...one, to: lead(one.to) }))
  return { ...step, branches, otherwise: lead(step.otherwise) }
}

export function stepOf(process: Process, key: string): Step {
  const step = findStep(process, key)
  if (!step) throw new Refusal('not-found', 'process-step-not-found')
  return step
}
