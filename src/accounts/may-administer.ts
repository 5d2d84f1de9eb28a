import type { Actor } from '#src/platform/ctx.ts'

/** Administrators, and the platform itself (command line, demo). */
export function mayAdminister(actor: Actor): boolean {
  return actor.kind === 'system' || (actor.kind === 'officer' && actor.role === 'admin')
}
