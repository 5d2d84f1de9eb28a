import type { Process } from '#src/processes/process.ts'
import { onward, reachableFrom } from '#src/processes/process-ways.ts'

/**
 * Keys of the steps a dossier has behind it, `left` being those it ever left: what still lies ahead of the present one does not count,
 * for after a return it is to be done again. Pure.
 */
export function passedSteps(process: Process, left: readonly string[], current: string | null): Set<string> {
  if (current === null) return new Set(left)
  const ahead = reachableFrom(process, current, onward)
  return new Set(left.filter(key => !ahead.has(key)))
}
