import { type Told, tellOfficers } from '#src/accounts/tell-officer.ts'
import { dueAt } from '#src/calendar/deadline.ts'
import type { WorkingCalendar } from '#src/calendar/working-time.ts'
import { causeOf } from '#src/dossiers/answerability.ts'
import { type Dossier, dossierRef } from '#src/dossiers/dossier.ts'
import { awaitedOpinions } from '#src/dossiers/held-step.ts'
import { holderOf } from '#src/dossiers/holder.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import type { LawPolicy } from '#src/procedures/law.ts'
import { noticeKind, reachOfDue, reachOfSubmission, type WarningRule } from '#src/warnings/warning.ts'
import { listRulesInForce } from '#src/warnings/warning-rule.query.ts'
import {
  type Delayed,
  firstTime,
  type Group,
  groupOf,
  laterTime,
  listCurrentCalendars,
  listDelayed,
  listLawPolicies,
  listStepLengths,
  listToldLate,
} from './delay.query.ts'
import { type Addressee, findRecipients } from './recipient.query.ts'
import { insertAlerts, type NewAlert } from './watch.store.ts'

const BATCH = 1_000

/** What the rules are held against, read once for a run. */
type Known = {
  now: Date
  calendars: ReadonlyMap<number, WorkingCalendar>
  policies: ReadonlyMap<string, LawPolicy>
  lengths: readonly { calendarId: number; minutes: number }[]
}

/**
 * Fires every warning rule in force for every dossier it is due for: a trace is written and officers are told in one transaction,
 * once, however many workers are at it and wherever one is stopped. Batches, so that no run holds many locks for long.
 */
export async function detectDelays(ctx: Ctx): Promise<{ alerts: number }> {
  const [rules, calendars, policies, lengths] = await Promise.all([
    listRulesInForce(ctx),
    listCurrentCalendars(ctx),
    listLawPolicies(ctx),
    listStepLengths(ctx),
  ])
  const known: Known = { now: ctx.clock.now(), calendars, policies, lengths }
  let alerts = 0
  for (const rule of rules) {
    const groups = groupsOf(rule, known)
    for (let found = BATCH; found === BATCH; ) {
      found = await transact(ctx, inner => fire(inner, { rule, groups, known }))
      alerts += found
    }
  }
  return { alerts }
}

/** How far the rule reaches for each calendar and, where that matters, each length of a step or law pack. */
function groupsOf(rule: WarningRule, { now, calendars, policies, lengths }: Known): Group[] {
  const all = [...calendars.values()]
  switch (groupOf(rule)) {
    case 'calendar':
      return all.map(calendar => ({ key: String(calendar.id), ...reachOfDue(rule, now, calendar) }))
    case 'length':
      return lengths.flatMap(({ calendarId, minutes }) => {
        const calendar = calendars.get(calendarId)
        return calendar ? { key: `${calendarId}:${minutes}`, ...reachOfDue(rule, now, calendar, minutes) } : []
      })
    case 'law':
      return all.flatMap(calendar =>
        [...policies].map(([code, { intakeCheckHours }]) => ({
          key: `${calendar.id}:${code}`,
          ...reachOfSubmission(rule, now, calendar, intakeCheckHours * 60),
        })),
      )
  }
}

type Firing = { rule: WarningRule; groups: readonly Group[]; known: Known }

/** One batch; the number of dossiers it was. */
async function fire(ctx: Ctx, { rule, groups, known }: Firing): Promise<number> {
  const found = await listDelayed(ctx, rule, groups, BATCH)
  if (found.length === 0) return 0
  const told = await toldOf(ctx, rule, found)
  const alerts = found.map((one, nth) => alertOf(rule, one, known, told[nth] ?? []))
  const fresh = await insertAlerts(ctx.db, alerts)
  const fired = alerts.flatMap((alert, nth) => {
    const dossier = found[nth]?.dossier
    return dossier && fresh.has(alert.dossierId) ? [{ alert, dossier }] : []
  })
  await tellOfficers(ctx, await noticesOf(ctx, rule, fired, known))
  return found.length
}

type Fired = { alert: NewAlert; dossier: Dossier }

/**
 * Who has been told of the same delay hears of it again, in other words, only if it has come further since: several rules may reach one
 * person at a time, where one head is over several levels or holds the dossier.
 */
