import { z } from '@hono/zod-openapi'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { draftProblems, readBounds } from './bounds.query.ts'
import { mayDesign } from './may-design.ts'
import { lockProcess, markSubmitted } from './process.store.ts'
import { accountOf, needRevision } from './save-process-draft.ts'

export const SubmitProcess = z.strictObject({ revision: z.int().min(1) })
export type SubmitProcess = z.infer<typeof SubmitProcess> & { key: string }

/**
 * Asks for a draft without errors to be put in force. Sent twice it is submitted once. Throws `process-designers-only`,
 * `process-not-found`, `process-draft-gone`, `process-draft-changed`, `process-has-problems`.
 */
export async function submitProcess(ctx: Ctx, { key, revision }: SubmitProcess): Promise<{ version: number }> {
  if (!mayDesign(ctx.actor)) throw new Refusal('forbidden', 'process-designers-only')
  return transact(ctx, async inner => {
    const found = await lockProcess(inner, key)
    if (!found) throw new Refusal('not-found', 'process-not-found')
    const { open } = found
    if (!open) throw new Refusal('conflict', 'process-draft-gone')
    needRevision(open, revision)
    const { version, definition } = open
    if (open.status === 'submitted') return { version }
    const [first, ...others] = draftProblems(definition, await readBounds(inner, found, definition))
    if (first) {
      const params = { count: others.length + 1, firstVi: first.vi, firstEn: first.en }
      throw new Refusal('invalid', 'process-has-problems', { params })
    }
    await markSubmitted(inner, open.id, accountOf(inner.actor))
    await audit(inner, { action: 'submit-process', subject: `process:${key}`, detail: { version } })
    return { version }
  })
}
