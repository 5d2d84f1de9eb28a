import { localDate } from '#src/calendar/local-date.ts'
import type { PeriodPreset } from '#src/periods/period-preset.ts'
import { listSchemes } from '#src/periods/period-scheme.query.ts'
import type { Ctx, Role } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { enqueue } from '#src/platform/queue.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { ReportKind } from '#src/reports/report.ts'
import { insertExport, reopenFailed } from './export-file.store.ts'
import { findProvince, listIssued, listSchedules } from './schedule.query.ts'
import { duePeriods, type ReportSchedule } from './schedule.ts'

const HOUR = 3_600_000

/**
 * Has the file made of every period that is over and whose report is due, also of those missed while nothing ran: once each, however many
 * workers look at the same time. What was given up is tried again after an hour. Returns how many were begun.
 */
export async function prepareDueReports(ctx: Ctx, kinds: readonly ReportKind[]): Promise<number> {
  if (ctx.actor.kind !== 'system') throw new Refusal('forbidden', 'role-not-allowed')
  const [schedules, schemes, province] = await Promise.all([listSchedules(ctx), listSchemes(ctx), findProvince(ctx)])
  if (!province) return 0
  const today = localDate(ctx.clock.now())
  const issued = await listIssued(ctx)
  const due = schedules
    .flatMap(schedule => duePeriods(schedule, schemes, today).map(period => ({ schedule, period })))
    .filter(({ schedule, period }) => !issued.has(`${schedule.id} ${period.code}`))
  let begun = await reopen(ctx)
  for (const { schedule, period } of due) {
    const reader = { role: readerRole(kinds, schedule), agencyId: schedule.agency?.id ?? province.id }
    if (await begin(ctx, { schedule, period, ...reader })) begun += 1
  }
  return begun
}

type Due = { schedule: ReportSchedule; period: PeriodPreset; role: Role; agencyId: number }

async function begin(ctx: Ctx, { schedule, period, role, agencyId }: Due): Promise<boolean> {
  const { id: scheduleId, report, format, agency, grouping } = schedule
  const params = {
    from: period.from,
    to: period.to,
    ...(agency && { agency: agency.code }),
    ...(grouping && { by: grouping }),
  }
  const file = { accountId: null, role, agencyId, report, params, format, scheduleId, period: period.code }
  return transact(ctx, async inner => {
    const id = await insertExport(inner.db, { ...file, createdAt: ctx.clock.now() })
    if (id === undefined) return false
    await enqueue(inner, 'make-export', { id }, { key: `export:${id}` })
    return true
  })
}

async function reopen(ctx: Ctx): Promise<number> {
  return transact(ctx, async inner => {
    const reopened = await reopenFailed(inner.db, new Date(ctx.clock.now().getTime() - HOUR))
    for (const { id } of reopened) await enqueue(inner, 'make-export', { id }, { key: `export:${id}` })
    return reopened.length
  })
}

/** As whom it is read: one who may see the whole province. */
function readerRole(kinds: readonly ReportKind[], { report }: ReportSchedule): Role {
  const allowed = kinds.find(({ key }) => key === report)?.roles ?? []
  return allowed.find(role => role === 'control' || role === 'director' || role === 'reform') ?? 'control'
}
