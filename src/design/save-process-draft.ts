import { isDeepStrictEqual } from 'node:util'
import { z } from '@hono/zod-openapi'
import { audit } from '#src/platform/audit.ts'
import type { Actor, Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { instantText } from '#src/platform/text.ts'
import { Process } from '#src/processes/process.ts'
import { mayDesign } from './may-design.ts'
import { insertDraft, lockProcess, type OpenVersion, renameProcess, updateDraft } from './process.store.ts'

export const SaveProcessDraft = z.strictObject({
  /** Of the draft that was changed; 0 to begin the next version, which no one may have begun meanwhile. */
  revision: z.int().min(0),
  definition: Process,
})
export type SaveProcessDraft = z.infer<typeof SaveProcessDraft> & { key: string }

/**
 * Writes the draft of a process, or begins the next version. A draft may be unfinished: it is checked when submitted. Sent twice it is
 * saved once. Throws `process-designers-only`, `process-not-found`, `process-submitted`, `process-draft-changed`, `process-draft-gone`.
 */
export async function saveProcessDraft(
  ctx: Ctx,
  input: SaveProcessDraft,
): Promise<{ version: number; revision: number }> {
  if (!mayDesign(ctx.actor)) throw new Refusal('forbidden', 'process-designers-only')
  return transact(ctx, async inner => {
    const found = await lockProcess(inner, input.key)
    if (!found) throw new Refusal('not-found', 'process-not-found')
    const { open, last, key } = found
    const { definition } = input
    const by = accountOf(inner.actor)
    if (!open) return begin(inner, { key, version: (last?.version ?? 0) + 1, definition, by }, input.revision)
    if (open.status === 'submitted') throw new Refusal('conflict', 'process-submitted')
    const { version } = open
    if (open.revision === input.revision + 1 && isDeepStrictEqual(open.definition, definition)) {
      return { version, revision: open.revision }
    }
    needRevision(open, input.revision)
    const revision = await updateDraft(inner, { id: open.id, definition, by })
    if (!last) await renameProcess(inner, key, definition.name)
    const detail = { version, revision }
    await audit(inner, { action: 'save-process-draft', subject: `process:${key}`, detail })
    return { version, revision }
  })
}

type Draft = { key: string; version: number; definition: Process; by: number | null }

async function begin(ctx: Ctx, draft: Draft, revision: number): Promise<{ version: number; revision: number }> {
  if (revision !== 0) throw new Refusal('conflict', 'process-draft-gone')
  await insertDraft(ctx, draft)
  const detail = { version: draft.version, revision: 1 }
  await audit(ctx, { action: 'save-process-draft', subject: `process:${draft.key}`, detail })
  return { version: draft.version, revision: 1 }
}

/** Throws `process-draft-changed`, naming who changed it and when, unless the draft is as it was seen. */
export function needRevision(open: OpenVersion, seen: number): void {
  if (open.revision === seen) return
  const params = { who: open.draftedBy ?? 'hệ thống', at: instantText(open.draftedAt) }
  throw new Refusal('conflict', 'process-draft-changed', { params })
}

/** The account that acts; null for the platform itself. */
export function accountOf(actor: Actor): number | null {
  return actor.kind === 'officer' || actor.kind === 'citizen' ? actor.accountId : null
}
