import { localDate } from '#src/calendar/local-date.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { doOnce } from '#src/platform/once.ts'
import { enqueue } from '#src/platform/queue.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { isoLocal } from '#src/platform/text.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import { type AskedParams, paramsOf } from '#src/reports/asked.ts'
import type { ReportFormat } from '#src/reports/render-report.ts'
import type { Asked, ReportKind } from '#src/reports/report.ts'
import { countUnfinished } from './export-file.query.ts'
import { insertExport } from './export-file.store.ts'
import { WAITING_MAX } from './export-file.ts'

/** `params`: as asked of the report's page or API. */
export type RequestedExport = { kind: ReportKind; params: AskedParams; format: ReportFormat }

/**
 * A report as a file, made by a job: whoever may read the report may take it away. Counts what had happened by now, however long the making
 * takes. Throws what getAsked throws, and `too-many` with too many in the making.
 */
export async function requestExport(ctx: Ctx, request: RequestedExport, commandId: string): Promise<{ id: number }> {
  const { actor } = ctx
  if (actor.kind !== 'officer') throw new Refusal('forbidden', 'officers-only')
  const { kind, format } = request
  const asked = await getAsked(ctx, kind, request.params, actor)
  const about = { report: kind.key, format, params: request.params }
  return doOnce(ctx, { id: commandId, asked: ['request-export', about] }, async inner => {
    if ((await countUnfinished(inner, actor.accountId)) >= WAITING_MAX) {
      throw new Refusal('too-many', 'export-many-waiting', { params: { max: WAITING_MAX } })
    }
    const now = ctx.clock.now()
    const { accountId, role, agencyId } = actor
    const params = fixedParams(asked, now)
    const file = { accountId, role, agencyId, report: kind.key, params, format, createdAt: now }
    const id = await insertExport(inner.db, file)
    if (id === undefined) throw new Error('only scheduled files have a period')
    await enqueue(inner, 'make-export', { id }, { key: `export:${id}` })
    await audit(inner, {
      action: 'request-export',
      subject: `export:${id}`,
      detail: { report: kind.key, format, params },
    })
    return { id }
  })
}

/** While a period lasts, its pages would drift apart as they are read: they are read as of now. */
function fixedParams(asked: Asked, now: Date): AskedParams {
  const lasts = asked.asOf === null && asked.to >= localDate(now)
  return { ...paramsOf(asked), ...(lasts ? { asOf: isoLocal(now) } : {}) }
}
