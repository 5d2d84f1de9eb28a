import { Refusal } from '#src/platform/refusal.ts'

/**
 * Where a page of a list ends: in which of its parts, at which agency, by which instant (microseconds since 1970, null for none) and which
 * dossier. `after`: null at the beginning of the part.
 */
export type ListPlace = { part: number; after: { agencyId: number; key: number | null; id: number } | null }

export function placeText({ part, after }: ListPlace): string {
  return [part, after?.agencyId ?? 0, after?.key ?? '-', after?.id ?? 0].join('.')
}

/** Throws `invalid` for anything placeText did not write. */
export function readPlace(text: string | null): ListPlace {
  if (text === null) return { part: 0, after: null }
  const found = /^([0-2])\.(\d{1,9})\.(-|\d{1,17})\.(\d{1,15})$/u.exec(text)
  if (!found) throw new Refusal('invalid', 'cursor-unusable', { field: 'cursor' })
  const [, part, agencyId, key, id] = found
  return {
    part: Number(part),
    after: { agencyId: Number(agencyId), key: key === '-' ? null : Number(key), id: Number(id) },
  }
}
