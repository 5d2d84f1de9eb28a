import { localDate } from '#src/calendar/local-date.ts'
import { dateText, instantText, isoLocal, moneyText, type T } from '#src/platform/text.ts'
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

/** What is signed or sent is in Vietnamese, whatever the page it was asked for on. */
const inVietnamese: T = vi => vi

/** A cell as people read it: 1.024, 59,7 %, 14/06/2026; figures as the language of `t` parts them. Nothing for what is not known. */
export function cellText(cell: Cell | undefined, kind: CellKind, t: T = inVietnamese): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return kind === 'day' ? dateText(cell) : instantText(cell)
  if (typeof cell === 'string') return cell
  if (kind === 'money') return t(moneyText(cell), `${figureText(Math.trunc(cell), t)} đ`)
  if (kind === 'percent') return `${figureText(cell, t)}%`
  return figureText(kind === 'count' ? Math.round(cell) : cell, t)
}

/** At most two decimals: `1.234,5` in Vietnamese, `1,234.5` in English. */
export function figureText(value: number, t: T = inVietnamese): string {
  const [whole = '', decimals = ''] = Math.abs(value).toFixed(2).split('.')
  const sign = value < 0 && Number(value.toFixed(2)) !== 0 ? '−' : ''
  const rest = decimals.replace(/0+$/u, '')
  const written = (mark: string, point: string) =>
    `${sign}${whole.replace(/\B(?=(\d{3})+$)/gu, mark)}${rest && `${point}${rest}`}`
  return t(written('.', ','), written(',', '.'))
}

/** A cell for machines: days as local dates, instants with the offset of Vietnam. */
export function cellValue(cell: Cell | undefined, kind: CellKind): string | number | null {
  if (cell instanceof Date) return kind === 'day' ? localDate(cell) : isoLocal(cell)
  return cell ?? null
}
