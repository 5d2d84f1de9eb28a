import { randomUUID } from 'node:crypto'
import { listServicePoints } from '#src/agencies/agency.query.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { doOnce } from '#src/platform/once.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { insertGuidance } from './guidance.store.ts'
import { guideRoles, type RecordGuidance } from './guidance.ts'
import { findSubject } from './guidance-list.query.ts'

/**
 * Notes one guidance given now, once for a command id, at the service point said, else the officer's own, else the only one of their
 * agency. A procedure brings its field. Returns its number. Throws `officers-only`, `role-not-allowed`,
 * `guidance-procedure-unknown`, `guidance-field-unknown`, `guidance-point-elsewhere`.
 */
export async function recordGuidance(
  ctx: Ctx,
  input: RecordGuidance,
  commandId: string = randomUUID(),
): Promise<{ id: number }> {
  const { actor } = ctx
  if (actor.kind !== 'officer') throw new Refusal('forbidden', 'officers-only')
  if (!guideRoles.includes(actor.role)) throw new Refusal('forbidden', 'role-not-allowed')
  return doOnce(ctx, { id: commandId, asked: ['record-guidance', input] }, async inner => {
    const subject = await subjectOf(inner, input)
    const id = await insertGuidance(inner.db, {
      ...subject,
      at: ctx.clock.now(),
      agencyId: actor.agencyId,
      accountId: actor.accountId,
      servicePointId: await pointOf(inner, actor, input.servicePoint),
      channel: input.channel,
      topic: input.topic,
      outcome: input.outcome,
      note: input.note ?? null,
    })
    return { id }
  })
}

async function subjectOf(
  ctx: Ctx,
  { procedure, field }: RecordGuidance,
): Promise<{ procedure: string | null; fieldId: number | null }> {
  if (procedure === undefined && field === undefined) return { procedure: null, fieldId: null }
  const found = await findSubject(ctx, { procedure, field })
  if (procedure !== undefined && !found.procedure) {
    throw new Refusal('invalid', 'guidance-procedure-unknown', { field: 'procedure' })
  }
  if (procedure === undefined && found.fieldId === null) {
    throw new Refusal('invalid', 'guidance-field-unknown', { field: 'field' })
  }
  return found
}

async function pointOf(ctx: Ctx, officer: Officer, asked: number | undefined): Promise<number | null> {
  if (asked === undefined && officer.servicePointId !== null) return officer.servicePointId
  const points = await listServicePoints(ctx, officer.agencyId)
  if (asked === undefined) return points.length === 1 ? (points[0]?.id ?? null) : null
  if (points.some(({ id }) => id === asked) || asked === officer.servicePointId) return asked
  throw new Refusal('invalid', 'guidance-point-elsewhere', { field: 'servicePoint' })
}
