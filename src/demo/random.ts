/** A number from 0 up to, not including, 1; the same row of numbers for the same seed. */
export type Random = () => number

/** A generator of its own for each thing that is drawn (mulberry32 on an FNV-1a hash of its name), so one draw more here changes nothing there. */
export function seeded(...name: (string | number)[]): Random {
  let state = 0x811c9dc5
  for (const char of name.join('/')) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

export function chance(random: Random, probability: number): boolean {
  return random() < probability
}

/** A number from `low` up to `high`. */
export function between(random: Random, low: number, high: number): number {
  return low + random() * (high - low)
}

/** A whole number from `low` to `high`, both possible. */
export function whole(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1))
}

/** One of a list. Throws Error on an empty one. */
export function pick<T>(random: Random, list: readonly T[]): T {
  const picked = list[Math.floor(random() * list.length)]
  if (picked === undefined) throw new Error('nothing to pick from')
  return picked
}

/** An urn: each thing is drawn as often as its weight says. */
export type Urn<T> = { things: readonly T[]; upTo: readonly number[]; total: number }

export function urn<T>(things: readonly T[], weightOf: (thing: T) => number): Urn<T> {
  let total = 0
  const upTo = things.map(thing => {
    total += weightOf(thing)
    return total
  })
  return { things, upTo, total }
}

/** Throws Error on an empty urn. */
export function draw<T>(random: Random, { things, upTo, total }: Urn<T>): T {
  const at = random() * total
  let low = 0
  let high = upTo.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((upTo[middle] ?? 0) > at) high = middle
    else low = middle + 1
  }
  const drawn = things[low]
  if (drawn === undefined) throw new Error('the urn is empty')
  return drawn
}
