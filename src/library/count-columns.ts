import { noTally, type Tally, type TallyKey } from '#src/facts/tally.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { type Channel, channels } from '#src/procedures/procedure.ts'
import { drillHref } from '#src/reports/drill.ts'
import type { Asked, Cell, ReportColumn, ReportRow, Words } from '#src/reports/report.ts'

/** Dossiers of one row: over the period, and of those received in it how many by each channel. */
export type Counts = { tally: Tally; byChannel: Record<Channel, number> }

export const noCounts: Counts = {
  tally: noTally,
  byChannel: Object.fromEntries(channels.map(channel => [channel, 0])) as Record<Channel, number>,
}

const received: Words = ['Tiếp nhận trong kỳ', 'Received in the period']
const solved: Words = ['Đã có kết quả', 'Result ready']
const ended: Words = ['Kết thúc không có kết quả', 'Ended without a result']
const open: Words = ['Đang giải quyết cuối kỳ', 'Open at the end']

const channelHeads: Record<Channel, Words> = {
  counter: ['Tại quầy', 'At the counter'],
  online: ['Trực tuyến', 'Online'],
  post: ['Bưu chính', 'By post'],
  home: ['Tại nhà', 'At home'],
  phone: ['Điện thoại', 'By phone'],
}

const count = (key: string, head: Words, ...groups: Words[]): ReportColumn => ({
  key,
  head,
  kind: 'count',
  width: 11,
  ...(groups.length > 0 && { groups }),
})

const total: Words = ['Tổng số', 'Total']

/** What is received by channel, where the rows are not channels themselves. */
const channelColumns = channels.map(channel => count(`received_${channel}`, channelHeads[channel], received))

/** Columns of every count of dossiers; `byChannel`: also by which channel they came. */
export function countColumns({ byChannel }: { byChannel: boolean }): ReportColumn[] {
  return [
    count('carried', ['Kỳ trước chuyển sang', 'Carried over']),
    ...(byChannel ? [count('received', total, received), ...channelColumns] : [count('received', received)]),
    count('solved', total, solved),
    count('early', ['Trước hạn', 'Early'], solved),
    count('on_time', ['Đúng hạn', 'On time'], solved),
    count('no_term', ['Không có thời hạn', 'No time limit'], solved),
    count('late', ['Quá hạn', 'Late'], solved),
    { key: 'rate', head: ['Tỷ lệ đúng hạn', 'On-time rate'], groups: [solved], kind: 'percent', width: 11 },
    count('withdrawn', ['Rút hồ sơ', 'Withdrawn'], ended),
    count('stopped', ['Dừng giải quyết', 'Stopped'], ended),
    count('open', total, open),
    count('overdue', ['Quá hạn', 'Overdue'], open),
    count('paused_supplement', ['Chờ bổ sung', 'Supplement awaited'], open),
    count('paused_obligation', ['Chờ nghĩa vụ tài chính', 'Payment awaited'], open),
    count('refused_at_intake', ['Từ chối tiếp nhận', 'Refused at intake']),
  ]
}

export const countNotes: readonly Words[] = [
  [
    'Kỳ trước chuyển sang + tiếp nhận trong kỳ = đã có kết quả + kết thúc không có kết quả + đang giải quyết cuối kỳ.',
    'Carried over + received = result ready + ended without a result + open at the end.',
  ],
  [
    'Hồ sơ tính một lần tại cơ quan có thẩm quyền giải quyết; hồ sơ liên thông tính theo hồ sơ gốc. Hồ sơ từ chối tiếp nhận không tính là đã tiếp nhận.',
    'A dossier counts once, at the agency that resolves it; interconnected dossiers count as part of the first one. Those refused at intake count as not received.',
  ],
  [
    'Tỷ lệ đúng hạn: hồ sơ có kết quả không quá hạn trên hồ sơ có kết quả.',
    'On-time rate: results that were not late, of all results.',
  ],
]

export function resultsOf({ early, on_time, late, no_term }: Tally): number {
  return early + on_time + late + no_term
}

/** From 0 to 100; null of nothing. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : (100 * part) / whole
}

/** By column; columns without a place in the report are passed over. */
export function countCells({ tally, byChannel }: Counts): Record<string, Cell> {
  const results = resultsOf(tally)
  return {
    ...tally,
    ...Object.fromEntries(channels.map(channel => [`received_${channel}`, byChannel[channel]])),
    solved: results,
    rate: shareOf(results - tally.late, results),
  }
}

const drilled: readonly TallyKey[] = [
  ...(['carried', 'received', 'early', 'on_time', 'no_term', 'late', 'withdrawn', 'stopped'] as const),
  ...(['open', 'overdue', 'paused_supplement', 'paused_obligation', 'refused_at_intake'] as const),
]

/** Narrower than what was asked as a whole: codes of the row's agency (of it alone, not of those below it), field, procedure or channel. */
export type Narrowed = { agency?: string; field?: string; procedure?: string; channel?: string }

/** Whoever measures reform reads numbers, not dossiers. */
export function mayDrill({ actor }: Ctx): boolean {
  return actor.kind !== 'officer' || actor.role !== 'reform'
}

/** Where the dossiers behind each count are listed. */
export function countHrefs(asked: Asked, narrowed: Narrowed): Record<string, string> {
  const { from, to, asOf, agency, filters } = asked
  const { field, procedure, channel } = filters
  const base = { from, to, asOf, agency: agency.code, field, procedure, channel, ...narrowed }
  const named = (cell: TallyKey) => (narrowed.agency ? `${cell}.own` : cell)
  const hrefs = Object.fromEntries(drilled.map(cell => [cell, drillHref({ ...base, cell: named(cell) })]))
  if (base.channel) return hrefs
  const byChannel = channels.map(channel => [
    `received_${channel}`,
    drillHref({ ...base, cell: named('received'), channel }),
  ])
  return { ...hrefs, ...Object.fromEntries(byChannel) }
}

/** `narrowed`: null where no list can be narrowed to just these dossiers. */
export function countRow(
  asked: Asked,
  { key, label, counts, narrowed }: { key: string; label: string; counts: Counts; narrowed: Narrowed | null },
): ReportRow {
  return { key, label, cells: countCells(counts), ...(narrowed && { hrefs: countHrefs(asked, narrowed) }) }
}
