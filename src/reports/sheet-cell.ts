import { localDate } from '#src/calendar/local-date.ts'
import type { Cell, CellKind } from './report.ts'

/** How a spreadsheet writes each kind; a share is a real percentage there, so that it can be counted with. */
const formats: Record<CellKind, string> = {
  text: '@',
  count: '#,##0',
  money: '#,##0',
  percent: '0.0#%',
  number: '#,##0.0#',
  day: 'dd/mm/yyyy',
  instant: 'hh:mm dd/mm/yyyy',
  dossier: '@',
}
export const sheetFormat = (kind: CellKind) => formats[kind]

const widths: Record<CellKind, number> = {
  text: 28,
  count: 12,
  money: 16,
  percent: 11,
  number: 11,
  day: 12,
  instant: 17,
  dossier: 26,
}
export const sheetWidth = (kind: CellKind) => widths[kind]

const OFFSET_MS = 7 * 3_600_000

/** A cell's value there. Its days and hours have no zone: what the clock in Vietnam shows is what stands in every office. */
export function sheetValue(cell: Cell | undefined, kind: CellKind): Cell {
  if (cell === undefined || cell === null) return null
  if (cell instanceof Date) {
    return kind === 'day' ? new Date(`${localDate(cell)}T00:00:00Z`) : new Date(cell.getTime() + OFFSET_MS)
  }
  if (kind === 'percent' && typeof cell === 'number') return cell / 100
  return cell
}

/** A name a sheet may have: 31 characters, none of []:*?/\ and no apostrophe at its ends. */
export function sheetName(title: string): string {
  return title
    .replace(/[[\]:*?/\\]/gu, ' ')
    .slice(0, 31)
    .replace(/^'+|'+$/gu, '')
    .trim()
}
