import { END, type Exit, exitsOf, isPassing, type Process, type Step } from './process.ts'

/** Steps by key; of two with the same key the first, as everywhere. */
export function stepsByKey(process: Process): Map<string, Step> {
  return new Map([...process.steps].reverse().map(step => [step.key, step]))
}

/** Where one may get from a step, itself included and `END` perhaps among it; `through` says which steps may be left, and how. */
export function reachableFrom(
  process: Process,
  from: string,
  through: (step: Step, exit: Exit) => boolean = () => true,
): Set<string> {
  const steps = stepsByKey(process)
  const seen = new Set([from])
  const waiting = [from]
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const step = steps.get(key)
    for (const exit of step ? exitsOf(step) : []) {
      if (!step || seen.has(exit.to) || !through(step, exit)) continue
      seen.add(exit.to)
      waiting.push(exit.to)
    }
  }
  return seen
}

/** Whether one comes to a step only by way of an approval. */
export function liesPastApproval(process: Process, key: string): boolean {
  return !reachableFrom(process, process.start, ({ kind }) => kind !== 'approve').has(key)
}

/** Going on, never back. */
export const onward = (_: Step, exit: Exit): boolean => !exit.back

/** Steps one runs around in without ever going back, in their order; empty when there is no such ring. */
export function onwardRing(process: Process): Step[] {
  const steps = stepsByKey(process)
  const done = new Set<string>()
  const path: string[] = []
  const search = (key: string): string[] => {
    if (path.includes(key)) return path.slice(path.indexOf(key))
    const step = steps.get(key)
    if (!step || done.has(key)) return []
    path.push(key)
    for (const exit of exitsOf(step)) {
      const ring = exit.back ? [] : search(exit.to)
      if (ring.length > 0) return ring
    }
    path.pop()
    done.add(key)
    return []
  }
  for (const { key } of process.steps) {
    const ring = search(key)
    if (ring.length > 0) return ring.flatMap(one => steps.get(one) ?? [])
  }
  return []
}

/** Steps a dossier comes to next without anyone's work in between: through choices and what the platform does by itself. */
export function nextWaiting(process: Process, from: string): (Step | typeof END)[] {
  const steps = stepsByKey(process)
  const reached = [...reachableFrom(process, from, isPassing)]
  return reached.flatMap((key): (Step | typeof END)[] => {
    if (key === END) return [END]
    const step = steps.get(key)
    return step && !isPassing(step) ? [step] : []
  })
}
