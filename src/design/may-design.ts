import type { Actor } from '#src/platform/ctx.ts'

/** Procedure control drafts, imports and submits for every procedure; the platform itself loads the demo province. */
export function mayDesign(actor: Actor): boolean {
  return actor.kind === 'system' || (actor.kind === 'officer' && actor.role === 'control')
}

/**
 * Who puts a process in force: the centre's director, or a leader of the one agency that resolves the procedure (`resolverId`, null
 * where each commune resolves its own or the process belongs to no procedure).
 */
export function mayApproveProcess(actor: Actor, resolverId: number | null): boolean {
  if (actor.kind !== 'officer') return actor.kind === 'system'
  return actor.role === 'director' || (actor.role === 'leader' && resolverId !== null && actor.agencyId === resolverId)
}
