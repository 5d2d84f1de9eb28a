import { type Given, type Simulated, type Simulation, simulate } from '#src/processes/simulation.ts'

/** What somebody chose to happen at steps, by the step's key: one of its outcomes, or `expired` where opinions are asked. */
export type Chosen = ReadonlyMap<string, string>

/**
 * The way through a process with what was chosen at each step the first time it is come to, and the usual way elsewhere. Choices for
 * steps the way no longer comes to are left aside.
 */
export function tryOut(simulation: Omit<Simulation, 'outcomes'>, chosen: Chosen): Simulated {
  const given: Given[] = []
  for (;;) {
    const simulated = simulate({ ...simulation, outcomes: given })
    const decided = new Set(given.map(({ step }) => step))
    const next = simulated.path.find(
      ({ step, outcome, passed }) => !passed && !decided.has(step) && chosen.has(step) && chosen.get(step) !== outcome,
    )
    if (!next) return simulated
    const outcome = chosen.get(next.step) ?? ''
    given.push(outcome === 'expired' ? { step: next.step, expired: true } : { step: next.step, outcome })
  }
}
