import type { Officer, Role } from '#src/platform/ctx.ts'

/** A whole year and a leap day: whoever is away longer is replaced, not stood in for. */
export const MAX_DAYS = 366

/** An absent officer's assignment in a colleague's hands for a time. */
export type Delegation = {
  id: number
  assignmentId: number
  absent: Named
  substitute: Named
  role: Role
  agencyId: number
  agencyCode: string
  agency: string
  servicePoint: string | null
  /** Number of the written decision. */
  ground: string
  from: Date
  /** Excluded. */
  until: Date
  madeBy: string | null
  madeAt: Date
  revokedAt: Date | null
  revokedBy: string | null
  reason: string | null
}
export type Named = { accountId: number; username: string; name: string }

export const delegationStates = ['upcoming', 'in-force', 'ended', 'revoked'] as const
export type DelegationState = (typeof delegationStates)[number]

export function delegationState(d: Pick<Delegation, 'from' | 'until' | 'revokedAt'>, at: Date): DelegationState {
  if (d.revokedAt !== null) return 'revoked'
  if (d.until <= at) return 'ended'
  return d.from > at ? 'upcoming' : 'in-force'
}

/** Setting up the platform and watching over procedures stay with those appointed to it. */
export function isDelegable(role: Role): boolean {
  return role !== 'admin' && role !== 'control'
}

/** Whose place it is about: an assignment, or a delegation of it. */
type Whose = { accountId: number; agencyId: number }

/**
 * Who decides that someone is stood in for, and that it is over: the absent one, heads of their agency, administrators.
 * Nobody does while standing in for someone: a place lent is not passed on.
 */
export function mayDecide(officer: Officer, { accountId, agencyId }: Whose): boolean {
  if (officer.onBehalfOf) return false
  return officer.accountId === accountId || officer.role === 'admin' || isHeadOf(officer, agencyId)
}

/** Those who decide, and the one who stands in. Sight goes on while one acts for another. */
export function maySee(officer: Officer, d: Pick<Delegation, 'absent' | 'substitute' | 'agencyId'>): boolean {
  const own = [d.absent.accountId, d.substitute.accountId].includes(officer.accountId)
  return own || officer.role === 'admin' || isHeadOf(officer, d.agencyId)
}

export function isHeadOf(officer: Officer, agencyId: number): boolean {
  return (officer.role === 'leader' || officer.role === 'director') && officer.agencyId === agencyId
}
