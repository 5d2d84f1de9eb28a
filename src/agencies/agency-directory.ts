/** Codes and numbers of agencies, with who took the place of those that were merged. */
export type DirectoryEntry = { id: number; code: string; validTo: string | null; successorId: number | null }

export type AgencyDirectory = {
  /** Number of the agency of this code on a local day, or of its successor once it is no more; undefined when there is none. */
  idOf(code: string, day: string): number | undefined
  codeOf(id: number): string | undefined
}

export function agencyDirectory(entries: readonly DirectoryEntry[]): AgencyDirectory {
  const byCode = new Map(entries.map(entry => [entry.code, entry]))
  const byId = new Map(entries.map(entry => [entry.id, entry]))
  return {
    codeOf: id => byId.get(id)?.code,
    idOf: (code, day) => {
      let entry = byCode.get(code)
      // A merger may be followed by another, and a mistake by a ring.
      for (let steps = 0; entry?.validTo && entry.validTo <= day && entry.successorId && steps < 20; steps += 1) {
        entry = byId.get(entry.successorId)
      }
      return entry?.id
    },
  }
}
