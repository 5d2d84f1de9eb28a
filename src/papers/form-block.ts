import { moneyText, wallClock } from '#src/platform/text.ts'
import type { FormComponent } from './statutory-form.ts'

/** A stretch of text; `b` bold, `i` italic. Plain data: what people wrote never becomes markup. */
export type Run = string | { b: string } | { i: string }

/** A labelled value; an empty one prints dots to write on. */
export type Line = {
  label: string
  value: string | null
  strong?: boolean
  /** Part of the row's width, 1 unless given. */
  share?: number
}

/** One person who signs; `name` empty leaves room for handwriting. */
export type Signature = { role: string; hint: string; name: string }

export type Cell = { text: string; colspan?: number; rowspan?: number }

export type Table = {
  is: 'table'
  /** Share of the width per column; text columns get what the numbers leave. */
  widths: number[]
  head: Cell[][]
  /** A row of column numbers (1) (2) … under the head, as registers have. */
  numbered?: boolean
  align: ('left' | 'center' | 'right')[]
  rows: string[][]
  /** Points below the form's body size. */
  smaller?: number
}

/** What a form consists of, in reading order; laid out by `form-layout.ts`. */
export type Block =
  | { is: 'lines'; lines: Line[] }
  | { is: 'para'; runs: Run[]; indent?: boolean; center?: boolean }
  | { is: 'note'; text: string }
  | Table
  | { is: 'signatures'; left: Signature | { recipients: string[] } | null; right: Signature }

const two = (n: number) => String(n).padStart(2, '0')

/** `ngày 05 tháng 3 năm 2026`: days below 10 and months below 3 get a zero (Decree 30/2020, annex I). */
export function longDate(at: Date): string {
  const { year, month, day } = wallClock(at)
  return `ngày ${two(day)} tháng ${month < 3 ? two(month) : month} năm ${year}`
}

/** `16 giờ 30 phút, ngày 05 tháng 3 năm 2026` */
export function longInstant(at: Date): string {
  const { hour, minute } = wallClock(at)
  return `${two(hour)} giờ ${two(minute)} phút, ${longDate(at)}`
}

/** Whole đồng in words for papers: `1.024.000 đồng`. */
export function dongText(amount: number): string {
  return moneyText(amount).replace(/đ$/u, 'đồng')
}

/** Two short lines share one row of the form. */
export function pair(left: Line, right: Line): Block {
  return { is: 'lines', lines: [left, right] }
}

export function line(label: string, value: string | null, strong = false): Block {
  return { is: 'lines', lines: [{ label, value, strong }] }
}

export function para(...runs: Run[]): Block {
  return { is: 'para', runs }
}

/** A paragraph of a letter: first line indented. */
export function letterPara(...runs: Run[]): Block {
  return { is: 'para', runs, indent: true }
}

export const byHand = '(Ký và ghi rõ họ tên)'

/** The table of papers with the counts of originals, certified copies and photocopies. */
export function componentTable(components: (FormComponent & { note?: string | null })[], withNotes = false): Table {
  const head = [
    'TT',
    'Tên giấy tờ',
    'Bản chính',
    'Bản chứng thực',
    'Bản photo',
    ...(withNotes ? ['Nội dung cần hoàn thiện'] : []),
  ]
  return {
    is: 'table',
    widths: withNotes ? [5, 32, 10, 15, 10, 28] : [6, 56, 11, 16, 11],
    head: [head.map(text => ({ text }))],
    align: ['center', 'left', 'center', 'center', 'center', 'left'],
    rows: components.map((c, i) => [
      String(i + 1),
      c.name,
      String(c.originals),
      String(c.certified),
      String(c.copies),
      ...(withNotes ? [c.note ?? ''] : []),
    ]),
  }
}
