import type { Clock } from './clock.ts'
import type { Db } from './db.ts'
import type { Log } from './log.ts'

export const roles = [
  'admin',
  'director',
  'intake',
  'specialist',
  'leader',
  'clerk',
  'cashier',
  'postal',
  'home',
  'control',
  'reform',
] as const
export type Role = (typeof roles)[number]

/**
 * In whose place an officer acts for a time, and by what written decision: the competence stays the absent one's.
 * `until` is the ISO 8601 instant (UTC) at which it ends by itself.
 */
export type OnBehalfOf = { accountId: number; name: string; ground: string; delegationId: number; until: string }

/**
 * An officer acting in one of their assignments, or in an absent colleague's (`onBehalfOf`): then role, agency, service point and
 * `assignmentId` are the absent one's, while `accountId` and `name` stay those of the person who acts.
 */
export type Officer = {
  kind: 'officer'
  accountId: number
  assignmentId: number
  name: string
  role: Role
  agencyId: number
  agencyCode: string
  servicePointId: number | null
  onBehalfOf?: OnBehalfOf
}
export type Citizen = { kind: 'citizen'; accountId: number; name: string; idNumber: string; phone: string }
export type Visitor = { kind: 'visitor' }
/** The platform itself: scheduled jobs, the command line. */
export type System = { kind: 'system'; name: string }
export type Actor = Officer | Citizen | Visitor | System

export type Ctx = { db: Db; clock: Clock; actor: Actor; log: Log }

/** The actor as written into ledger and audit: `officer:12`, `citizen:7`, `visitor`, `system:worker`. */
export function actorRef(actor: Actor): string {
  if (actor.kind === 'officer' || actor.kind === 'citizen') return `${actor.kind}:${actor.accountId}`
  return actor.kind === 'system' ? `system:${actor.name}` : 'visitor'
}
