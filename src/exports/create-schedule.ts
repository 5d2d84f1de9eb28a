import { z } from '@hono/zod-openapi'
import { findAgency } from '#src/agencies/agency.query.ts'
import { addDays, localDate } from '#src/calendar/local-date.ts'
import { RegisterDate } from '#src/lists/dossier-list.ts'
import { listSchemes } from '#src/periods/period-scheme.query.ts'
import { type PeriodScheme, periodKinds, termsOn } from '#src/periods/period-scheme.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { named } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'
import { doOnce } from '#src/platform/once.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { reportFormats } from '#src/reports/render-report.ts'
import { type ReportKind, reportReaders } from '#src/reports/report.ts'
import { findOfficers } from './schedule.query.ts'
import { insertSchedule, type NewRecipient } from './schedule.store.ts'

/** `from`: periods that end on this local day or later. `roles`: whoever has them, at the agency `at` or anywhere; `people`: usernames. */
export const NewSchedule = z.strictObject({
  report: named(line(40), 'báo cáo', 'the report'),
  by: named(line(40), 'cách chia', 'the grouping').optional(),
  agency: named(line(40), 'cơ quan', 'the agency').optional().openapi({ description: 'Code; the province without' }),
  scheme: named(line(40), 'loại kỳ', 'the scheme'),
  kind: named(z.enum(periodKinds), 'kỳ', 'the kind of period'),
  daysAfter: named(z.number().int().min(0).max(60), 'số ngày sau khi chốt', 'the days after the cut-off'),
  format: named(z.enum(reportFormats), 'định dạng', 'the format'),
  roles: named(z.array(z.enum(reportReaders)).max(10), 'vai trò', 'the roles').default([]),
  at: named(line(40), 'cơ quan nhận', 'the receiving agency').optional(),
  people: named(z.array(line(60)).max(50), 'người nhận', 'the people').default([]),
  ground: named(line(500), 'căn cứ', 'the ground'),
  from: named(RegisterDate, 'áp dụng từ ngày', 'the first day'),
})
export type NewSchedule = z.infer<typeof NewSchedule>

/** Longer ago would send a heap of old reports at once; further ahead is a slip of the keyboard. */
const DAYS = 366

/** By procedure control: a report that comes by itself after each period. Throws the `schedule-…` and `report-…` refusals. */
export async function createSchedule(
  ctx: Ctx,
  { kinds, input }: { kinds: readonly ReportKind[]; input: NewSchedule },
  commandId: string,
): Promise<{ id: number }> {
  const control = refuseUnlessControl(ctx)
  const kind = kinds.find(({ key }) => key === input.report)
  if (!kind) throw new Refusal('invalid', 'report-kind-unknown', { field: 'report' })
  if (input.by !== undefined && !kind.groupings?.some(({ value }) => value === input.by)) {
    throw new Refusal('invalid', 'schedule-grouping-unknown', { field: 'by' })
  }
  const today = localDate(ctx.clock.now())
  if (input.from < addDays(today, -DAYS) || input.from > addDays(today, DAYS)) {
    throw new Refusal('invalid', 'schedule-day-far', { field: 'from' })
  }
  refuseKind(await listSchemes(ctx), input)
  const agencyId = await agencyIdOf(ctx, input.agency, 'agency')
  const recipients = await recipientsOf(ctx, kind, input)
  return doOnce(ctx, { id: commandId, asked: ['create-schedule', input] }, async inner => {
    const { report, by: grouping = null, scheme, kind: cut, daysAfter, format, ground, from: validFrom } = input
    const rule = { report, grouping, agencyId, scheme, kind: cut, daysAfter, format, ground, validFrom }
    const made = { ...rule, createdBy: control.accountId, createdAt: ctx.clock.now() }
    const id = await insertSchedule(inner.db, made, recipients)
    await audit(inner, {
      action: 'create-report-schedule',
      subject: `report-schedule:${id}`,
      detail: { ...rule, recipients },
    })
    return { id }
  })
}

/** Those who keep the procedures of the province also say which reports go to whom. Throws `role-not-allowed`. */
export function refuseUnlessControl({ actor }: Ctx): Officer {
  if (actor.kind !== 'officer' || actor.role !== 'control') throw new Refusal('forbidden', 'role-not-allowed')
  return actor
}

function refuseKind(schemes: readonly PeriodScheme[], { scheme: code, kind, from }: NewSchedule): void {
  const scheme = schemes.find(one => one.code === code)
  if (!scheme) throw new Refusal('invalid', 'schedule-scheme-unknown', { field: 'scheme' })
  if (!termsOn(scheme, from).kinds.includes(kind))
    throw new Refusal('invalid', 'schedule-kind-unknown', { field: 'kind' })
}

async function agencyIdOf(ctx: Ctx, code: string | undefined, field: string): Promise<number | null> {
  if (code === undefined) return null
  const agency = await findAgency(ctx, code)
  if (!agency) throw new Refusal('invalid', 'report-agency-unknown', { field })
  return agency.id
}

/** Only who may read the report may be sent it. */
async function recipientsOf(ctx: Ctx, kind: ReportKind, { roles, at, people }: NewSchedule): Promise<NewRecipient[]> {
  const reading = (role: string) => kind.roles.some(one => one === role)
  const [usernames, asked] = [[...new Set(people)], [...new Set(roles)]]
  if (usernames.length + asked.length === 0) throw new Refusal('invalid', 'schedule-nobody', { field: 'roles' })
  if (!asked.every(reading)) throw new Refusal('invalid', 'schedule-role-not-reader', { field: 'roles' })
  const agencyId = await agencyIdOf(ctx, at, 'at')
  const officers = await findOfficers(ctx, usernames)
  const wrong = usernames.find(name => !officers.find(({ username }) => username === name)?.roles.some(reading))
  if (wrong !== undefined) {
    throw new Refusal('invalid', 'schedule-person-unknown', { field: 'people', params: { username: wrong } })
  }
  return [
    ...asked.map(role => ({ accountId: null, role, agencyId })),
    ...officers.map(({ id }) => ({ accountId: id, role: null, agencyId: null })),
  ]
}
