import { fold } from '#src/platform/text.ts'

/** What a name is called by inside the platform: lower case without diacritics, at most `max` characters, cut between words. */
export function slugOf(name: string, max: number): string {
  const words = fold(name)
    .split(/[^a-z0-9]+/u)
    .filter(Boolean)
  const kept: string[] = []
  for (const word of words) {
    if ([...kept, word].join('-').length > max) break
    kept.push(word)
  }
  const slug = kept.join('-')
  if (/^[a-z]/u.test(slug)) return slug
  return slug
    ? `b-${slug}`.slice(0, max).replace(/-$/u, '')
    : words[0]?.replace(/^[^a-z]+/u, '').slice(0, max) || 'buoc'
}

/** The slug, or the slug with the first number that makes it unlike every one taken. */
export function freeSlug(name: string, taken: ReadonlySet<string>, max = 60): string {
  const slug = slugOf(name, max - 4)
  if (!taken.has(slug)) return slug
  let n = 2
  while (taken.has(`${slug}-${n}`)) n += 1
  return `${slug}-${n}`
}

/** A name as a field: `Diện tích đất` → `dienTichDat`, as conditions call it (`form.dienTichDat`). */
export function fieldOf(name: string, taken: ReadonlySet<string>): string {
  const camel = slugOf(name, 36).replace(/-([a-z0-9])/gu, (_, letter: string) => letter.toUpperCase())
  if (!taken.has(camel)) return camel
  let n = 2
  while (taken.has(`${camel}${n}`)) n += 1
  return `${camel}${n}`
}
