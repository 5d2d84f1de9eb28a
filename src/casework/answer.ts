import { createHash } from 'node:crypto'
import type { Dossier, State } from '#src/dossiers/dossier.ts'
import type { RecordedDue } from '#src/dossiers/dossier-event.ts'
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

/** What was promised when an event was written; `promise` of asAnswered. */
export type Promised = Pick<RecordedDue, 'provisional' | 'gaps'> | null

/** Of an event `e`: the dossier's code and its promise as they stood then, whatever has happened since. */
export const asAnswered = {
  code: `(SELECT g.code FROM dossier_event g WHERE g.dossier_id = e.dossier_id AND g.seq <= e.seq AND g.code IS NOT NULL)`,
  promise: `(SELECT CASE g.type WHEN 'extended' THEN g.payload ELSE g.payload -> 'due' END FROM dossier_event g
    WHERE g.dossier_id = e.dossier_id AND g.seq <= e.seq AND (g.type = 'extended' OR g.payload ->> 'due' IS NOT NULL)
    ORDER BY g.seq DESC LIMIT 1)`,
}

export const promisedThen = (promise: Promised) => ({
  provisional: promise?.provisional ?? false,
  gaps: promise?.gaps ?? [],
})

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
