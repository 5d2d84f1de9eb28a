import { tellOfficers } from '#src/accounts/tell-officer.ts'
import { WORKING_DAY_MINUTES } from '#src/calendar/deadline.ts'
import { workingDuration } from '#src/calendar/duration-text.ts'
import { addDays, localDate } from '#src/calendar/local-date.ts'
import { isWorkingDay, type WorkingCalendar, workingMinutesBetween } from '#src/calendar/working-time.ts'
import { type Cause, expectedCause } from '#src/dossiers/answerability.ts'
import { type Dossier, dossierRef } from '#src/dossiers/dossier.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run, transact } from '#src/platform/db.ts'
import { translator } from '#src/platform/text.ts'
import { begunBefore, reachOfDue } from '#src/warnings/warning.ts'
import { getSettings } from '#src/warnings/warning-rule.query.ts'
import type { Settings } from '#src/warnings/watch-setting.ts'
import { type BrokenPromise, listBreaking, type Notice } from './apology.query.ts'
import { listCurrentCalendars, listLawPolicies } from './delay.query.ts'
import { findRecipients } from './recipient.query.ts'
import { insertApologies, type NewApology } from './watch.store.ts'

const BATCH = 500

/**
 * Proposes a written apology for every promise that will not be kept, or is already broken, in time for the leader to sign it and
 * for the applicant to get it as the law pack asks: once for each due time. The leaders of the resolving agency are told with it.
 * What has used up its extensions gets no draft: the law knows no further one, and its warnings go on.
 */
export async function draftApologies(ctx: Ctx): Promise<{ drafted: number }> {
  const [calendars, policies, settings] = await Promise.all([
    listCurrentCalendars(ctx),
    listLawPolicies(ctx),
    getSettings(ctx),
  ])
  const now = ctx.clock.now()
  const lead = settings['apology-lead-hours'] * 60
  const ahead = (minutes: number, calendar: WorkingCalendar) =>
    reachOfDue({ moment: 'before', amount: minutes / 60, unit: 'hours' }, now, calendar).to
  const notices: Notice[] = [...calendars.values()].flatMap(calendar =>
    [...policies].map(([lawPack, { apologyNoticeDays, extensions }]) => {
      const minutes = apologyNoticeDays * WORKING_DAY_MINUTES + lead
      const times = { dueBefore: ahead(minutes, calendar), lastBefore: ahead(lead, calendar) }
      return {
        calendarId: calendar.id,
        lawPack,
        extensions,
        ...times,
        begunBefore: begunBefore(minutes, now, calendar),
      }
    }),
  )
  let drafted = 0
  for (let found = BATCH; found === BATCH; ) {
    found = await transact(ctx, inner => draft(inner, { notices, calendars, settings }))
    drafted += found
  }
  return { drafted }
}

type Drafting = { notices: readonly Notice[]; calendars: ReadonlyMap<number, WorkingCalendar>; settings: Settings }

async function draft(ctx: Ctx, { notices, calendars, settings }: Drafting): Promise<number> {
  const found = await listBreaking(ctx, notices, BATCH)
  if (found.length === 0) return 0
  const at = ctx.clock.now()
  const names = await shortNames(ctx)
  const drafts = found.map(one => {
    const calendar = calendars.get(one.dossier.calendarId)
    if (!calendar) throw new Error(`dossier ${one.dossier.id} has no calendar`)
    return draftOf(one, { at, calendar, names, days: settings['apology-more-days'] })
  })
  const fresh = await insertApologies(ctx.db, drafts)
  const lists = await findRecipients(
    ctx,
    drafts.map(({ agencyId }) => ({ to: 'leader', agencyId, role: null, accountId: null })),
  )
  const told = drafts.flatMap((one, nth) => {
    if (!fresh.has(one.dossierId)) return []
    const key = `apology:${one.dossierId}:${one.dueAt.getTime()}`
    const dossier = found[nth]?.dossier
    const params = { ref: dossier ? dossierRef(dossier) : null, dueAt: one.dueAt, until: one.until }
    return (lists[nth] ?? []).map(accountId => ({
      accountId,
      kind: 'apology-to-sign',
      dossierId: one.dossierId,
      key,
      params,
    }))
  })
  await tellOfficers(ctx, told)
  return found.length
}

type Drawing = { at: Date; calendar: WorkingCalendar; names: ReadonlyMap<number, string>; days: number }

function draftOf({ dossier, dueAt }: BrokenPromise, { at, calendar, names, days }: Drawing): NewApology {
  const cause = expectedCause(dossier, calendar, at)
  const from = localDate(dueAt > at ? dueAt : at)
  return {
    dossierId: dossier.id,
    dueAt,
    at,
    agencyId: dossier.competentAgencyId,
    causeAgencyId: cause?.agencyId ?? null,
    causeAccountId: cause?.accountId ?? null,
    reason: reasonText(dossier, cause, { at, calendar, names }),
    until: workingDayAfter(from, days, calendar),
  }
}

/** The `days`-th working day after a day. */
function workingDayAfter(day: string, days: number, calendar: WorkingCalendar): string {
  let left = Math.max(1, days)
  let next = day
  while (left > 0) {
    next = addDays(next, 1)
    if (isWorkingDay(next, calendar)) left -= 1
  }
  return next
}

/** Proposed to the leader, who signs in their own words. In Vietnamese: it becomes part of a statutory form. */
function reasonText(dossier: Dossier, cause: Cause | null, { at, calendar, names }: Omit<Drawing, 'days'>): string {
  const t = translator('vi')
  const { step } = dossier
  const name = (id: number) => names.get(id) ?? 'cơ quan giải quyết'
  const stands = step
    ? `Hồ sơ đang ở bước “${step.name}” tại ${name(step.agencyId)}.`
    : `Hồ sơ đang được ${name(dossier.competentAgencyId)} giải quyết.`
  const used = step && workingMinutesBetween(step.since, at, calendar)
  const held = used ? ` Bước này đã kéo dài ${workingDuration(used, t)} làm việc.` : ''
  if (!cause || cause.over === 0) return `${stands}${held} Việc giải quyết cần thêm thời gian so với ngày đã hẹn.`
  const over = workingDuration(cause.over, t)
  return `${stands} Thời gian xử lý tại ${name(cause.agencyId)} đã vượt quy trình ${over} làm việc.`
}

async function shortNames(ctx: Ctx): Promise<ReadonlyMap<number, string>> {
  const rows = await run<{ id: number; name: string }>(ctx.db, 'SELECT id, name FROM agency', [])
  return new Map(rows.map(({ id, name }) => [id, name]))
}
