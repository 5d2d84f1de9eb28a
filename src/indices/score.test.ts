import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adviceFor, adviceText, moves } from './advice.ts'
import { type Formula, IndexDefinition, type Indicator } from './indicator-set.ts'
import { type MeasureKey, type Measures, measureKeys, noMeasures, withEffect } from './measure.ts'
import { bandOf, scoreIndicator, scoreSet } from './score.ts'

const indicator = (formula: Formula, more: Partial<Indicator> = {}): Indicator => ({
  code: '1',
  name: ['Chỉ số', 'Indicator'],
  max: 10,
  formula,
  ...more,
})
const given = (some: Partial<Measures>): Measures => ({ ...noMeasures, ...some })
const points = (formula: Formula, some: Partial<Measures>) => scoreIndicator(indicator(formula), given(some)).score
const rate = (numerator: MeasureKey, denominator: MeasureKey): Formula => ({
  type: 'rate',
  numerator,
  denominator,
  full: 1,
})

describe('an indicator', () => {
  test('by rate gives its share of the points, and all of them from the full rate on', () => {
    expect(points(rate('solved_in_time', 'solved'), { solved_in_time: 3, solved: 4 })).toBe(7.5)
    const half: Formula = { ...rate('solved_in_time', 'solved'), full: 0.5 } as Formula
    expect(points(half, { solved_in_time: 1, solved: 4 })).toBe(5)
    expect(points(half, { solved_in_time: 3, solved: 4 })).toBe(10)
  })

  test('without anything to divide by has no points rather than none', () => {
    expect(points(rate('solved_in_time', 'solved'), {})).toBeNull()
    expect(points({ type: 'average', sum: 'entered', count: 'entered_of' }, {})).toBeNull()
    expect(points({ type: 'fixed', measure: 'entered', of: 'entered_of' }, {})).toBeNull()
  })

  test('by levels gives the points of the best level all of whose conditions hold', () => {
    const nine: Formula = {
      type: 'levels',
      levels: [
        {
          points: 2,
          all: [
            { numerator: 'received_online', denominator: 'received', atLeast: 0.3 },
            { numerator: 'late_online', denominator: 'received_online', atMost: 0 },
          ],
        },
        { points: 1, all: [{ numerator: 'received_online', denominator: 'received', atLeast: 0.15 }] },
      ],
    }
    expect(points(nine, { received: 10, received_online: 3 })).toBe(2)
    expect(points(nine, { received: 10, received_online: 3, late_online: 1 })).toBe(1)
    expect(points(nine, { received: 10, received_online: 1 })).toBe(0)
    expect(points(nine, {})).toBeNull()
  })

  test('by deduction loses so much for each violation, but never more than it has', () => {
    const formula: Formula = { type: 'deduction', measure: 'late_online', per: 4 }
    expect([0, 1, 2, 3].map(late_online => points(formula, { late_online }))).toEqual([10, 6, 2, 0])
  })

  test('is settled by what was entered, where appraisal may say otherwise than the computation', () => {
    const computed = indicator({ type: 'average', sum: 'points_1', count: 'rated_1' }, { max: 2, appraised: true })
    const m = given({ points_1: 6, rated_1: 4 })
    expect(scoreIndicator(computed, m)).toMatchObject({ score: 1.5, byHand: false })
    expect(scoreIndicator(computed, m, { value: 1, of: 1 })).toMatchObject({ score: 1, byHand: true })
  })
})

const definition: IndexDefinition = {
  max: 100,
  decimals: 2,
  bands: [
    { from: 90, name: ['Xuất sắc', 'Excellent'] },
    { from: 50, name: ['Trung bình', 'Average'] },
    { from: 0, name: ['Yếu', 'Weak'] },
  ],
  groups: [
    {
      code: 'a',
      name: ['Nhóm', 'Group'],
      indicators: [
        indicator(rate('solved_in_time', 'solved'), { code: 'a', max: 40 }),
        indicator(rate('received_online', 'received'), { code: 'b', max: 25 }),
        indicator(rate('results_filed', 'results'), { code: 'c', max: 10 }),
        indicator(rate('components_scanned', 'components'), { code: 'd', max: 10 }),
        indicator(rate('procedures_used_online', 'procedures_online'), { code: 'e', max: 5 }),
        indicator(rate('entered', 'entered_of'), { code: 'f', max: 10 }),
        indicator({ type: 'bonus', measure: 'synced', per: 1 }, { code: 'g', max: 3 }),
      ],
    },
  ],
}

