import type { Told } from '#src/accounts/tell-officer.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import { awaitedOpinions } from '#src/dossiers/held-step.ts'

/** Who had work on a dossier by name, before and after: `step` or an opinion's key. */
function handsOn(d: Dossier): Map<string, number> {
  const pieces = [
    ...awaitedOpinions(d).map(o => [o.key, o.accountId] as const),
    [d.step?.key ?? '', d.step?.accountId] as const,
  ]
  return new Map(pieces.filter((piece): piece is [string, number] => typeof piece[1] === 'number'))
}

/** Whether a piece of work is still to be done, or the dossier was ended or moved away from it by somebody's decision. */
function isUndone(before: Dossier, after: Dossier, piece: string): boolean {
  const key = before.step?.key
  if (key !== undefined && after.step?.key !== key) return after.closedAt !== null || after.outcomes[key] === 'moved'
  return after.step?.key === piece || awaitedOpinions(after).some(opinion => opinion.key === piece)
}

/** Work given to someone, or taken from them though they had not done it: they are told. */
export function workChanges(before: Dossier, after: Dossier): Told[] {
  const had = handsOn(before)
  const has = handsOn(after)
  const about = (kind: string, accountId: number, piece: string): Told => ({
    accountId,
    kind,
    dossierId: after.id,
    key: `${kind}:${after.id}:${after.version}`,
    params: { step: (kind === 'work-taken' ? before : after).step?.name ?? '', piece },
  })
  const given = [...has]
    .filter(([piece, who]) => had.get(piece) !== who)
    .map(([piece, who]) => about('work-given', who, piece))
  const taken = [...had]
    .filter(([piece, who]) => has.get(piece) !== who && isUndone(before, after, piece))
    .map(([piece, who]) => about('work-taken', who, piece))
  return [...given, ...taken]
}
