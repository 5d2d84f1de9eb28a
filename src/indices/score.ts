import { type Band, type Formula, type IndexDefinition, type Indicator, isByHand } from './indicator-set.ts'
import type { Measures } from './measure.ts'

/** What was written down by hand for an indicator: `value` of `of`, e.g. 96 satisfied of 100 asked, or 1.5 points of 1 rating. */
export type EnteredSum = { value: number; of: number }

/**
 * `score` null: there is nothing to score yet, and `max` does not count. `rate` from 0 to 1. `byHand`: from entered numbers.
 * `met`: whether the share reaches its target, where there is one.
 */
export type ScoredIndicator = {
  indicator: Indicator
  numerator: number | null
  denominator: number | null
  rate: number | null
  score: number | null
  byHand: boolean
}

export type ScoredGroup = {
  code: string
  name: readonly [string, string]
  indicators: ScoredIndicator[]
  score: number
  /** Of what could be scored. */
  reachable: number
  max: number
}

/**
 * `total`: the score in proportion to what could be scored, out of the set's maximum, rounded as the set says; null when nothing could be.
 * `score` of `reachable`: as they are.
 */
export type SetScore = {
  groups: ScoredGroup[]
  score: number
  reachable: number
  max: number
  total: number | null
  band: Band | null
}

export function scoreSet(
  definition: IndexDefinition,
  measures: Measures,
  entered: ReadonlyMap<string, EnteredSum>,
): SetScore {
  const { decimals } = definition
  const round = (points: number) => roundTo(points, decimals)
  const groups = definition.groups.map(group => scoreGroup(group, measures, entered, round))
  const score = round(sum(groups.map(group => group.score)))
  const reachable = sum(groups.map(group => group.reachable))
  const exact = reachable > 0 ? Math.min(definition.max, (score / reachable) * definition.max) : null
  const total = exact === null ? null : round(exact)
  return {
    groups,
    score,
    reachable,
    max: definition.max,
    total,
    band: total === null ? null : bandOf(definition, total),
  }
}

/** The band a total lies in, as it is shown: 89.996 is 90.00, and in the band from 90. */
export function bandOf({ bands }: IndexDefinition, total: number): Band | null {
  return bands.find(({ from }) => total >= from) ?? null
}

/** To so many decimals, halves up, without the surprises of binary fractions. */
export function roundTo(value: number, decimals: number): number {
  const scale = 10 ** decimals
  return Math.round(Number((value * scale).toPrecision(12))) / scale
}

function scoreGroup(
  { code, name, indicators }: IndexDefinition['groups'][number],
  measures: Measures,
  entered: ReadonlyMap<string, EnteredSum>,
  round: (points: number) => number,
): ScoredGroup {
  // What is shown adds up: points are rounded before they are added, as on the forms.
  const scored = indicators.map(indicator => {
    const one = scoreIndicator(indicator, measures, entered.get(indicator.code))
    return { ...one, score: one.score === null ? null : round(one.score) }
  })
  const counts = scored.filter(({ score }) => score !== null)
  return {
    code,
    name,
    indicators: scored,
    score: round(sum(counts.map(({ score }) => score ?? 0))),
    reachable: sum(counts.filter(notBonus).map(({ indicator }) => indicator.max)),
    max: sum(scored.filter(notBonus).map(({ indicator }) => indicator.max)),
  }
}

const notBonus = ({ indicator }: ScoredIndicator) => indicator.formula.type !== 'bonus'
const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0)

export function scoreIndicator(indicator: Indicator, live: Measures, entered?: EnteredSum): ScoredIndicator {
  const measures = { ...live, entered: entered?.value ?? 0, entered_of: entered?.of ?? 0 }
  if (indicator.appraised && entered && entered.of > 0) {
    const formula: Formula = { type: 'average', sum: 'entered', count: 'entered_of' }
    return { ...scored({ ...indicator, formula }, measures), indicator, byHand: true }
  }
  return scored(indicator, measures)
}

function scored(indicator: Indicator, m: Measures): ScoredIndicator {
  const { formula, max } = indicator
  const operands = operandsOf(formula, m)
  const { numerator, denominator } = operands
  const rate = numerator !== null && denominator ? numerator / denominator : null
  const points = pointsOf(formula, m, max)
  const score = points === null ? null : Math.min(max, Math.max(0, points))
  return { indicator, ...operands, rate, score, byHand: isByHand(formula) }
}

/** What stands over and under the line; of several conditions, those of the best level's first. */
function operandsOf(formula: Formula, m: Measures): Pick<ScoredIndicator, 'numerator' | 'denominator'> {
  switch (formula.type) {
    case 'rate':
      return { numerator: m[formula.numerator], denominator: m[formula.denominator] }
    case 'average':
      return { numerator: m[formula.sum], denominator: m[formula.count] }
    case 'levels': {
      const first = formula.levels[0]?.all[0]
      return { numerator: first ? m[first.numerator] : null, denominator: first ? m[first.denominator] : null }
    }
    case 'fixed':
      return { numerator: m[formula.measure], denominator: m[formula.of] }
    default:
      return { numerator: m[formula.measure], denominator: null }
  }
}

/** Null where there is nothing to divide by: no dossiers, nothing entered. */
function pointsOf(formula: Formula, m: Measures, max: number): number | null {
  switch (formula.type) {
    case 'rate': {
      const of = m[formula.denominator]
      return of > 0 ? Math.min(1, m[formula.numerator] / of / formula.full) * max : null
    }
    case 'average':
      return m[formula.count] > 0 ? m[formula.sum] / m[formula.count] : null
    case 'levels':
      return pointsOfLevels(formula, m)
    case 'fixed':
      return m[formula.of] > 0 ? (m[formula.measure] >= m[formula.of] ? max : 0) : null
    case 'deduction':
      return formula.of !== undefined && m[formula.of] === 0 ? null : max - formula.per * m[formula.measure]
    case 'bonus':
      return formula.per * m[formula.measure]
  }
}

type Levels = Extract<Formula, { type: 'levels' }>
type Condition = Levels['levels'][number]['all'][number]

function pointsOfLevels({ levels }: Levels, m: Measures): number | null {
  // The first condition says what it is all about: without any of that there is nothing to judge.
  const [first] = levels[0]?.all ?? []
  if (!first || m[first.denominator] === 0) return null
  return levels.find(({ all }) => all.every(one => holds(one, m)))?.points ?? 0
}

/** Of nothing at all, a share is 0. */
function holds({ numerator, denominator, atLeast, atMost }: Condition, m: Measures): boolean {
  const share = m[denominator] > 0 ? m[numerator] / m[denominator] : 0
  return (atLeast === undefined || share >= atLeast) && (atMost === undefined || share <= atMost)
}

/** What a share has to reach, at a commune or elsewhere; undefined without a target. */
export function targetOf({ targets }: Indicator, isCommune: boolean): number | undefined {
  return targets && (isCommune ? targets.commune : targets.province)
}
