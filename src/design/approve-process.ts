import { z } from '@hono/zod-openapi'
import { tellOfficers } from '#src/accounts/tell-officer.ts'
import { localDate } from '#src/calendar/local-date.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { named } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { expand } from '#src/processes/expansion.ts'
import { draftProblems, readBounds } from './bounds.query.ts'
import { mayApproveProcess } from './may-design.ts'
import {
  authorsOf,
  type LockedProcess,
  lockProcess,
  markApproved,
  type OpenVersion,
  renameProcess,
} from './process.store.ts'
import { accountOf } from './save-process-draft.ts'

export const ApproveProcess = z.strictObject({
  /** The version that was read: another may wait by now. */
  version: z.int().min(1),
  /** Number and date of the decision that issues the process. */
  decision: named(line(300), 'số, ngày quyết định ban hành', 'the decision'),
  /** First local day on which dossiers are received under it. */
  validFrom: named(z.iso.date(), 'ngày áp dụng', 'the first day in force'),
})
export type ApproveProcess = z.infer<typeof ApproveProcess> & { key: string }

/**
 * Puts a submitted version in force from a day; the one before ends on it, and dossiers that run by it go on so. Sent twice it is
 * approved once; its authors are told. Throws `process-approvers-only`, `process-own-approval`, `process-not-found`, `process-not-submitted`,
 * `process-from-past`, `process-not-later`, `process-has-problems` (an agency may have ended since).
 */
export async function approveProcess(ctx: Ctx, input: ApproveProcess): Promise<{ version: number }> {
  return transact(ctx, async inner => {
    const found = await lockProcess(inner, input.key)
    if (!found) throw new Refusal('not-found', 'process-not-found')
    if (!mayApproveProcess(inner.actor, found.resolverId)) throw new Refusal('forbidden', 'process-approvers-only')
    const by = accountOf(inner.actor)
    const { open, last, key } = found
    const isRepeated = last?.version === input.version && last.approvedBy === by && last.decision === input.decision
    if (!open && isRepeated) return { version: input.version }
    if (open?.status !== 'submitted' || open.version !== input.version) {
      throw new Refusal('conflict', 'process-not-submitted')
    }
    if (by !== null && open.submittedBy === by) throw new Refusal('forbidden', 'process-own-approval')
    needLaterDay(inner, input.validFrom, last)
    const expanded = await checked(inner, found, open)
    const { decision, validFrom } = input
    const onBehalfOf = (inner.actor.kind === 'officer' && inner.actor.onBehalfOf?.accountId) || null
    await markApproved(inner, { id: open.id, ends: last?.id ?? null, expanded, by, onBehalfOf, decision, validFrom })
    await renameProcess(inner, key, open.definition.name)
    const detail = { version: open.version, validFrom, decision }
    await audit(inner, { action: 'approve-process', subject: `process:${key}`, detail })
    await tellAuthors(inner, open, { key, validFrom })
    return { version: open.version }
  })
}

async function tellAuthors(ctx: Ctx, open: OpenVersion, { key, validFrom }: { key: string; validFrom: string }) {
  const { version, definition } = open
  const told = { kind: 'process-in-force', key: `process-in-force:${key}:${version}` }
  const params = { process: key, version, name: definition.name, from: validFrom }
  await tellOfficers(
    ctx,
    authorsOf(open).map(accountId => ({ ...told, accountId, params })),
  )
}

function needLaterDay(ctx: Ctx, day: string, last: LockedProcess['last']): void {
  if (day < localDate(ctx.clock.now())) throw new Refusal('invalid', 'process-from-past', { field: 'validFrom' })
  if (last && day <= last.validFrom) {
    const params = { day: last.validFrom.split('-').reverse().join('/') }
    throw new Refusal('invalid', 'process-not-later', { field: 'validFrom', params })
  }
}

/** The process with its sub-processes written out, checked again: agencies and shared processes may have changed since. */
async function checked(ctx: Ctx, found: LockedProcess, { definition }: OpenVersion) {
  const bounds = await readBounds(ctx, found, definition)
  const [first, ...others] = draftProblems(definition, bounds)
  if (first) {
    const params = { count: others.length + 1, firstVi: first.vi, firstEn: first.en }
    throw new Refusal('conflict', 'process-has-problems', { params })
  }
  return expand(definition, bounds.library)
}
