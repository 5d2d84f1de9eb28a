import { figureText } from '#src/reports/cell-text.ts'
import type { Cell } from '#src/reports/report.ts'
import type { DocumentPart, DocumentTable, Run } from './directive-report.ts'

export const text = (...runs: Run[]): DocumentPart => ({ kind: 'text', runs })
export const tablePart = (table: DocumentTable): DocumentPart => ({ kind: 'table', table })

export function numberOf(cell: Cell | undefined): number {
  return typeof cell === 'number' ? cell : 0
}

/** 1.024, with where it leads. */
export function figure(cell: Cell | undefined, href?: string): Run {
  const said = figureText(numberOf(cell))
  return href === undefined ? said : { text: said, href }
}

/** 59,7%; a dash where there is nothing to be a part of. */
export function shareText(part: number, of: number): string {
  return of === 0 ? '–' : `${figureText((100 * part) / of)}%`
}

/** "tăng 12,5% so với tháng trước". */
export function changeText(now: number, then: number, than: string): string {
  if (now === then) return `bằng ${than}`
  if (then === 0) return `${than} không phát sinh`
  const percent = figureText((100 * Math.abs(now - then)) / then)
  return `${now > then ? 'tăng' : 'giảm'} ${percent}% so với ${than}`
}

/** +12,5%, for a cell. */
export function changeCell(now: number, then: number): string {
  if (then === 0) return now === 0 ? '0%' : '–'
  const percent = (100 * (now - then)) / then
  return `${percent > 0 ? '+' : ''}${figureText(percent)}%`
}
