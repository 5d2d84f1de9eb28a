import { stringify } from 'csv-stringify/sync'
import { cellValue, isNumeric } from './cell-text.ts'
import type { ReportColumn, ReportRow, ReportTable } from './report.ts'
import { fullHead, type HeadedColumns } from './report-head.ts'
import { totalLabel } from './report-heading.ts'

/** By this mark Excel knows the file for UTF-8. */
const MARK = '\uFEFF'

const written = (rows: (string | number | null)[][]) => stringify(rows, { record_delimiter: 'windows' })

/**
 * What a spreadsheet would take for a formula is made plain text by an apostrophe: names and reasons are typed by people outside, and a
 * file of ours must run nothing when it is opened.
 */
function plain(text: string): string {
  return /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text
}

function csvHead({ label, columns }: HeadedColumns): (string | number | null)[] {
  return [plain(label[0]), ...columns.map(column => plain(fullHead(column)[0]))]
}

function csvRow({ label, cells }: ReportRow, columns: readonly ReportColumn[]): (string | number | null)[] {
  const values = columns.map(({ key, kind }) => {
    const value = cellValue(cells[key], kind)
    return typeof value === 'string' && !isNumeric(kind) ? plain(value) : value
  })
  return [plain(label), ...values]
}

/** A report as CSV: one line of heads, its rows, its total last. */
export function reportCsv(table: ReportTable): string {
  const total = table.total ? [{ ...table.total, label: totalLabel(table.total) }] : []
  return MARK + written([csvHead(table), ...[...table.rows, ...total].map(row => csvRow(row, table.columns))])
}

/** A long list as CSV, written while it is read. */
export async function* listCsv(
  list: HeadedColumns,
  batches: AsyncIterable<readonly ReportRow[]>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const bytes = new TextEncoder()
  yield bytes.encode(MARK + written([csvHead(list)]))
  for await (const rows of batches) {
    if (rows.length > 0) yield bytes.encode(written(rows.map(row => csvRow(row, list.columns))))
  }
}
