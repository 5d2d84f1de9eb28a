import { z } from '@hono/zod-openapi'
import { tellOfficers } from '#src/accounts/tell-officer.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { listApprovers } from './approver.query.ts'
import { draftProblems, readBounds } from './bounds.query.ts'
import { mayDesign } from './may-design.ts'
import { type LockedProcess, lockProcess, markSubmitted, type OpenVersion } from './process.store.ts'
import { accountOf, needRevision } from './save-process-draft.ts'

export const SubmitProcess = z.strictObject({ revision: z.int().min(1) })
export type SubmitProcess = z.infer<typeof SubmitProcess> & { key: string }

/**
 * Asks for a draft without errors to be put in force; whoever may do so is told. Sent twice it is submitted once. Throws `process-designers-only`,
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
    await tellApprovers(inner, found, open)
    return { version }
  })
}

/** Given back and submitted again it is another revision, of which they are told anew. */
async function tellApprovers(ctx: Ctx, { key, resolverId }: LockedProcess, open: OpenVersion): Promise<void> {
  const { version, revision, definition } = open
  const told = { kind: 'process-to-approve', key: `process-to-approve:${key}:${version}:${revision}` }
  const params = { process: key, version, name: definition.name }
  const approvers = await listApprovers(ctx, resolverId)
  await tellOfficers(
    ctx,
    approvers.map(({ accountId, absent }) => ({ ...told, accountId, params: { ...params, absent } })),
  )
}
