import { randomUUID } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { doOnce } from '#src/platform/once.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { mayDesign } from './may-design.ts'
import { deleteDraft, lockProcess } from './process.store.ts'
import { needRevision } from './save-process-draft.ts'

export const RemoveProcessDraft = z.strictObject({ revision: z.int().min(1) })
export type RemoveProcessDraft = z.infer<typeof RemoveProcessDraft> & { key: string }

/**
 * Throws a draft away, once for a command id; a process that never had more goes with it (`processGone`). Throws `process-designers-only`,
 * `process-not-found`, `process-draft-gone`, `process-submitted`, `process-draft-changed`.
 */
export async function removeProcessDraft(
  ctx: Ctx,
  { key, revision }: RemoveProcessDraft,
  commandId: string = randomUUID(),
): Promise<{ processGone: boolean }> {
  if (!mayDesign(ctx.actor)) throw new Refusal('forbidden', 'process-designers-only')
  return doOnce(ctx, { id: commandId, asked: ['remove-process-draft', key, revision] }, async inner => {
    const found = await lockProcess(inner, key)
    if (!found) throw new Refusal('not-found', 'process-not-found')
    const { open } = found
    if (!open) throw new Refusal('conflict', 'process-draft-gone')
    if (open.status === 'submitted') throw new Refusal('conflict', 'process-submitted')
    needRevision(open, revision)
    const processGone = await deleteDraft(inner, { id: open.id, key })
    const detail = { version: open.version, processGone }
    await audit(inner, { action: 'remove-process-draft', subject: `process:${key}`, detail })
    return { processGone }
  })
}
