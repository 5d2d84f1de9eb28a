import { writeXlsxStream } from 'hucre/xlsx'
import { isNumeric } from './cell-text.ts'
import type { Cell, ListKind, ReportRow } from './report.ts'
import { fullHead } from './report-head.ts'
import type { ReportHeading } from './report-heading.ts'
import { sheetFormat, sheetName, sheetValue, sheetWidth } from './sheet-cell.ts'

export const LIST_HEAD_ROWS = 5

/**
 * A long list as a spreadsheet, written while it is read: memory does not grow with its length. Rows beyond what a sheet can hold go on
 * in another. `heading`: see reportHeading.
 */
export function listSheet(
  kind: ListKind,
  heading: ReportHeading,
  batches: AsyncIterable<readonly ReportRow[]>,
): ReadableStream<Uint8Array> {
  const styled = kind.columns.map(({ kind: cell, width }) => ({
    width: width ?? sheetWidth(cell),
    numFmt: sheetFormat(cell),
    style: { alignment: { vertical: 'top', wrapText: !isNumeric(cell) } } as const,
  }))
  return writeXlsxStream(sheetRows(kind, heading, batches), {
    name: sheetName(heading.title),
    // Not wrapped: the title lines begin in this column and run over the empty ones beside it.
    columns: [{ width: 28, style: { alignment: { vertical: 'top' } } }, ...styled],
    freezePane: { rows: LIST_HEAD_ROWS, columns: 1 },
    repeatHeaders: false,
  })
}

async function* sheetRows(
  { label, columns }: ListKind,
  heading: ReportHeading,
  batches: AsyncIterable<readonly ReportRow[]>,
): AsyncGenerator<Cell[]> {
  yield [heading.title.toUpperCase()]
  yield [[heading.form, heading.reporter].filter(Boolean).join(' · ')]
  yield [heading.period]
  yield [heading.asOf]
  yield [label[0], ...columns.map(column => fullHead(column)[0])]
  for await (const rows of batches) {
    for (const row of rows) yield [row.label, ...columns.map(({ key, kind }) => sheetValue(row.cells[key], kind))]
  }
}
