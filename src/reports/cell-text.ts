import { localDate } from '#src/calendar/local-date.ts'
import { dateText, instantText, isoLocal, moneyText } from '#src/platform/text.ts'
import type { Cell, CellKind } from './report.ts'

const isFigure: Record<CellKind, boolean> = {
  text: false,
  count: true,
  money: true,
  percent: true,
  number: true,
  day: false,
  instant: false,
  dossier: false,
}

/** Stands to the right, so that digits are under each other. */
export const isNumeric = (kind: CellKind) => isFigure[kind]

/** A cell as people read it: 1.024, 59,7 %, 14/06/2026. Nothing for what is not known. */
export function cellText(cell: Cell | undefined, kind: CellKind): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return kind === 'day' ? dateText(cell) : instantText(cell)
  if (typeof cell === 'string') return cell
  if (kind === 'money') return moneyText(cell)
  if (kind === 'percent') return `${figureText(cell)}%`
  return kind === 'count' ? figureText(Math.round(cell)) : figureText(cell)
}

/** At most two decimals, after a comma; thousands parted by dots. */
export function figureText(value: number): string {
  const [whole = '', decimals = ''] = Math.abs(value).toFixed(2).split('.')
  const sign = value < 0 && Number(value.toFixed(2)) !== 0 ? '−' : ''
  const rest = decimals.replace(/0+$/u, '')
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/gu, '.')}${rest && `,${rest}`}`
}

/** A cell for machines: days as local dates, instants with the offset of Vietnam. */
export function cellValue(cell: Cell | undefined, kind: CellKind): string | number | null {
  if (cell instanceof Date) return kind === 'day' ? localDate(cell) : isoLocal(cell)
  return cell ?? null
}
