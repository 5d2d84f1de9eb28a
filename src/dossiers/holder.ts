import type { Officer, Role } from '#src/platform/ctx.ts'
import type { Dossier } from './dossier.ts'

/** Whose turn it is: an agency and role, and a person once one is named. */
export type Holder = { agencyId: number; role: Role; accountId: number | null }

/** Who has to act next; null when the dossier has ended. Paused dossiers stay with the officer who answers for them. */
export function holderOf(d: Dossier): Holder | null {
  const desk: Holder = { agencyId: d.receivingAgencyId, role: 'intake', accountId: null }
  const at = (role: Role, accountId: number | null = null): Holder => ({
    agencyId: d.competentAgencyId,
    role,
    accountId,
  })
  switch (d.state) {
    case 'draft':
    case 'submitted':
    case 'supplement-at-intake':
      return d.supplementProposal ? { agencyId: d.receivingAgencyId, role: 'leader', accountId: null } : desk
    case 'received':
      return d.forwarded ? at('leader') : desk
    case 'in-process':
      return d.supplementProposal ? at('leader') : at('specialist', d.specialistId)
    case 'supplement-requested':
    case 'financial-obligation':
      return at('specialist', d.specialistId)
    case 'pending-approval':
      return at('leader')
    case 'approved':
      return at('clerk')
    case 'result-ready':
      return desk
    default:
      return null
  }
}

/** Province-wide oversight reads every dossier; other officers those their agency receives or resolves. */
export function maySee(d: Pick<Dossier, 'receivingAgencyId' | 'competentAgencyId'>, officer: Officer): boolean {
  if (officer.role === 'director' || officer.role === 'control') return true
  if (officer.role === 'admin' || officer.role === 'reform') return false
  return officer.agencyId === d.receivingAgencyId || officer.agencyId === d.competentAgencyId
}
