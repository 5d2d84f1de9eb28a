import { type ReportColumn, reportReaders, type TableKind, type Words } from '#src/reports/report.ts'
import type { Cell } from './cell.ts'
import { byFieldOrAgency, cellsOf, readCells } from './ii06a.query.ts'
import { ii06aColumns } from './ii06a.ts'

const column = (key: string, head: Words, groups: readonly Words[], number?: string): ReportColumn => ({
  ...{ key, head, groups, kind: 'count', width: 12 },
  ...(number && { number }),
})

const waiting: Words = ['Đang tạm dừng', 'Clock stopped']
const ended: Words = ['Kết thúc không có kết quả', 'Ended without a result']
const judged: Words = ['Ranh giới đúng hạn, quá hạn', 'At the edge of the term']
const during: Words = ['Phát sinh trong kỳ', 'In the period']

const internalColumns = [
  column('paused_supplement', ['Chờ bổ sung', 'For a supplement'], [waiting]),
  column('paused_obligation', ['Chờ nghĩa vụ tài chính', 'For a financial obligation'], [waiting]),
  column('paused_overdue', ['Trong đó: dừng khi đã quá hạn', 'Of these: overdue before'], [waiting]),
  column('withdrawn', ['Người nộp rút', 'Withdrawn'], [ended]),
  column('stopped', ['Dừng giải quyết', 'Stopped'], [ended]),
  column('ended_late', ['Trong đó: khi đã quá hạn', 'Of these: when overdue'], [ended]),
  column('late_same_day', ['Quá hạn chỉ tính theo giờ', 'Late only by the hour'], [judged]),
  column('early_by_extension', ['Trước hạn nhờ gia hạn', 'Early by an extension'], [judged]),
  column('on_time_by_extension', ['Đúng hạn nhờ gia hạn', 'On time by an extension'], [judged]),
  column('in_time_by_extension', ['Đang giải quyết, trong hạn nhờ gia hạn', 'Open, in time by an extension'], [judged]),
  column('refused_at_intake', ['Từ chối tiếp nhận', 'Refused at intake'], [during]),
  column('extended', ['Lượt gia hạn', 'Extensions'], [during]),
  column('supplement_requested', ['Lượt yêu cầu bổ sung', 'Supplements requested'], [during]),
]

const allColumns = [...ii06aColumns, ...internalColumns]
const internalCells = cellsOf(allColumns.map(({ key }) => key as Cell))

/** The form's columns and beside them what the form does not tell apart. */
export const internal: TableKind = {
  shape: 'table',
  key: 'ii06a-noi-bo',
  title: ['Tình hình giải quyết hồ sơ, kèm cột nội bộ', 'Handling of dossiers, with internal columns'],
  about: [
    'Các cột của biểu II.06a và những gì biểu không tách riêng: tạm dừng, rút, dừng, từ chối, gia hạn.',
    'The columns of form II.06a and what it does not tell apart: paused, withdrawn, stopped, refused, extended.',
  ],
  group: 'statutory',
  roles: reportReaders,
  groupings: byFieldOrAgency,
  filters: ['field', 'procedure'],
  columns: allColumns,
  async read(ctx, asked) {
    const table = await readCells(ctx, asked, { columns: allColumns, cellOf: internalCells })
    return { ...table, notes: [...internalNotes, ...(table.notes ?? [])] }
  },
}

const internalNotes: readonly Words[] = [
  [
    'Các cột nội bộ là một phần của các cột (3) đến (13); riêng hồ sơ từ chối tiếp nhận không tính vào cột nào.',
    'Internal columns are part of the columns (3) to (13); dossiers refused at intake are in none of them.',
  ],
]

const taken: Words = ['Hồ sơ nhận giải quyết', 'Dossiers taken in']
const result: Words = ['Kết quả giải quyết', 'What became of them']
const done: Words = ['Đã giải quyết', 'Solved']
const doing: Words = ['Đang giải quyết', 'Being solved']
const ofThese: Words = ['Trong đó', 'Of these']
const total: Words = ['Tổng số', 'Total']

const oldColumns = [
  column('total', total, [taken], '(3)'),
  column('carried', ['Kỳ trước chuyển qua', 'Carried over'], [taken], '(4)'),
  column('received', ['Mới tiếp nhận', 'New'], [taken], '(5)'),
  column('solved', total, [result, done], '(6)'),
  column('inTime', ['Đúng thời hạn', 'In time'], [result, done], '(7)'),
  column('late', ['Quá thời hạn', 'Late'], [result, done], '(8)'),
  column('open', total, [result, doing], '(9)'),
  column('notDue', ['Chưa đến hạn', 'Not due yet'], [result, doing], '(10)'),
  column('overdue', ['Quá hạn', 'Overdue'], [result, doing], '(11)'),
  column('supplement', ['Chờ bổ sung', 'Waiting for a supplement'], [ofThese], '(12)'),
  column('returned', ['Trả lại', 'Given back'], [ofThese], '(13)'),
]

const oldCells: Record<string, Cell> = {
  total: 'c3',
  carried: 'c6',
  received: 'received',
  solved: 'c7',
  inTime: 'solved_in_time',
  late: 'c10',
  open: 'c11',
  notDue: 'c12',
  overdue: 'c13',
  supplement: 'paused_supplement',
  returned: 'returned',
}

/** The layout of before 2017, which some still ask for: the same numbers, in other columns. */
export const form07a: TableKind = {
  shape: 'table',
  key: 'bieu-07a',
  title: ['Tình hình, kết quả giải quyết thủ tục hành chính (biểu cũ)', 'Handling of procedures (older form)'],
  about: [
    'Bố cục biểu 07a cũ, cho nơi nhận vẫn còn yêu cầu; số liệu khớp với biểu II.06a.',
    'The older form 07a, for those who still ask for it; its numbers are those of form II.06a.',
  ],
  group: 'statutory',
  form: 'Biểu 07a/BTP/KSTT/KTTH',
  roles: reportReaders,
  groupings: byFieldOrAgency,
  filters: ['field', 'procedure'],
  columns: oldColumns,
  async read(ctx, asked) {
    const table = await readCells(ctx, asked, { columns: oldColumns, cellOf: oldCells })
    return { ...table, notes: [...oldNotes, ...(table.notes ?? [])] }
  },
}

const oldNotes: readonly Words[] = [
  [
    '(3) = (4) + (5) = (6) + (9). Cột (12) là một phần của (9); cột (13), hồ sơ rút hoặc dừng giải quyết, là một phần của (6).',
    '(3) = (4) + (5) = (6) + (9). Column (12) is part of (9); column (13), withdrawn or stopped, is part of (6).',
  ],
]
