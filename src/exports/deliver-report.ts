import { tellOfficers } from '#src/accounts/tell-officer.ts'
import { findPreset } from '#src/periods/period-preset.ts'
import { listSchemes } from '#src/periods/period-scheme.query.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { ReportKind } from '#src/reports/report.ts'
import type { ExportFile } from './export-file.ts'
import { listRecipients } from './schedule.query.ts'
import { insertDeliveries } from './schedule.store.ts'

/** Tells whoever must receive a scheduled report that it is there, in the transaction that says it is made. Nothing for other files. */
export async function deliverReport(ctx: Ctx, { file, kind }: { file: ExportFile; kind: ReportKind }): Promise<void> {
  if (ctx.actor.kind !== 'system') throw new Refusal('forbidden', 'role-not-allowed')
  const { id: exportId, scheduleId, period } = file
  if (scheduleId === null || period === null) return
  const sent = { scheduleId, period, exportId, at: ctx.clock.now() }
  const accounts = await insertDeliveries(ctx.db, sent, await listRecipients(ctx, scheduleId))
  const [vi, en] = findPreset(await listSchemes(ctx), period)?.label ?? [period, period]
  const params = { export: exportId, title: kind.title[0], titleEn: kind.title[1], period: vi, periodEn: en }
  const key = `report:${scheduleId}:${period}`
  await tellOfficers(
    ctx,
    accounts.map(accountId => ({ accountId, kind: 'report-sent', key, params })),
  )
}
