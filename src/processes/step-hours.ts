import type { Term } from '#src/calendar/deadline.ts'
import { END, exitsOf, findStep, getStep, hoursOf, type Process } from './process.ts'

const DAY = 480

/**
 * Working minutes a published term comes to: 8 hours a working day; calendar days and months by the share of working days in them
 * (5 of 7, 22 a month), rounded down, so that a process checked against them never promises more than the law gives. Null without a term.
 */
export function termMinutes(term: Term | null): number | null {
  if (!term) return null
  switch (term.unit) {
    case 'working-hours':
      return Math.round(term.amount * 60)
    case 'working-days':
      return term.amount * DAY
    case 'days':
      // Counted from the day after and ending at a close of business, even one day holds a working day.
      return Math.max(1, Math.floor((term.amount * 5) / 7)) * DAY
    case 'months':
      return term.amount * 22 * DAY
  }
}

/** Working hours of the longest way through a process; returns are not counted, they are nobody's plan. Needs a process without rings. */
export function longestHours(process: Process): number {
  const known = longest.get(process)
  if (known !== undefined) return known
  const memo = new Map<string, number>([[END, 0]])
  const from = (key: string): number => {
    const seen = memo.get(key)
    if (seen !== undefined) return seen
    memo.set(key, 0)
    const step = findStep(process, key)
    const onward = step ? exitsOf(step).filter(exit => !exit.back) : []
    const hours = (step ? hoursOf(step) : 0) + Math.max(0, ...onward.map(exit => from(exit.to)))
    memo.set(key, hours)
    return hours
  }
  const total = from(process.start)
  longest.set(process, total)
  return total
}
const longest = new WeakMap<Process, number>()

/** Working minutes of one step; in a scaled process its share of the term, in whole quarters. Null when nothing is promised. */
export function stepMinutes(process: Process, key: string, term: Term | null): number | null {
  const hours = hoursOf(getStep(process, key))
  if (hours === 0) return null
  if (!process.scaled) return hours * 60
  const minutes = termMinutes(term)
  const total = longestHours(process)
  if (minutes === null || total === 0) return null
  return Math.max(15, Math.floor((minutes * hours) / total / 15) * 15)
}
