import { dayNumber, type LocalDate } from '#src/calendar/local-date.ts'
import type { EnteredSum } from './score.ts'

/** Said by the agency itself, or found by whoever appraises it: then that counts. */
export const stages = ['self', 'appraisal'] as const
export type Stage = (typeof stages)[number]

/** A number written down for an agency and a period of local days, both inclusive: `value` of `of`. */
export type EnteredValue = {
  id: number
  indicator: string
  agencyId: number
  from: LocalDate
  to: LocalDate
  stage: Stage
  value: number
  of: number
  evidence: string
  by: string
  at: Date
}

/** The last word on each agency, indicator, period and stage. */
export function lastWords(values: readonly EnteredValue[]): EnteredValue[] {
  const said = new Map<string, EnteredValue>()
  for (const one of [...values].sort((a, b) => a.id - b.id)) {
    said.set([one.agencyId, one.indicator, one.from, one.to, one.stage].join(' '), one)
  }
  return [...said.values()]
}

/**
 * What counts for one agency over `from`..`to`, by indicator: what was entered for periods inside it that do not overlap, the longest
 * first, so that neither a quarter nor its months count twice; appraisal before self-score of the same period.
 */
export function enteredSums(
  values: readonly EnteredValue[],
  { from, to }: { from: LocalDate; to: LocalDate },
): Map<string, EnteredSum> {
  const inside = lastWords(values).filter(one => one.from >= from && one.to <= to)
  const sums = new Map<string, EnteredSum>()
  for (const [indicator, all] of Map.groupBy(inside, one => one.indicator)) {
    const taken: EnteredValue[] = []
    for (const one of all.sort(weightier)) {
      if (taken.every(other => one.to < other.from || one.from > other.to)) taken.push(one)
    }
    sums.set(indicator, { value: total(taken, 'value'), of: total(taken, 'of') })
  }
  return sums
}

/** Those of several agencies as one: shares are of all that were asked, points an average. */
export function addEntered(all: readonly ReadonlyMap<string, EnteredSum>[]): Map<string, EnteredSum> {
  const sums = new Map<string, EnteredSum>()
  for (const [indicator, { value, of }] of all.flatMap(one => [...one])) {
    const before = sums.get(indicator) ?? { value: 0, of: 0 }
    sums.set(indicator, { value: before.value + value, of: before.of + of })
  }
  return sums
}

const days = ({ from, to }: EnteredValue) => dayNumber(to) - dayNumber(from)
const weightier = (a: EnteredValue, b: EnteredValue) =>
  days(b) - days(a) || Number(b.stage === 'appraisal') - Number(a.stage === 'appraisal') || b.id - a.id
const total = (values: readonly EnteredValue[], key: 'value' | 'of') => values.reduce((sum, one) => sum + one[key], 0)
