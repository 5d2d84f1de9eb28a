import { z } from '@hono/zod-openapi'
import type { LocalDate } from '#src/calendar/local-date.ts'
import { named, says } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'
import { measureKeys } from './measure.ts'

export const indexKeys = ['766', 'chi-tieu', 'chin-chi-so'] as const
/** The service-quality index of Decision 766, the rates with targets, and the nine-index rating of Circular 01/2018. */
export type IndexKey = (typeof indexKeys)[number]

const Measure = z.enum(measureKeys)
const Share = z.number().min(0).max(1)
const Points = z.number().min(0).max(1000)
/** Vietnamese and English. */
const Words = z.tuple([line(300), line(300)])

const Condition = z
  .strictObject({ numerator: Measure, denominator: Measure, atLeast: Share.optional(), atMost: Share.optional() })
  .openapi('IndexCondition')

/**
 * How an indicator is scored.
 * - `rate`: numerator ÷ denominator × max, all of it from `full` on.
 * - `levels`: the points of the first level all of whose conditions hold; none of them, no points.
 * - `fixed`: all of max when `measure` reaches `of`, else nothing.
 * - `deduction`: max less `per` for each of `measure`; known only where `of`, if named, is not 0.
 * - `bonus`: `per` for each of `measure` up to max, on top of the total: never part of what can be reached.
 * - `average`: sum ÷ count points.
 */
export const Formula = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('rate'),
      numerator: Measure,
      denominator: Measure,
      full: z.number().gt(0).max(1).default(1),
    }),
    z.strictObject({
      type: z.literal('levels'),
      levels: z
        .array(z.strictObject({ points: Points, all: z.array(Condition).min(1).max(10) }))
        .min(1)
        .max(10),
    }),
    z.strictObject({ type: z.literal('fixed'), measure: Measure, of: Measure }),
    z.strictObject({ type: z.literal('deduction'), measure: Measure, per: Points, of: Measure.optional() }),
    z.strictObject({ type: z.literal('bonus'), measure: Measure, per: Points }),
    z.strictObject({ type: z.literal('average'), sum: Measure, count: Measure }),
  ])
  .openapi('IndexFormula')
export type Formula = z.infer<typeof Formula>

/** `appraised`: points entered by hand take the place of what was computed. `targets`: shares to be reached, by level. */
export const Indicator = z
  .strictObject({
    code: line(20).regex(/^[0-9a-z]+([.-][0-9a-z]+)*$/u),
    name: Words,
    max: Points,
    formula: Formula,
    appraised: z.boolean().optional(),
    targets: z.strictObject({ province: Share, commune: Share }).optional(),
    /** Where the number comes from, or what is to be confirmed about it. */
    source: Words.optional(),
  })
  .openapi('Indicator')
export type Indicator = z.infer<typeof Indicator>

export const Band = z.strictObject({ from: Points, name: Words }).openapi('IndexBand')
export type Band = z.infer<typeof Band>

const sumOfMax = (groups: readonly { indicators: readonly Indicator[] }[]) =>
  groups
    .flatMap(({ indicators }) => indicators)
    .reduce((sum, { formula, max }) => (formula.type === 'bonus' ? sum : sum + max), 0)

/** What an index set says. `max`: of the whole; `decimals`: to how many points are rounded before they are added; `bands` from the best down to 0. */
export const IndexDefinition = z
  .strictObject({
    max: named(Points.gt(0), 'điểm tối đa', 'the maximum'),
    decimals: z.int().min(0).max(4).default(2),
    bands: named(z.array(Band).min(1).max(10), 'các mức xếp loại', 'the bands'),
    groups: z
      .array(z.strictObject({ code: line(20), name: Words, indicators: z.array(Indicator).min(1).max(50) }))
      .min(1)
      .max(20),
  })
  .refine(({ max, groups }) => Math.abs(sumOfMax(groups) - max) < 0.005, {
    path: ['max'],
    message: says(
      'Tổng điểm tối đa của các chỉ số phải bằng điểm tối đa của bộ.',
      'The maxima of the indicators must add up to that of the set.',
    ),
  })
  .refine(({ bands }) => bands.every(({ from }, i) => i === 0 || from < (bands[i - 1]?.from ?? 0)), {
    path: ['bands'],
    message: says('Các mức xếp loại phải giảm dần.', 'Bands go from the best down.'),
  })
  .refine(({ bands }) => bands.at(-1)?.from === 0, {
    path: ['bands'],
    message: says('Mức xếp loại cuối phải từ 0 điểm.', 'The last band begins at 0 points.'),
  })
  .refine(
    ({ groups }) => {
      const codes = groups.flatMap(({ indicators }) => indicators.map(({ code }) => code))
      return new Set(codes).size === codes.length
    },
    {
      path: ['groups'],
      message: says('Mỗi chỉ số có mã riêng.', 'Each indicator has a code of its own.'),
    },
  )
  .openapi('IndexDefinition')
export type IndexDefinition = z.infer<typeof IndexDefinition>

/** An index set in force from a local day until before another. */
export type IndexSet = {
  key: IndexKey
  version: number
  name: readonly [vi: string, en: string]
  ground: string
  validFrom: LocalDate
  validTo: LocalDate | null
  definition: IndexDefinition
}

/** The version that a period is scored by: in force on its last day; the first one for periods from before it. */
export function setInForce(sets: readonly IndexSet[], key: IndexKey, day: LocalDate): IndexSet {
  const versions = sets.filter(one => one.key === key)
  const found = versions.findLast(({ validFrom }) => validFrom <= day) ?? versions[0]
  if (!found) throw new Error(`there is no index set ${key}`)
  return found
}

export function indicatorsOf({ groups }: IndexDefinition): Indicator[] {
  return groups.flatMap(({ indicators }) => indicators)
}

/** Whether numbers for it are written down by hand: always, or in place of what is computed. */
export function takesEntries({ formula, appraised }: Indicator): boolean {
  return appraised === true || isByHand(formula)
}

export function isByHand(formula: Formula): boolean {
  switch (formula.type) {
    case 'rate':
      return formula.numerator === 'entered'
    case 'average':
      return formula.sum === 'entered'
    case 'levels':
      return formula.levels.some(({ all }) => all.some(({ numerator }) => numerator === 'entered'))
    default:
      return formula.measure === 'entered'
  }
}
