import type { Dossier } from '#src/dossiers/dossier.ts'
import { END, exitsOf, getStep, hoursOf, isPassing, isWork, type Process, type Step } from '#src/processes/process.ts'
import type { Stop } from './fate.ts'
import { isAppraised } from './next-command.ts'

/** The kind of step at which a stop is. */
const kinds: Partial<Record<Stop, Step['kind']>> = {
  unforwarded: 'transfer',
  received: 'assign',
  handed: 'receipt',
  appraised: 'appraise',
  sent: 'approve',
  approved: 'sign',
  signed: 'sign',
  consulting: 'consult',
  waiting: 'child',
}

/** Stops at the first specialist's of the agency that resolves the dossier. */
const deskStops: readonly Stop[] = ['assigned', 'asked', 'proposed', 'notified']

/** Whether a step of a process is one at which a dossier may come to this stop. */
function isPlace(step: Step, stop: Stop): boolean {
  return deskStops.includes(stop) ? isDeskWork(step) : step.kind === kinds[stop]
}

/** The work of the agency that resolves it. */
function isDeskWork(step: Step): boolean {
  return isWork(step) && step.role === 'specialist' && step.agency.by === 'competent' && step.kind !== 'receipt'
}

/** Whether a process can bring a dossier to this stop at all; those before reception and after the result are in none. */
export function canStopAt(process: Process, stop: Stop): boolean {
  const within = kinds[stop] !== undefined || deskStops.includes(stop)
  return !within || process.steps.some(step => isPlace(step, stop))
}

/** Whether a dossier stands at its stop, the stops within a step left out. */
export function isAtStop(dossier: Dossier, stop: Stop | null): boolean {
  const { step, result } = dossier
  if (!step || !stop) return false
  switch (stop) {
    case 'asked':
    case 'proposed':
    case 'notified':
      return false
    case 'assigned':
      return step.role === 'specialist' && step.agencyId === dossier.competentAgencyId && step.kind !== 'receipt'
    case 'appraised':
      return isAppraised(dossier, step)
    case 'signed':
      return step.kind === 'sign' && typeof result?.number === 'string'
    default:
      return step.kind === kinds[stop]
  }
}

/** Working hours of a step as far as its length matters; what promises none takes a moment. */
export function stepHours(process: Process, key: string): number {
  return hoursOf(getStep(process, key)) || 0.1
}

/** Hours of the longest way from after a step to the end, or to where the dossier is to stop. */
export function hoursAfter(process: Process, key: string, stop: Stop | null): number {
  const known = new Map<string, number>([[END, 0]])
  const from = (target: string): number => {
    const seen = known.get(target)
    if (seen !== undefined) return seen
    const step = getStep(process, target)
    if (stop && isPlace(step, stop)) return 0
    const hours = hoursOf(step) + after(step)
    known.set(target, hours)
    return hours
  }
  const after = (step: Step): number =>
    Math.max(
      0,
      ...exitsOf(step)
        .filter(({ back }) => !back)
        .map(({ to }) => from(to)),
    )
  return after(getStep(process, key))
}

/**
 * Whether leaving a step (or, `key` null, being received) may give the dossier to somebody in turn or by load: that waits for whoever is
 * sharing out the same desk's work. Desks that hand a dossier over to themselves are passed.
 */
export function mayShareOut(process: Process, key: string | null): boolean {
  const seen = new Set<string>()
  const leads = (target: string): boolean => {
    if (target === END || seen.has(target)) return false
    seen.add(target)
    const step = getStep(process, target)
    if (isWork(step) && step.share !== 'by-hand') return true
    const passes = isPassing(step) || step.kind === 'transfer' || step.kind === 'receipt'
    return passes && exitsOf(step).some(({ to }) => leads(to))
  }
  return key === null ? leads(process.start) : exitsOf(getStep(process, key)).some(({ to }) => leads(to))
}
