import { scaleThreshold } from 'd3-scale'

/** How strongly a cell or area is marked: 0 not at all, 5 most. */
export type Heat = 0 | 1 | 2 | 3 | 4 | 5

const rate = scaleThreshold<number, Heat>([Number.MIN_VALUE, 2, 5, 10, 20], [0, 1, 2, 3, 4, 5])

/** Of a share of what is late, 0 to 100: none, up to 2, 5, 10, 20, more. The same share is marked the same everywhere. */
export function rateHeat(percent: number | null): Heat {
  return percent === null ? 0 : rate(percent)
}

/** Of a count beside the largest of its kind, in fifths. */
export function countHeat(n: number, largest: number): Heat {
  if (n <= 0 || largest <= 0) return 0
  return Math.min(5, Math.ceil((n / largest) * 5)) as Heat
}
