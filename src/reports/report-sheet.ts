import type { CellStyle, MergeRange, WriteSheet } from 'hucre/xlsx'
import { writeXlsx } from 'hucre/xlsx'
import { isNumeric } from './cell-text.ts'
import type { Cell, ReportRow, ReportTable } from './report.ts'
import { headRows, isOrdered, numberRow, orderTexts } from './report-head.ts'
import { type ReportHeading, signingLine, totalLabel } from './report-heading.ts'
import { sheetFormat, sheetName, sheetValue, sheetWidth } from './sheet-cell.ts'

const FONT = { name: 'Times New Roman', size: 11 }
const thin = { style: 'thin' } as const
const border = { top: thin, right: thin, bottom: thin, left: thin }

type Place = { row: number; column: number; span?: number; deep?: number }

/** A sheet as it fills: values by place, with how each is written. Rows and columns count from 0. */
function blankSheet(columns: number) {
  const rows: Cell[][] = []
  const cells = new Map<string, { style: CellStyle }>()
  const merges: MergeRange[] = []
  const put = ({ row, column, span = 1, deep = 1 }: Place, value: Cell, style: CellStyle) => {
    while (rows.length < row + deep) rows.push(Array.from({ length: columns }, () => null))
    const line = rows[row]
    if (line) line[column] = value
    // Borders of merged cells are drawn by each of them.
    for (let r = row; r < row + deep; r += 1) {
      for (let c = column; c < column + span; c += 1)
        cells.set(`${r},${c}`, { style: { ...style, font: { ...FONT, ...style.font } } })
    }
    if (span > 1 || deep > 1)
      merges.push({ startRow: row, startCol: column, endRow: row + deep - 1, endCol: column + span - 1 })
  }
  return { rows, cells, merges, put }
}
type Sheet = ReturnType<typeof blankSheet>

const centred = (more: CellStyle = {}): CellStyle => ({
  ...more,
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
})

/** A report as a spreadsheet in the layout of the official forms, ready to be signed: A4 across, heads on every page. */
export async function reportSheet(table: ReportTable, heading: ReportHeading, now: Date): Promise<Uint8Array> {
  const lead = isOrdered(table) ? 2 : 1
  const sheet = blankSheet(lead + table.columns.length)
  const top = putHeading(sheet, heading, lead + table.columns.length)
  const body = putHead(sheet, table, top)
  const end = putRows(sheet, table, body)
  const written = putNotes(sheet, table, end)
  putSignatures(sheet, lead + table.columns.length, written + 1, now)
  return writeXlsx({ defaultFont: FONT, sheets: [asWritten(sheet, table, heading, { top, body, lead })] })
}

