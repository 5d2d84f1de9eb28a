import { getCalendar } from '#src/calendar/calendar.query.ts'
import type { WorkingCalendar } from '#src/calendar/working-time.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import { type DossierRow, dossierColumns, fromRow } from '#src/dossiers/dossier-row.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { LawPolicy } from '#src/procedures/law.ts'
import type { Reach, Subject, WarningRule } from '#src/warnings/warning.ts'

/** Every calendar as it stands now, by id. */
export async function listCurrentCalendars(ctx: Ctx): Promise<Map<number, WorkingCalendar>> {
  const rows = await run<{ id: number; version: number }>(ctx.db, 'SELECT id, version FROM calendar ORDER BY id', [])
  const all = await Promise.all(rows.map(({ id, version }) => getCalendar(ctx, id, version)))
  return new Map(all.map(calendar => [calendar.id, calendar]))
}

/** What every law pack decides, by code. */
export async function listLawPolicies(ctx: Ctx): Promise<Map<string, LawPolicy>> {
  const rows = await run<{ code: string; policy: LawPolicy }>(ctx.db, 'SELECT code, policy FROM law_pack', [])
  return new Map(rows.map(({ code, policy }) => [code, policy]))
}

/** How long the steps under way that are still in time take, by calendar: few numbers however many dossiers. */
export function listStepLengths(ctx: Ctx): Promise<{ calendarId: number; minutes: number }[]> {
  return run(
    ctx.db,
    `SELECT DISTINCT d.calendar_id AS "calendarId", d.step_minutes AS minutes FROM dossier d
     WHERE d.step_due_at >= $1 AND d.paused_at IS NULL AND d.step_minutes IS NOT NULL`,
    [ctx.clock.now()],
  )
}

/** Dossiers of one group (`groupOf`) whose instant lies within the reach. */
export type Group = Reach & { key: string }

/** What tells the dossiers apart for which a rule reaches differently far: calendar, and length of the step or law pack. */
export function groupOf(rule: Pick<WarningRule, 'subject' | 'unit'>): 'calendar' | 'length' | 'law' {
  if (rule.subject === 'intake') return 'law'
  return rule.unit === 'percent' ? 'length' : 'calendar'
}

const groupSql = {
  calendar: 'd.calendar_id::text',
  length: "d.calendar_id || ':' || d.step_minutes",
  law: "d.calendar_id || ':' || d.law_pack",
}

const millis = (instant: string) => `(extract(epoch FROM ${instant}) * 1000)::bigint`

/** What each subject looks at, and the key under which a rule fires once; the conditions are those of the partial indexes. */
const looked: Record<Subject, { instant: string; where: string; key: string }> = {
  step: {
    instant: 'd.step_due_at',
    where: 'd.step_due_at IS NOT NULL AND d.paused_at IS NULL',
    key: `'step:' || d.step_key || ':' || ${millis('d.step_since')}`,
  },
  dossier: {
    instant: 'd.due_at',
    where: 'd.due_at IS NOT NULL AND d.ready_at IS NULL AND d.closed_at IS NULL AND d.paused_at IS NULL',
    key: `'due:' || ${millis('d.due_at')}`,
  },
  intake: {
    instant: 'd.submitted_at',
    where: "d.state = 'submitted'",
    key: `'intake:' || ${millis('d.submitted_at')}`,
  },
}

/** `$1 group keys, $2 from, $3 to, $4 earliest, $5 latest, $6 rule`: dossiers a rule has not fired for yet, the most urgent first. */
export function delayedSql({ subject, unit }: Pick<WarningRule, 'subject' | 'unit'>, limit: number): string {
  const { instant, where, key } = looked[subject]
  return `
    SELECT ${dossierColumns}, ${key} AS alert_key
    FROM dossier d JOIN unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) AS g (key, reach_from, reach_to)
      ON g.key = ${groupSql[groupOf({ subject, unit })]} AND ${instant} >= g.reach_from AND ${instant} < g.reach_to
    WHERE ${where} AND ${instant} >= $4::timestamptz AND ${instant} < $5::timestamptz
      AND NOT EXISTS (SELECT FROM dossier_alert a WHERE a.dossier_id = d.id AND a.rule_key = $6 AND a.key = ${key})
    ORDER BY ${instant}, d.id LIMIT ${limit}`
}

/** `late:…` for the first time somebody is told that this is late, whatever rule it is by; the rule's own for a later time. */
export const firstTime = (dossierId: number, key: string) => `late:${dossierId}:${key}`
export const laterTime = (ruleKey: string, dossierId: number, key: string) => `${ruleKey}:${dossierId}:${key}`

export type ToldLate = { dossierId: number; accountId: number; at: Date }

/** `$1 dossiers, $2 keys of alerts`: when each person was last told that this is late, by whichever rule. */
const TOLD_LATE = `
SELECT a.dossier_id AS "dossierId", n.account_id AS "accountId", max(n.at) AS at
FROM unnest($1::bigint[], $2::text[]) AS u (dossier_id, key)
JOIN dossier_alert a ON a.dossier_id = u.dossier_id AND a.key = u.key AND a.late
CROSS JOIN unnest(a.told) AS t (account_id)
JOIN officer_notice n ON n.account_id = t.account_id
  AND n.key IN ('late:' || a.dossier_id || ':' || a.key, a.rule_key || ':' || a.dossier_id || ':' || a.key)
GROUP BY 1, 2`

export function listToldLate(ctx: Ctx, alerts: readonly { dossierId: number; key: string }[]): Promise<ToldLate[]> {
  return run<ToldLate>(ctx.db, TOLD_LATE, [alerts.map(one => one.dossierId), alerts.map(one => one.key)])
}

export type Delayed = { dossier: Dossier; key: string }

/** At most `limit` dossiers for which the rule is to fire now. */
export async function listDelayed(
  ctx: Ctx,
  rule: WarningRule,
  groups: readonly Group[],
  limit: number,
): Promise<Delayed[]> {
  if (groups.length === 0) return []
  const rows = await run<DossierRow & { alert_key: string }>(ctx.db, delayedSql(rule, limit), [
    groups.map(one => one.key),
    groups.map(one => one.from),
    groups.map(one => one.to),
    new Date(Math.min(...groups.map(one => one.from.getTime()))),
    new Date(Math.max(...groups.map(one => one.to.getTime()))),
    rule.key,
  ])
  return rows.map(row => ({ dossier: fromRow(row), key: row.alert_key }))
}
