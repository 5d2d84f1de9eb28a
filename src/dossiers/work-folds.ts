import type { Dossier } from './dossier.ts'
import type { DossierEvent, EventPayloads, EventType } from './dossier-event.ts'
import type { Opinion } from './held-step.ts'
import { seat } from './move.ts'

/** What events about the work itself change: who has it, what they found, what they asked others. */
type Fold<K extends EventType> = (d: Dossier, payload: EventPayloads[K], event: DossierEvent) => Partial<Dossier>

/** The opinion of this key that is still awaited, changed. */
const withOpinion = (d: Dossier, key: string, change: Partial<Opinion>) => ({
  opinions: d.opinions.map(o => (o.key === key && !o.answeredAt && !o.closedAt ? { ...o, ...change } : o)),
})

/** Another specialist of the resolving agency appraises anew; what has been approved stays, whoever does the steps after it. */
export const assigned: Fold<'assigned'> = (d, p) => {
  if (p.opinion !== undefined) return withOpinion(d, p.opinion, { accountId: p.specialistId })
  const agencyId = p.agencyId ?? d.competentAgencyId
  const resolves = agencyId === d.competentAgencyId
  return {
    state: 'in-process',
    ...(d.processId !== null && { assignees: { ...d.assignees, [seat(agencyId, 'specialist')]: p.specialistId } }),
    ...taken(d, agencyId, p.specialistId),
    ...(resolves && { specialistId: p.specialistId }),
    ...(resolves && d.specialistId !== p.specialistId && isAppraised(d) && { appraisal: null, result: null }),
  }
}

/** The work given out is the appraisal, or lies before the approval. */
const isAppraised = ({ step, outcomes }: Dossier): boolean =>
  step === null || ['assign', 'appraise'].includes(step.kind) || !Object.values(outcomes).includes('approved')

/** The step goes to a person, if it is one for specialists of their agency. */
const taken = (d: Dossier, agencyId: number, accountId: number) =>
  d.step?.role === 'specialist' && d.step.agencyId === agencyId ? { step: { ...d.step, accountId } } : {}

export const stepCompleted: Fold<'step-completed'> = (d, p) =>
  Object.keys(p.data).length > 0 ? { form: { ...d.form, ...p.data } } : {}

export const claimed: Fold<'claimed'> = (d, p) => {
  if (p.opinion !== null) return withOpinion(d, p.opinion, { accountId: p.accountId })
  if (!d.step?.role) return {}
  const { agencyId, role } = d.step
  return {
    step: { ...d.step, accountId: p.accountId },
    assignees: { ...d.assignees, [seat(agencyId, role)]: p.accountId },
    ...(role === 'specialist' && agencyId === d.competentAgencyId && { specialistId: p.accountId }),
  }
}

export const released: Fold<'released'> = (d, p) => {
  if (p.opinion !== null) return withOpinion(d, p.opinion, { accountId: null })
  if (!d.step?.role) return {}
  const { agencyId, role } = d.step
  const { [seat(agencyId, role)]: _, ...assignees } = d.assignees
  return {
    step: { ...d.step, accountId: null },
    assignees,
    ...(role === 'specialist' && agencyId === d.competentAgencyId && { specialistId: null }),
  }
}

export const opinionGiven: Fold<'opinion-given'> = (d, p, e) => {
  const { answer, document, note } = p
  return withOpinion(d, p.opinion, { answeredAt: e.at, answer, document, note })
}

export const childOpened: Fold<'child-opened'> = (d, p, e) => {
  const { step, ...child } = p
  return {
    children: [...d.children, { ...child, openedAt: e.at, endedAt: null, outcome: null }],
    ...(d.step?.key === step && d.step.kind === 'child' && { step: { ...d.step, childId: p.id } }),
  }
}

export const childEnded: Fold<'child-ended'> = (d, p, e) => ({
  children: d.children.map(child => (child.id === p.id ? { ...child, endedAt: e.at, outcome: p.outcome } : child)),
})