function asWritten(
  { rows, cells, merges }: Sheet,
  table: ReportTable,
  { title }: ReportHeading,
  { top, body, lead }: { top: number; body: number; lead: number },
): WriteSheet {
  const widths = table.columns.map(({ kind, width }) => ({ width: width ?? sheetWidth(kind) }))
  return {
    name: sheetName(title),
    columns: [...(lead === 2 ? [{ width: 6 }] : []), { width: 42 }, ...widths],
    rows,
    cells,
    merges,
    freezePane: { rows: body, columns: lead },
    pageSetup: {
      paperSize: 'a4',
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `$${top + 1}:$${body}`,
      margins: { left: 0.5, right: 0.4, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: '&C&P/&N' },
  }
}

/** Form number on the left, who reports to whom on the right, the title and the period in the middle. Answers the row after. */
function putHeading(sheet: Sheet, heading: ReportHeading, columns: number): number {
  const left = Math.max(1, Math.min(Math.floor(columns / 3), columns - 1))
  const right = Math.min(columns - 1, columns - left)
  const side = (row: number, [first, second]: readonly [string, string], style: CellStyle = {}) => {
    const alignment = { vertical: 'center', wrapText: true } as const
    sheet.put({ row, column: 0, span: right }, first, { ...style, alignment })
    if (columns > 1) sheet.put({ row, column: right, span: columns - right }, second, { alignment })
  }
  const { form, reporter, receiver } = heading
  side(0, [form || reporter, form && `Đơn vị báo cáo: ${reporter}`], { font: { bold: true } })
  side(1, ['', form && `Đơn vị nhận báo cáo: ${receiver}`])
  const middle = (row: number, text: string, style: CellStyle) =>
    sheet.put({ row, column: 0, span: columns }, text, style)
  middle(3, heading.title.toUpperCase(), centred({ font: { bold: true, size: 14 } }))
  middle(4, heading.period, centred({ font: { italic: true } }))
  middle(5, heading.asOf, centred({ font: { italic: true } }))
  middle(6, heading.unit, { font: { italic: true }, alignment: { horizontal: 'right' } })
  return 7
}

function putHead(sheet: Sheet, table: ReportTable, top: number): number {
  const rows = headRows(table)
  rows.forEach((cells, i) => {
    for (const { words, ...place } of cells) {
      sheet.put({ row: top + i, ...place }, words[0], centred({ font: { bold: true }, border }))
    }
  })
  const numbers = numberRow(table)
  numbers?.forEach((text, column) => {
    sheet.put({ row: top + rows.length, column }, text, centred({ font: { italic: true }, border }))
  })
  return top + rows.length + (numbers ? 1 : 0)
}

function putRows(sheet: Sheet, table: ReportTable, body: number): number {
  const orders = orderTexts(table.rows)
  table.rows.forEach((row, i) => {
    putRow(sheet, table, { row, at: body + i, order: orders[i] ?? '', bold: false })
  })
  const end = body + table.rows.length
  if (!table.total) return end
  const row = { ...table.total, label: totalLabel(table.total) }
  putRow(sheet, table, { row, at: end, order: '', bold: true })
  return end + 1
}

type Line = { row: ReportRow; at: number; order: string; bold: boolean }

function putRow(sheet: Sheet, table: ReportTable, { row, at, order, bold }: Line): void {
  const font = { bold }
  const lead = isOrdered(table) ? 2 : 1
  if (lead === 2) sheet.put({ row: at, column: 0 }, order || null, centred({ font, border }))
  const alignment = { vertical: 'center', wrapText: true, indent: row.depth ?? 0 } as const
  sheet.put({ row: at, column: lead - 1 }, row.label, { font, border, alignment })
  table.columns.forEach(({ key, kind }, i) => {
    const horizontal = isNumeric(kind) ? 'right' : 'left'
    sheet.put({ row: at, column: lead + i }, sheetValue(row.cells[key], kind), {
      ...{ font, border, numFmt: sheetFormat(kind) },
      alignment: { horizontal, vertical: 'center', wrapText: !isNumeric(kind) },
    })
  })
}

function putNotes(sheet: Sheet, { notes = [], columns, labelNumber }: ReportTable, end: number): number {
  const span = columns.length + (isOrdered({ labelNumber }) ? 2 : 1)
  notes.forEach(([text], i) => {
    const style = { font: { italic: true, size: 10 }, alignment: { vertical: 'top', wrapText: true } } as const
    sheet.put({ row: end + i, column: 0, span }, text, style)
  })
  return end + notes.length
}

/** Who drew it up on the left, who answers for it on the right. */
function putSignatures(sheet: Sheet, columns: number, row: number, now: Date): void {
  const half = Math.ceil(columns / 2)
  const lines: [left: string, right: string, style: CellStyle][] = [
    ['', signingLine(now), { font: { italic: true } }],
    ['Người lập báo cáo', 'Thủ trưởng đơn vị', { font: { bold: true } }],
    ['(Ký, ghi rõ họ tên)', '(Ký, ghi rõ họ tên, đóng dấu)', { font: { italic: true } }],
  ]
  lines.forEach(([left, right, style], i) => {
    sheet.put({ row: row + i, column: 0, span: half }, left, centred(style))
    if (columns > half) sheet.put({ row: row + i, column: half, span: columns - half }, right, centred(style))
  })
}
