/** The only place that reads the machine's clock. Everything else is given a Clock. */
export type Clock = { now(): Date; training: TrainingClock | null }

/** A clock for practice: starts at `simStart` when the wall clock showed `realStart`, and runs `speed` times as fast. */
export type TrainingClock = { simStart: Date; realStart: Date; speed: number }

export const systemClock: Clock = { now: () => new Date(), training: null }

export function trainingClock(training: TrainingClock): Clock {
  const { simStart, realStart, speed } = training
  return {
    training,
    now: () => new Date(simStart.getTime() + (Date.now() - realStart.getTime()) * speed),
  }
}

/** A clock that stands still until told otherwise; for tests and for the demo's moving year. */
export function fixedClock(start: Date | string): Clock & { set(at: Date | string): void } {
  let at = new Date(start)
  return {
    training: null,
    now: () => new Date(at),
    set: next => {
      at = new Date(next)
    },
  }
}
