import type { Command } from '#src/dossiers/command.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'

/** `isPlain`: asks nothing, so it may stand on the dossier's page as a button of its own. */
export type Arranged = { type: string; label: readonly [vi: string, en: string]; isPlain: boolean }

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
  'change-process',
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
function isRepeat(type: string, dossier: Dossier): boolean {
  return (type === 'appraise' && dossier.appraisal !== null) || (type === 'assign' && dossier.specialistId !== null)
}

/** The next step, what stands beside it, and what is seldom done; `allowed` in the order of a dossier's life. */
export function arrangeCommands(
  dossier: Dossier,
  allowed: readonly Command[],
): { primary: Arranged | undefined; secondary: Arranged[]; rare: Arranged[] } {
  const shown = allowed.map(({ type, label }) => ({
    type,
    label: isRepeat(type, dossier) ? again(type, label) : type === 'save-draft' ? editDraft : label,
    isPlain: plainTypes.has(type),
  }))
  const isAside = ({ type }: Arranged) => rareTypes.has(type) || isRepeat(type, dossier)
  const primary = shown.find(one => !isAside(one) && !sideTypes.has(one.type))
  return {
    primary,
    secondary: shown.filter(one => one !== primary && !isAside(one)),
    rare: shown.filter(one => one !== primary && isAside(one)),
  }
}

const editDraft = ['Sửa bản nháp', 'Edit the draft'] as const

function again(type: string, label: Arranged['label']): Arranged['label'] {
  return type === 'assign' ? ['Phân công lại', 'Assign again'] : [`${label[0]} lại`, `${label[1]} again`]
}
