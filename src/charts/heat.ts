/** How strongly a cell or area is marked: 0 not at all, 5 most. */
export type Heat = 0 | 1 | 2 | 3 | 4 | 5

const limits = [0, 2, 5, 10, 20]

/** Of a share of what is late, 0 to 100: none, up to 2, 5, 10, 20, more. The same share is marked the same everywhere. */
export function rateHeat(percent: number | null): Heat {
  return limits.filter(limit => (percent ?? 0) > limit).length as Heat
}
