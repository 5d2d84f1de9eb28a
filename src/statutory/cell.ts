import type { Measure } from '#src/dossiers/fact.ts'
import { partOf, type TallyKey, tallyKeys } from '#src/facts/tally.ts'
import type { Definitions } from '#src/periods/definition.ts'
import type { Words } from '#src/reports/report.ts'
import { ii06aKeys, ii06aTerms, plus, type Term } from './ii06a.ts'

/** Numbers made of several counts that stand in reports beside the forms' own. */
const sums = {
  solved_in_time: ['c8', 'c9'],
  returned: ['withdrawn', 'stopped'],
  paused: ['paused_supplement', 'paused_obligation'],
} as const

/** Every number of dossiers that can be asked for its dossiers: a count, a column of form II.06a, or a sum. */
export const cells = [...tallyKeys, ...ii06aKeys, ...(Object.keys(sums) as (keyof typeof sums)[])] as const
export type Cell = (typeof cells)[number]

/** Of the agency asked for alone, without those below it: what a row by agency counts. */
export const ownCell = <C extends string>(cell: C): `${C}.own` => `${cell}.own`

/** Throws on what is not among the groupings of the list; those are checked before. */
export function readCell(text: string): { cell: Cell; own: boolean } {
  const own = text.endsWith('.own')
  const name = own ? text.slice(0, -4) : text
  const cell = cells.find(one => one === name)
  if (!cell) throw new Error(`no cell ${text}`)
  return { cell, own }
}

export function termsOf(cell: Cell, definitions: Definitions): Term[] {
  const columns = ii06aTerms(definitions)
  const one = (name: string): Term[] =>
    name in columns ? columns[name as keyof typeof columns] : plus(name as TallyKey)
  return cell in sums ? sums[cell as keyof typeof sums].flatMap(one) : one(cell)
}

export type Weights = Partial<Record<Measure, number>>

/**
 * Where the dossiers of a number are found. `happened`: what was added within the period, weighed by measure, of online dossiers by `online`.
 * `stood`: dossiers open when it began or when it ended, each `base` and what its facts until then weigh.
 */
export type CellPart =
  | { kind: 'happened'; weights: Weights; online: Weights }
  | { kind: 'stood'; at: 'begins' | 'until'; base: number; weights: Weights }

/** One part for nearly all; (3) is what stood at the beginning and what came since. */
export function partsOf(terms: readonly Term[]): CellPart[] {
  const happened = { kind: 'happened' as const, weights: {} as Weights, online: {} as Weights }
  const stood = {
    opening: { kind: 'stood' as const, at: 'begins' as const, base: 0, weights: {} as Weights },
    closing: { kind: 'stood' as const, at: 'until' as const, base: 0, weights: {} as Weights },
  }
  for (const [key, sign] of terms) {
    const { of, plus: counted, online } = partOf(key)
    if (key === 'carried' || key === 'open') stood[key === 'open' ? 'closing' : 'opening'].base += sign
    else if (of !== 'change') weigh(stood[of].weights, counted, sign)
    else {
      if (!online) weigh(happened.weights, counted, sign)
      weigh(happened.online, counted, sign)
    }
  }
  const isUsed = ({ weights }: { weights: Weights }) => Object.values(weights).some(weight => weight !== 0)
  return [
    ...[stood.opening, stood.closing].filter(part => part.base !== 0 || isUsed(part)),
    ...(isUsed(happened) || isUsed({ weights: happened.online }) ? [happened] : []),
  ]
}

function weigh(weights: Weights, measures: readonly Measure[], sign: number): void {
  for (const measure of measures) weights[measure] = (weights[measure] ?? 0) + sign
}

const names: Record<Cell, Words> = {
  carried: ['Từ kỳ trước chuyển qua', 'Carried over'],
  received: ['Tiếp nhận trong kỳ', 'Received in the period'],
  received_online: ['Tiếp nhận trực tuyến', 'Received online'],
  refused_at_intake: ['Từ chối tiếp nhận', 'Refused at intake'],
  early: ['Giải quyết trước hạn', 'Solved early'],
  on_time: ['Giải quyết đúng hạn', 'Solved on time'],
  late: ['Giải quyết quá hạn', 'Solved late'],
  no_term: ['Giải quyết, không quy định thời hạn', 'Solved, no term published'],
  late_same_day: ['Quá hạn trong ngày hẹn trả', 'Late on the very day'],
  early_by_extension: ['Trước hạn nhờ gia hạn', 'Early thanks to an extension'],
  on_time_by_extension: ['Đúng hạn nhờ gia hạn', 'On time thanks to an extension'],
  withdrawn: ['Người nộp rút hồ sơ', 'Withdrawn'],
  stopped: ['Dừng giải quyết', 'Stopped'],
  ended_late: ['Rút hoặc dừng khi đã quá hạn', 'Withdrawn or stopped while overdue'],
  extended: ['Gia hạn trong kỳ', 'Extended in the period'],
  supplement_requested: ['Yêu cầu bổ sung trong kỳ', 'Supplements requested in the period'],
  open: ['Đang giải quyết', 'Being solved'],
  overdue: ['Đang giải quyết, đã quá hạn', 'Being solved, overdue'],
  paused_supplement: ['Tạm dừng chờ bổ sung', 'Paused for a supplement'],
  paused_obligation: ['Tạm dừng chờ nghĩa vụ tài chính', 'Paused for a financial obligation'],
  paused_overdue: ['Tạm dừng khi đã quá hạn', 'Paused when already overdue'],
  in_time_by_extension: ['Đang giải quyết, trong hạn nhờ gia hạn', 'Being solved, in time thanks to an extension'],
  c3: ['Tổng số tiếp nhận, kể cả từ kỳ trước', 'Received in all, those carried over included'],
  c4: ['Tiếp nhận trong kỳ, trực tuyến', 'Received in the period, online'],
  c5: ['Tiếp nhận trong kỳ, trực tiếp và bưu chính', 'Received in the period, at a desk or by post'],
  c6: ['Từ kỳ trước chuyển qua', 'Carried over from earlier periods'],
  c7: ['Đã giải quyết', 'Solved'],
  c8: ['Đã giải quyết trước hạn', 'Solved early'],
  c9: ['Đã giải quyết đúng hạn', 'Solved on time'],
  c10: ['Đã giải quyết quá hạn', 'Solved late'],
  c11: ['Đang giải quyết', 'Being solved'],
  c12: ['Đang giải quyết trong hạn', 'Being solved, in time'],
  c13: ['Đang giải quyết quá hạn', 'Being solved, overdue'],
  solved_in_time: ['Đã giải quyết trước và đúng hạn', 'Solved early and on time'],
  returned: ['Rút hoặc dừng giải quyết', 'Withdrawn or stopped'],
  paused: ['Đang tạm dừng', 'Paused'],
}

/** What a number says, for the head of its list. */
export function cellName(cell: Cell): Words {
  return names[cell]
}
