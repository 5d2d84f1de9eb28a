import type { Dossier } from '#src/dossiers/dossier.ts'
import { awaitedOpinions } from '#src/dossiers/held-step.ts'
import type { Told } from '#src/dossiers/tell-officer.ts'

/** Who had work on a dossier by name, before and after: `step` or an opinion's key. */
function handsOn(d: Dossier): Map<string, number> {
  const pieces = [
    ...awaitedOpinions(d).map(o => [o.key, o.accountId] as const),
    [d.step?.key ?? '', d.step?.accountId] as const,
  ]
  return new Map(pieces.filter((piece): piece is [string, number] => typeof piece[1] === 'number'))
}

/** Work given to someone, or taken from them though they had not done it: they are told. */
export function workChanges(before: Dossier, after: Dossier): Told[] {
  const had = handsOn(before)
  const has = handsOn(after)
  const done = before.step?.key !== after.step?.key
  const about = (kind: string, accountId: number, piece: string): Told => ({
    accountId,
    kind,
    dossierId: after.id,
    key: `${kind}:${after.id}:${after.version}`,
    params: { step: after.step?.name ?? before.step?.name ?? '', piece },
  })
  const given = [...has]
    .filter(([piece, who]) => had.get(piece) !== who)
    .map(([piece, who]) => about('work-given', who, piece))
  const taken = [...had]
    .filter(([piece, who]) => !done && has.get(piece) !== who && (has.has(piece) || after.step?.key === piece))
    .map(([piece, who]) => about('work-taken', who, piece))
  return [...given, ...taken]
}
