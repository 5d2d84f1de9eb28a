import type { Officer, Role } from '#src/platform/ctx.ts'
import type { Dossier } from './dossier.ts'
import { awaitedOpinions } from './held-step.ts'

/** Whose turn it is: an agency and role, and a person once one is named. No role while a dossier elsewhere is waited for. */
export type Holder = { agencyId: number; role: Role | null; accountId: number | null }

/** The one who answers for the dossier now; null when it has ended. Paused dossiers stay with the officer who answers for them. */
export function holderOf(d: Dossier): Holder | null {
  const desk: Holder = { agencyId: d.receivingAgencyId, role: 'intake', accountId: null }
  switch (d.state) {
    case 'draft':
    case 'submitted':
    case 'supplement-at-intake':
      return d.supplementProposal ? { ...desk, role: 'leader' } : desk
    case 'result-ready':
      return desk
    case 'refused-at-intake':
    case 'closed':
    case 'withdrawn':
    case 'stopped':
      return null
    default:
      return stepHolder(d)
  }
}

/**
 * Of a dossier under way: the leader while a further request for papers waits for one; the first agency still to answer while
 * opinions are asked for, in the order of the process, so that every hour is one agency's and stays so; else whose step it is.
 */
function stepHolder(d: Dossier): Holder {
  const { step } = d
  if (!step) return { agencyId: d.competentAgencyId, role: 'leader', accountId: null }
  if (d.supplementProposal) return { agencyId: step.agencyId, role: 'leader', accountId: null }
  const [asked] = awaitedOpinions(d)
  const { agencyId, role, accountId } = asked ?? step
  return { agencyId, role, accountId }
}

/** For whom an officer acts: themselves, or the one in whose place they stand. Work in hand is that person's. */
export function actingAccount(officer: Officer): number {
  return officer.onBehalfOf?.accountId ?? officer.accountId
}

/** The post and home visitors are the desk's arms. */
export function actsAs(officer: Officer, role: Role | null): boolean {
  if (officer.role === role) return true
  return role === 'intake' && (officer.role === 'postal' || officer.role === 'home')
}

type Place = { agencyId: number; role: Role | null; accountId: number | null }

/** Whether a piece of work waits for this officer: their agency and role, and nobody else's by name. */
export function isFor(place: Place, officer: Officer): boolean {
  const mine = place.accountId === null || place.accountId === actingAccount(officer)
  return place.agencyId === officer.agencyId && actsAs(officer, place.role) && mine
}

/** Whether the step under way is this officer's work; in a consultation nobody has more to do than answer. */
export function hasStep({ step }: Pick<Dossier, 'step'>, officer: Officer): boolean {
  return step !== null && step.kind !== 'consult' && isFor(step, officer)
}

export type Seen = Pick<Dossier, 'receivingAgencyId' | 'competentAgencyId'> & { partnerIds: readonly number[] }

/** Province-wide oversight reads every dossier; other officers those their agency receives, resolves or has or had a part in. */
export function maySee(d: Seen, officer: Officer): boolean {
  if (officer.role === 'director' || officer.role === 'control') return true
  if (officer.role === 'admin' || officer.role === 'reform') return false
  return [d.receivingAgencyId, d.competentAgencyId, ...d.partnerIds].includes(officer.agencyId)
}

type Parts = 'receivingAgencyId' | 'competentAgencyId' | 'holdings' | 'opinions' | 'step' | 'children' | 'relatives'

/**
 * Agencies besides the receiving and the competent one that have or had a part in a dossier, those of the dossiers opened for it, and
 * those of the ones it was opened for: an interconnected matter is followed by all who work on it.
 */
export function partnersOf(d: Pick<Dossier, Parts>): number[] {
  const parts = [...d.holdings, ...d.opinions, ...d.children, ...(d.step ? [d.step] : [])]
  const all = [...parts.map(({ agencyId }) => agencyId), ...d.relatives]
  const others = all.filter(id => id !== d.receivingAgencyId && id !== d.competentAgencyId)
  return [...new Set(others)].sort((a, b) => a - b)
}

/** Whose opinions are awaited, as the work lists look for them: `31:specialist`, or `31:specialist:57` by name. */
export function askedOf(d: Dossier): string[] {
  const awaited = d.pausedAt || d.supplementProposal ? [] : awaitedOpinions(d)
  return awaited.map(({ agencyId, role, accountId }) =>
    [agencyId, role, accountId].filter(one => one !== null).join(':'),
  )
}
