import type { ReadDossier } from '#src/dossiers/dossier-page.query.ts'
import type { FeelFacts } from '#src/processes/feel.ts'
import { getStep, type Process, type Step } from '#src/processes/process.ts'
import { type Advance, advance, type Entered, type Position } from '#src/processes/stepper.ts'
import { feelFacts } from '#src/steps/move-plan.ts'

/**
 * The steps that come after the one under way if every step is left by its usual way out; choices are made on what is known today,
 * so they may yet turn out otherwise. Empty at the last step, before reception and once there is a result. Pure.
 */
export function wayAhead(read: ReadDossier): Entered[] {
  const { step } = read.dossier
  if (!step || !read.process) return []
  const { process } = read.process
  const way: Entered[] = []
  let facts = feelFacts(read.dossier, id => read.agencies.get(id)?.code)
  for (let at = step.key; ; ) {
    const left = leaveUsually(process, getStep(process, at), facts)
    const { entered } = left.next
    // A way that comes round again has been told.
    if (!entered || entered.step.key === step.key || way.some(one => one.step.key === entered.step.key)) return way
    way.push(entered)
    at = entered.step.key
    facts = { ...facts, outcomes: { ...facts.outcomes, [left.from]: left.outcome } }
  }
}

type Left = { from: string; outcome: string; next: Advance }

function leaveUsually(process: Process, step: Step, facts: FeelFacts): Left {
  const from = step.key
  if (step.kind === 'consult') {
    const last = step.asked[0]?.key ?? ''
    // All but one have answered, and that one answers: enough in any case.
    return {
      from,
      outcome: 'joined',
      next: advance(process, { step: from, awaited: [last] }, { answered: last }, facts),
    }
  }
  const outcome = step.kind === 'choice' ? '' : (step.outcomes.find(({ back }) => !back)?.key ?? '')
  const position: Position = { step: from, awaited: [] }
  return { from, outcome, next: advance(process, position, { outcome }, facts) }
}
