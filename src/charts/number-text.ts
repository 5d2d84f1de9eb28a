import type { T } from '#src/platform/text.ts'

/** `12.480` in Vietnamese, `12,480` in English. */
export function countText(n: number, t: T): string {
  const digits = String(Math.round(n))
  return t(grouped(digits, '.'), grouped(digits, ','))
}

const grouped = (digits: string, mark: string) => digits.replace(/\B(?=(\d{3})+$)/gu, mark)

/** A share of 0 to 100 with one decimal: `98,6%`, all and none only where it is so; an en dash where there is nothing to share. */
export function percentText(share: number | null, t: T): string {
  if (share === null) return '–'
  const isPart = share > 0 && share < 100
  const tenths = Math.round(share * 10)
  const rounded = String((isPart ? Math.min(999, Math.max(1, tenths)) : tenths) / 10)
  return t(`${rounded.replace('.', ',')}%`, `${rounded}%`)
}

/** `part` of `whole` as 0 to 100, null of nothing. */
export function shareOf(part: number, whole: number): number | null {
  return whole > 0 ? (part / whole) * 100 : null
}
