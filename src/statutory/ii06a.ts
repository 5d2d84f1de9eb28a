import type { TallyKey } from '#src/facts/tally.ts'
import type { Definitions } from '#src/periods/definition.ts'
import type { ReportColumn } from '#src/reports/report.ts'

export const ii06aKeys = ['c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9', 'c10', 'c11', 'c12', 'c13'] as const
export type Ii06aKey = (typeof ii06aKeys)[number]
export type Ii06aRow = Record<Ii06aKey, number>

/** Counts to be added (1) or taken away (-1). What is taken away is always part of what is added. */
export type Term = readonly [key: TallyKey, sign: 1 | -1]
export const plus = (...keys: TallyKey[]): Term[] => keys.map(key => [key, 1] as const)
const minus = (...keys: TallyKey[]): Term[] => keys.map(key => [key, -1] as const)

export function sumOf(terms: readonly Term[], tally: Readonly<Record<TallyKey, number>>): number {
  return terms.reduce((sum, [key, sign]) => sum + sign * tally[key], 0)
}

/**
 * What each column of form II.06a counts, by the definitions in force. Whatever they say, (3) = (4)+(5)+(6) = (7)+(11), (7) = (8)+(9)+(10)
 * and (11) = (12)+(13): a definition only moves dossiers from one column to its neighbour.
 */
export function ii06aTerms(definitions: Definitions): Record<Ii06aKey, Term[]> {
  const c4 = plus('received_online')
  const c5 = [...plus('received'), ...minus('received_online')]
  const c6 = plus('carried')
  const { early: c8, onTime: c9, late: c10 } = solvedTerms(definitions)
  const c13 = overdueTerms(definitions)
  return {
    c3: plus('carried', 'received'),
    ...{ c4, c5, c6 },
    c7: plus('early', 'on_time', 'late', 'no_term', 'withdrawn', 'stopped'),
    ...{ c8, c9, c10 },
    c11: plus('open'),
    c12: [...plus('open'), ...c13.map(([key, sign]) => [key, sign === 1 ? -1 : 1] as const)],
    c13,
  }
}

function solvedTerms({ withdrawn, late, extension, noTerm }: Definitions): Record<'early' | 'onTime' | 'late', Term[]> {
  const early = plus('early')
  const onTime = plus('on_time', 'withdrawn', 'stopped')
  const tooLate = plus('late')
  if (noTerm === 'early') early.push(...plus('no_term'))
  else onTime.push(...plus('no_term'))
  if (withdrawn === 'by-deadline') {
    onTime.push(...minus('ended_late'))
    tooLate.push(...plus('ended_late'))
  }
  if (late === 'by-day') {
    tooLate.push(...minus('late_same_day'))
    onTime.push(...plus('late_same_day'))
  }
  if (extension === 'original') {
    early.push(...minus('early_by_extension'))
    onTime.push(...minus('on_time_by_extension'))
    tooLate.push(...plus('early_by_extension', 'on_time_by_extension'))
  }
  return { early, onTime, late: tooLate }
}

function overdueTerms({ paused, extension }: Definitions): Term[] {
  return [
    ...plus('overdue'),
    ...(paused === 'by-deadline' ? plus('paused_overdue') : []),
    ...(extension === 'original' ? plus('in_time_by_extension') : []),
  ]
}

/** A row of form II.06a from what was counted. */
export function ii06aRow(tally: Readonly<Record<TallyKey, number>>, definitions: Definitions): Ii06aRow {
  const terms = ii06aTerms(definitions)
  return Object.fromEntries(ii06aKeys.map(key => [key, sumOf(terms[key], tally)])) as Ii06aRow
}

const received = ['Số lượng hồ sơ tiếp nhận', 'Dossiers received'] as const
const within = ['Trong kỳ', 'Within the period'] as const
const solved = ['Số lượng hồ sơ đã giải quyết', 'Dossiers solved'] as const
const open = ['Số lượng hồ sơ đang giải quyết', 'Dossiers being solved'] as const
const total = ['Tổng số', 'Total'] as const
const count = (
  key: Ii06aKey,
  head: readonly [string, string],
  groups: readonly (readonly [string, string])[],
): ReportColumn => ({ key, head, groups, number: `(${key.slice(1)})`, kind: 'count', width: 11 })

/** Columns (3) to (13) with the heads of the form; (1) is the number of the line and (2) names it. */
export const ii06aColumns: readonly ReportColumn[] = [
  count('c3', total, [received]),
  count('c4', ['Trực tuyến', 'Online'], [received, within]),
  count('c5', ['Trực tiếp, dịch vụ bưu chính', 'At a desk, by post'], [received, within]),
  count('c6', ['Từ kỳ trước', 'From earlier periods'], [received]),
  count('c7', total, [solved]),
  count('c8', ['Trước hạn', 'Early'], [solved]),
  count('c9', ['Đúng hạn', 'On time'], [solved]),
  count('c10', ['Quá hạn', 'Late'], [solved]),
  count('c11', total, [open]),
  count('c12', ['Trong hạn', 'In time'], [open]),
  count('c13', ['Quá hạn', 'Overdue'], [open]),
]
