import { randomUUID } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { tellOfficers } from '#src/accounts/tell-officer.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { named } from '#src/platform/field-problems.ts'
import { paragraph } from '#src/platform/form.ts'
import { doOnce } from '#src/platform/once.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { mayApproveProcess } from './may-design.ts'
import { authorsOf, lockProcess, markReturned } from './process.store.ts'

export const ReturnProcess = z.strictObject({
  version: z.int().min(1),
  reason: named(paragraph(2000), 'lý do trả lại', 'the reason'),
})
export type ReturnProcess = z.infer<typeof ReturnProcess> & { key: string }

/**
 * Gives a submitted version back to be changed, once for a command id; its authors are told. Throws `process-approvers-only`, `process-not-found`,
 * `process-not-submitted`.
 */
export async function returnProcess(
  ctx: Ctx,
  { key, version, reason }: ReturnProcess,
  commandId: string = randomUUID(),
): Promise<{ version: number }> {
  return doOnce(ctx, { id: commandId, asked: ['return-process', key, version, reason] }, async inner => {
    const found = await lockProcess(inner, key)
    if (!found) throw new Refusal('not-found', 'process-not-found')
    if (!mayApproveProcess(inner.actor, found.resolverId)) throw new Refusal('forbidden', 'process-approvers-only')
    const { open } = found
    if (open?.status !== 'submitted' || open.version !== version) throw new Refusal('conflict', 'process-not-submitted')
    await markReturned(inner, open.id, reason)
    await audit(inner, { action: 'return-process', subject: `process:${key}`, detail: { version } })
    const told = { kind: 'process-returned', key: `process-returned:${key}:${version}:${open.revision}` }
    const params = { process: key, version, name: open.definition.name }
    await tellOfficers(
      inner,
      authorsOf(open).map(accountId => ({ ...told, accountId, params })),
    )
    return { version }
  })
}
