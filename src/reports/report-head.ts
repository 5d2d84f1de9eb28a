import type { ReportColumn, ReportRow, ReportTable, Words } from './report.ts'

/** What heads and rows are laid out by; a list has it as well as a table. */
export type HeadedColumns = Pick<ReportTable, 'label' | 'labelNumber'> & { columns: readonly ReportColumn[] }

/** A cell of the head: over `span` columns from `column` on, `deep` rows high. `over`: it stands over others. */
export type HeadCell = { words: Words; column: number; span: number; deep: number; over: boolean }

const ORDER: Words = ['TT', 'No.']

/** Forms number their rows in a column (1) of their own before the names. */
export const isOrdered = ({ labelNumber }: Pick<ReportTable, 'labelNumber'>) => labelNumber === '(2)'

/**
 * Rows of a head, the outermost first; every column is covered exactly once in each row, by a cell of that row or one reaching down
 * from above. Column 0 is the order where rows are numbered, then come the names, then `columns`.
 */
export function headRows(table: HeadedColumns): HeadCell[][] {
  const deep = Math.max(0, ...table.columns.map(({ groups }) => groups?.length ?? 0)) + 1
  const rows: HeadCell[][] = Array.from({ length: deep }, () => [])
  const lead = isOrdered(table) ? [ORDER, table.label] : [table.label]
  lead.forEach((words, column) => {
    rows[0]?.push({ words, column, span: 1, deep, over: false })
  })
  table.columns.forEach((column, i) => {
    const groups = column.groups ?? []
    groups.forEach((words, level) => {
      if (isShared(table.columns[i - 1], column, level)) return
      const span = table.columns.slice(i).findIndex(next => !isShared(column, next, level))
      const until = span < 0 ? table.columns.length - i : span
      rows[level]?.push({ words, column: lead.length + i, span: until, deep: 1, over: true })
    })
    const level = groups.length
    rows[level]?.push({ words: column.head, column: lead.length + i, span: 1, deep: deep - level, over: false })
  })
  return rows
}

/** Neighbours stand under one head when they agree in it and in all above it. */
function isShared(before: ReportColumn | undefined, column: ReportColumn, level: number): boolean {
  const [a, b] = [before?.groups ?? [], column.groups ?? []]
  if (a.length <= level || b.length <= level) return false
  return a.slice(0, level + 1).every(([vi], i) => vi === b[i]?.[0])
}

/** The numbers of the columns as the form has them, '' where it has none; null when it numbers none. */
export function numberRow(table: HeadedColumns): string[] | null {
  if (!table.labelNumber && !table.columns.some(({ number }) => number)) return null
  const lead = isOrdered(table) ? ['(1)', '(2)'] : [table.labelNumber ?? '']
  return [...lead, ...table.columns.map(({ number }) => number ?? '')]
}

const ROMAN = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X']

/** What stands before each row: 1, 2, 3; where rows stand under others I, 1, 2, II, 1 and nothing further down. */
export function orderTexts(rows: readonly ReportRow[]): string[] {
  const isDeep = rows.some(({ depth }) => depth)
  let [outer, inner] = [0, 0]
  return rows.map(({ depth = 0 }) => {
    if (depth > 1) return ''
    if (depth === 1) {
      inner += 1
      return String(inner)
    }
    outer += 1
    inner = 0
    return isDeep ? (ROMAN[outer] ?? String(outer)) : String(outer)
  })
}

/** A column's head with all that stands over it, for where there is only one line: "Đã giải quyết – Tổng số". */
export function fullHead({ groups = [], head }: Pick<ReportColumn, 'groups' | 'head'>): Words {
  const said = (language: 0 | 1) => [...groups, head].map(words => words[language]).join(' – ')
  return [said(0), said(1)]
}
