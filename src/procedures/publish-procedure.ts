import { z } from '@hono/zod-openapi'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { ProcedureContent } from './procedure.ts'

export const Publication = z.strictObject({
  code: z.string().regex(/^\d\.\d{6}(\.[0-9A-Z.]+)?$/u),
  name: z.string().min(1).max(2000),
  field: z.strictObject({ code: z.string().min(1).max(60), name: z.string().min(1).max(200) }),
  level: z.enum(['province', 'commune']),
  /** Id of the agency that resolves it; null = each commune its own. */
  resolverId: z.int().nullable(),
  decision: z.string().max(300).nullable(),
  serviceLevel: z.enum(['full', 'partial', 'info']),
  /** First local day on which dossiers are received under this text. */
  validFrom: z.iso.date(),
  content: ProcedureContent,
})
export type Publication = z.infer<typeof Publication>

/** Publishes the next version of a procedure; the one before ends that day. Dossiers already received keep theirs. */
export async function publishProcedure(ctx: Ctx, input: Publication): Promise<{ versionId: number; version: number }> {
  const { actor } = ctx
  if (actor.kind !== 'system' && !(actor.kind === 'officer' && (actor.role === 'control' || actor.role === 'admin'))) {
    throw new Refusal('forbidden', 'role-not-allowed')
  }
  return transact(ctx, async inner => {
    const { db } = inner
    const field = await db
      .insertInto('field')
      .values(input.field)
      .onConflict(c => c.column('code').doUpdateSet({ name: input.field.name }))
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('procedure')
      .values({ code: input.code, level: input.level, resolver_id: input.resolverId })
      .onConflict(c => c.column('code').doUpdateSet({ resolver_id: input.resolverId }))
      .execute()
    const last = await db
      .selectFrom('procedure_version')
      .select(['id', 'version', 'valid_from'])
      .where('procedure_code', '=', input.code)
      .orderBy('version', 'desc')
      .limit(1)
      .forUpdate()
      .executeTakeFirst()
    if (last && last.valid_from >= input.validFrom) {
      throw new Refusal('conflict', 'publication-not-later', { field: 'validFrom' })
    }
    if (last) {
      await db.updateTable('procedure_version').set({ valid_to: input.validFrom }).where('id', '=', last.id).execute()
    }
    const version = (last?.version ?? 0) + 1
    const made = await db
      .insertInto('procedure_version')
      .values({
        procedure_code: input.code,
        field_id: field.id,
        version,
        valid_from: input.validFrom,
        name: input.name,
        decision: input.decision,
        service_level: input.serviceLevel,
        content: JSON.stringify(input.content),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await audit(inner, { action: 'publish-procedure', subject: `procedure:${input.code}`, detail: { version } })
    return { versionId: made.id, version }
  })
}
