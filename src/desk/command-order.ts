import type { Command } from '#src/dossiers/command.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import { awaitedOpinions, type FreeExit } from '#src/dossiers/held-step.ts'

/** `isPlain`: asks nothing, so it may stand on the dossier's page as a button of its own. */
export type Arranged = { type: string; label: readonly [vi: string, en: string]; isPlain: boolean }

/** `exits`: ways out of the step under way that may be chosen; they are buttons of their own, by their names. */
export type ArrangedCommands = {
  primary: Arranged | undefined
  secondary: Arranged[]
  rare: Arranged[]
  exits: readonly FreeExit[]
}

/** Done seldom, or never as the next step: behind the menu. */
const rareTypes = new Set([
  'note',
  'pause',
  'extend',
  'correct',
  'withdraw',
  'stop',
  'refuse',
  'release',
  'take-back',
  'change-process',
  'end-child-wait',
  'link',
])
/** Beside the next step, never the next step itself. */
const sideTypes = new Set([
  'request-supplement',
  'reject-back',
  'decline-supplement',
  'collect-fee',
  'save-draft',
  'claim',
])
const plainTypes = new Set(['forward', 'result-ready'])

/** A step already done for this dossier can be done again, but is not what comes next. */
function isRepeat(type: string, dossier: Dossier, agencyId: number | null): boolean {
  if (type === 'appraise') return dossier.appraisal !== null
  return type === 'assign' && isGivenOut(dossier, agencyId)
}

/** The agency's own part of a consultation, or the step, has its person. */
function isGivenOut(dossier: Dossier, agencyId: number | null): boolean {
  const asked = awaitedOpinions(dossier).filter(opinion => opinion.agencyId === agencyId)
  if (asked.length > 0) return asked.every(({ accountId }) => accountId !== null)
  return dossier.step?.kind !== 'assign' && dossier.step?.accountId !== null
}

/** The next step, what stands beside it, and what is seldom done, for an officer of this agency; `allowed` in the order of a dossier's life. */
export function arrangeCommands(
  dossier: Dossier,
  allowed: readonly Command[],
  agencyId: number | null,
): ArrangedCommands {
  const named = allowed.filter(({ type }) => type !== 'complete-step')
  const shown = named.map(({ type, label }) => ({
    type,
    label: isRepeat(type, dossier, agencyId) ? again(type, label) : type === 'save-draft' ? editDraft : label,
    isPlain: plainTypes.has(type),
  }))
  const isAside = ({ type }: Arranged) => rareTypes.has(type) || isRepeat(type, dossier, agencyId)
  const primary = shown.find(one => !isAside(one) && !sideTypes.has(one.type))
  return {
    primary,
    secondary: shown.filter(one => one !== primary && !isAside(one)),
    rare: shown.filter(one => one !== primary && isAside(one)),
    exits: named.length < allowed.length ? (dossier.step?.exits ?? []) : [],
  }
}

const editDraft = ['Sửa bản nháp', 'Edit the draft'] as const

function again(type: string, label: Arranged['label']): Arranged['label'] {
  return type === 'assign' ? ['Phân công lại', 'Assign again'] : [`${label[0]} lại`, `${label[1]} again`]
}
