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
/** Type size and line height of the words of an edge; width and number of their lines, and the width beside a return. */
export const edgeText = { size: 12, line: 14, width: 96, most: 2, beside: 68 }

export const middle = ({ x, width }: Box): number => x + width / 2
