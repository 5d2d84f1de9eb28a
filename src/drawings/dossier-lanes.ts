import type { T } from '#src/platform/text.ts'
import type { LaneNames } from './process-words.tsx'

export type DossierParties = {
  /** Names of the agencies that receive it and that decide on it. */
  receiving: string
  competent: string
  /** Those its process names by code: [code, name]. */
  others: Iterable<readonly [string, string]>
}

/** Names over the columns: the dossier's own agencies in place of the general words. Where one agency is both, its desk is told apart. */
export function dossierLanes({ receiving, competent, others }: DossierParties, t: T): LaneNames {
  const desk = receiving === competent ? t(`Bộ phận một cửa, ${receiving}`, `One-stop desk, ${receiving}`) : receiving
  return { ...Object.fromEntries(others), receiving: desk, competent }
}
