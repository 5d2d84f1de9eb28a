import type { GraphNode } from './picture-graph.ts'

/** Pixels throughout, x to the right and y down, from the upper left corner of a picture. */
export type Point = [x: number, y: number]
export type Box = { x: number; y: number; width: number; height: number }

/** Words of an edge: `y` of the first line's baseline. `quiet`: of the only way on from a step, which a picture may leave out. */
export type EdgeLabel = { x: number; y: number; anchor: 'start' | 'end'; lines: string[]; quiet: boolean }

/** A node on its way to a place: `column` counts through all lanes; `x` and `y` are set when the strips around it are known. */
export type Placed = Box & { node: GraphNode; column: number; lines: string[] }
/** `laneOf[column]`: number of the lane a column belongs to. */
export type Columns = { of: Map<string, number>; laneOf: number[] }

/** Room for the lanes' names above the first row. */
export const LANE_HEAD = 52
/** Width of a column and of a box in it. */
export const COLUMN = 184
export const BOX = 172
/** Type sizes and heights of the parts of a box: the head (hours, state), a line of the name, the foot (who), one of those asked. */
export const boxText = {
  size: 13.5,
  line: 17,
  small: 12,
  padding: 12,
  head: 28,
  foot: 22,
  asked: 24,
  mostAsked: 4,
  stack: 6,
}
/** Type size and line height of the words of an edge; width and number of their lines; the least width on a level line, and that beside a return. */
export const edgeText = { size: 12, line: 14, width: 96, most: 2, level: 132, beside: 68 }

export const middle = ({ x, width }: Box): number => x + width / 2

/** Widths of letters as shares of the type size, measured on Be Vietnam Pro and rounded up: a picture made on the server has no ruler. */
const narrow = /[iljtfrI.,:;'’|()[\]/\- ]/u
const wide = /[mwMWĐÔƠĂÂQGOC@%—…]/u

/** Width of a line in pixels, within a few per cent. Marks that stand over a letter take no room. */
export function textWidth(text: string, size: number): number {
  let ems = 0
  for (const letter of text.normalize('NFC')) {
    const base = letter.normalize('NFD')[0] ?? letter
    ems += narrow.test(base) ? 0.34 : wide.test(letter) || wide.test(base) ? 0.84 : /\p{Lu}/u.test(base) ? 0.7 : 0.59
  }
  return ems * size
}

/** Lines of at most `width` pixels; what does not fit into `most` lines ends in an ellipsis. Words wider than a line are cut. */
export function wrapText(text: string, { width, size, most }: { width: number; size: number; most: number }): string[] {
  const words = text.trim().split(/\s+/u)
  const lines: string[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    const last = lines.at(-1)
    const joined = last === undefined ? word : `${last} ${word}`
    if (last !== undefined && textWidth(joined, size) <= width) lines[lines.length - 1] = joined
    else if (lines.length < most) lines.push(shorten(word, width, size))
    else {
      lines[most - 1] = shorten(`${last} ${words.slice(i).join(' ')}`, width, size)
      break
    }
  }
  return lines
}

function shorten(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text
  const letters = [...text]
  while (letters.length > 1 && textWidth(`${letters.join('')}…`, size) > width) letters.pop()
  return `${letters.join('').trimEnd()}…`
}