async function noticesOf(ctx: Ctx, rule: WarningRule, fired: readonly Fired[], known: Known): Promise<Told[]> {
  const late = rule.moment === 'after'
  const before = late
    ? await listToldLate(
        ctx,
        fired.map(one => one.alert),
      )
    : []
  const last = new Map(before.map(({ dossierId, accountId, at }) => [`${dossierId}:${accountId}`, at]))
  return fired.flatMap(({ alert, dossier }) => {
    const { dossierId, dueAt: due, stepName: step } = alert
    const { subject, escalateTo: level } = rule
    const params = { ref: dossierRef(dossier), rule: rule.key, subject, level, dueAt: due, step }
    const own = laterTime(rule.key, dossierId, alert.key)
    return alert.told.flatMap((accountId): Told[] => {
      const told = last.get(`${dossierId}:${accountId}`)
      if (told && wasDue(rule, dossier, told, known)) return []
      const kind = told ? 'still-late' : noticeKind(rule)
      const key = late && !told ? firstTime(dossierId, alert.key) : own
      return [{ accountId, kind, dossierId, key, params }]
    })
  })
}

/** Whether the rule, which fires now, could have fired at that earlier instant. */
function wasDue(rule: WarningRule, dossier: Dossier, at: Date, { now, calendars, policies }: Known): boolean {
  const calendar = calendars.get(dossier.calendarId)
  if (at >= now || !calendar) return true
  if (rule.subject === 'intake') {
    const allowed = (policies.get(dossier.lawPack)?.intakeCheckHours ?? 0) * 60
    return (dossier.submittedAt ?? now) < reachOfSubmission(rule, at, calendar, allowed).to
  }
  const due = rule.subject === 'step' ? dossier.step?.dueAt : dossier.dueAt
  return (due ?? now) < reachOfDue(rule, at, calendar, dossier.step?.minutes ?? 0).to
}

/** The accounts to be told of each dossier, nobody twice. */
async function toldOf(ctx: Ctx, rule: WarningRule, found: readonly Delayed[]): Promise<number[][]> {
  const asked = found.flatMap(({ dossier }, nth) => addressees(rule, dossier).map(one => ({ nth, one })))
  const lists = await findRecipients(
    ctx,
    asked.map(({ one }) => one),
  )
  const told = found.map(() => new Set<number>())
  asked.forEach(({ nth }, i) => {
    for (const account of lists[i] ?? []) told[nth]?.add(account)
  })
  return told.map(accounts => [...accounts])
}

/** All who are asked at once are warned of a consultation; of anything else whoever holds the dossier. */
function addressees({ escalateTo, subject }: WarningRule, dossier: Dossier): Addressee[] {
  const holder = holderOf(dossier)
  const open = subject === 'step' && !dossier.supplementProposal ? awaitedOpinions(dossier) : []
  const places = open.length > 0 ? open : holder ? [holder] : []
  return places.map(({ agencyId, role, accountId }) => ({ to: escalateTo, agencyId, role, accountId }))
}

function alertOf(rule: WarningRule, { dossier, key }: Delayed, known: Known, told: number[]): NewAlert {
  const calendar = known.calendars.get(dossier.calendarId)
  if (!calendar) throw new Error(`dossier ${dossier.id} has no calendar`)
  const late = rule.moment === 'after'
  const holder = holderOf(dossier)
  const cause = late && rule.subject === 'dossier' ? causeOf(dossier, calendar, known.now) : null
  return {
    dossierId: dossier.id,
    ruleKey: rule.key,
    ruleId: rule.id,
    subject: rule.subject,
    key,
    late,
    at: known.now,
    dueAt: dueOf(rule, dossier, calendar, known.policies),
    stepName: dossier.step?.name ?? null,
    agencyId: holder?.agencyId ?? null,
    role: holder?.role ?? null,
    accountId: holder?.accountId ?? null,
    causeAgencyId: cause?.agencyId ?? null,
    causeAccountId: cause?.accountId ?? null,
    causeOver: cause?.over ?? null,
    escalateTo: rule.escalateTo,
    told,
  }
}

function dueOf(
  { subject }: WarningRule,
  dossier: Dossier,
  calendar: WorkingCalendar,
  policies: ReadonlyMap<string, LawPolicy>,
) {
  const amount = policies.get(dossier.lawPack)?.intakeCheckHours ?? 0
  const examined = () => dueAt({ amount, unit: 'working-hours' }, dossier.submittedAt ?? new Date(0), [], calendar).at
  const due = subject === 'intake' ? examined() : subject === 'step' ? dossier.step?.dueAt : dossier.dueAt
  if (!due) throw new Error(`dossier ${dossier.id} is watched but has nothing due`)
  return due
}