describe('a score', () => {
  const some = given({
    solved: 10,
    solved_in_time: 9,
    received: 10,
    received_online: 5,
    results: 10,
    results_filed: 10,
  })

  test('leaves out of what can be reached whatever has no numbers yet', () => {
    const scored = scoreSet(definition, some, new Map())
    expect(scored).toMatchObject({ score: 36 + 12.5 + 10, reachable: 75, max: 100, total: 78 })
    const withEntry = scoreSet(definition, some, new Map([['f', { value: 1, of: 2 }]]))
    expect(withEntry).toMatchObject({ score: 63.5, reachable: 85 })
  })

  test('adds a bonus on top, without making the whole larger', () => {
    expect(scoreSet(definition, { ...some, synced: 9 }, new Map())).toMatchObject({ score: 61.5, reachable: 75 })
  })

  test('of nothing is none', () => {
    expect(scoreSet(definition, noMeasures, new Map())).toMatchObject({ total: null, band: null })
  })

  test('is the sum of what is shown, and lies in the band of what is shown', () => {
    const thirds = given({ solved: 3, solved_in_time: 2, received: 3, received_online: 2 })
    const oneDecimal = { ...definition, decimals: 1 }
    const { groups, score, total, band } = scoreSet(oneDecimal, thirds, new Map())
    const shown = groups.flatMap(({ indicators }) => indicators.flatMap(one => one.score ?? []))
    expect(shown).toEqual([26.7, 16.7, 0])
    expect(score).toBe(43.4)
    expect(total).toBe(66.8)
    expect(band).toEqual(bandOf(oneDecimal, 66.8))
    const edge = { ...definition, decimals: 1, bands: [{ from: 66.8, name: ['Đạt', 'Met'] as [string, string] }] }
    expect(scoreSet(edge, thirds, new Map()).band?.from).toBe(66.8)
  })

  test('lies in the band that begins at it: 15 of 18 is already excellent', () => {
    expect([100, 90, 89.99, 50, 49.99, 0].map(total => bandOf(definition, total)?.from)).toEqual([90, 90, 50, 50, 0, 0])
  })
})

const Measured = fc
  .record(Object.fromEntries(measureKeys.map(key => [key, fc.nat(400)])) as Record<MeasureKey, fc.Arbitrary<number>>)
  .map(m => ({
    ...m,
    received_online: Math.min(m.received_online, m.received),
    solved_in_time: Math.min(m.solved_in_time, m.solved),
    results_filed: Math.min(m.results_filed, m.results),
    components_scanned: Math.min(m.components_scanned, m.components),
    procedures_used_online: Math.min(m.procedures_used_online, m.procedures_online),
  }))

describe('advice', () => {
  test('when followed brings at least the gain it promises, and can be followed', () => {
    fc.assert(
      fc.property(Measured, m => {
        const before = scoreSet(definition, m, new Map()).total ?? 0
        for (const { move, times, gain } of adviceFor(definition, m, new Map())) {
          const after = scoreSet(definition, withEffect(m, move.effect, times), new Map()).total ?? 0
          expect(after - before).toBeGreaterThanOrEqual(gain - 1e-9)
          expect(times).toBeLessThanOrEqual(move.most(m))
          expect(gain).toBeGreaterThan(0)
        }
      }),
      { numRuns: 150 },
    )
  })

  test('names the greatest gain first', () => {
    fc.assert(
      fc.property(Measured, m => {
        const gains = adviceFor(definition, m, new Map()).map(({ gain }) => gain)
        expect(gains).toEqual([...gains].sort((a, b) => b - a))
      }),
      { numRuns: 50 },
    )
  })

  test('says in words what to do and what it is worth', () => {
    const m = given({ received: 40, received_online: 20 })
    const [first] = adviceFor(definition, m, new Map()).filter(({ move }) => move.key === 'receive-online')
    expect(first && adviceText(first, vi => vi)).toBe('Tiếp nhận thêm 10 hồ sơ trực tuyến trong kỳ để tăng 10 điểm')
    const [fewer] = adviceFor(definition, m, new Map()).map(one => ({ ...one, times: 1, gain: 1 }))
    expect(fewer && adviceText(fewer, (_, en) => en)).toMatch(/^Receive 1 more dossier online .* to gain 1 point$/u)
  })

  test('has no advice where nothing is left to gain', () => {
    const done = given({ solved: 5, solved_in_time: 5, results: 5, results_filed: 5, received: 5, received_online: 5 })
    expect(adviceFor(definition, done, new Map()).map(({ move }) => move.key)).toEqual([])
  })

  test('knows no move that takes away from a measure', () => {
    expect(moves.flatMap(({ effect }) => Object.values(effect)).every(n => n > 0)).toBe(true)
  })
})

describe('an index set', () => {
  test('adds up to its maximum, goes from the best band down to nothing, and names each indicator once', () => {
    expect(IndexDefinition.safeParse(definition).success).toBe(true)
    const [first] = definition.groups
    if (!first) throw new Error('the set has a group')
    const twice = [...first.indicators.slice(0, 5), ...first.indicators.slice(0, 1)]
    const broken = [
      { ...definition, max: 90 },
      { ...definition, bands: definition.bands.slice(0, 2) },
      { ...definition, bands: [...definition.bands].reverse() },
      { ...definition, max: 130, groups: [{ ...first, indicators: twice }] },
    ]
    expect(broken.map(one => IndexDefinition.safeParse(one).success)).toEqual([false, false, false, false])
  })
})
