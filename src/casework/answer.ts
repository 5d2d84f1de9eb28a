import { createHash } from 'node:crypto'
import type { Dossier, State } from '#src/dossiers/dossier.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'

/** What every command answers, first time or repeated: the dossier as that command left it. */
export type Answer = {
  id: number
  code: string | null
  version: number
  state: State
  receivedAt: Date | null
  dueAt: Date | null
  provisional: boolean
  gaps: number[]
  trackingSecret: string
}

/** States in which a dossier has not been received: an answer recorded in one of them promised nothing. */
export const beforeReception: readonly State[] = ['draft', 'submitted', 'supplement-at-intake', 'refused-at-intake']

/** Tells a repeat of the same request from another request that reuses its id. */
export function digestOf(...parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)
}

export function answerOf(d: Dossier): Answer {
  return {
    id: d.id,
    code: d.code,
    version: d.version,
    state: d.state,
    receivedAt: d.receivedAt,
    dueAt: d.dueAt,
    provisional: d.dueProvisional,
    gaps: d.dueGaps,
    trackingSecret: d.trackingSecret,
  }
}

/** The officer acting, or a refusal: only officers carry out commands on dossiers. */
export function officerIn(ctx: Ctx): Officer {
  if (ctx.actor.kind === 'visitor') throw new Refusal('unauthenticated', 'sign-in-needed')
  if (ctx.actor.kind !== 'officer') throw new Refusal('forbidden', 'officers-only')
  return ctx.actor
}
