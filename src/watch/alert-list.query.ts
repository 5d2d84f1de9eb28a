import { sightOf, sightSql, sightValues } from '#src/dossiers/sight.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Escalation, Subject } from '#src/warnings/warning.ts'

/** A warning as lists show it. */
export type ListedAlert = {
  id: number
  dossierId: number
  ref: string
  procedure: string
  /** The officer may open the dossier. */
  seen: boolean
  rule: string
  subject: Subject
  late: boolean
  /** What it warns of still holds: the same step, promise or submission waits. */
  open: boolean
  at: Date
  dueAt: Date
  step: string | null
  /** Whose it was then. */
  agency: { code: string; name: string } | null
  person: string | null
  /** Who caused the delay, as far as it could be seen then; `over`: working minutes beyond what their steps allow. */
  cause: { agency: { code: string; name: string }; person: string | null; over: number } | null
  escalateTo: Escalation
  told: string[]
}

const millis = (instant: string) => `(extract(epoch FROM ${instant}) * 1000)::bigint`

const OPEN = `CASE a.subject
  WHEN 'step' THEN d.paused_at IS NULL AND d.step_key IS NOT NULL AND a.key = 'step:' || d.step_key || ':' || ${millis('d.step_since')}
  WHEN 'dossier' THEN coalesce(d.due_at = a.due_at, false) AND d.ready_at IS NULL AND d.closed_at IS NULL AND d.paused_at IS NULL
  ELSE d.state = 'submitted' END`

const agencyJson = (alias: string) => `jsonb_build_object('code', ${alias}.code, 'name', ${alias}.short_name)`

/** `$1 … $3`: the sight of whoever asks. */
const COLUMNS = `a.id, d.id AS "dossierId", coalesce(d.code, 'D' || d.id) AS ref, v.name AS procedure, coalesce(${sightSql(1)}, false) AS seen,
  a.rule_key AS rule, a.subject, a.late, ${OPEN} AS open, a.at, a.due_at AS "dueAt", a.step_name AS step,
  CASE WHEN g.id IS NOT NULL THEN ${agencyJson('g')} END AS agency, p.name AS person,
  CASE WHEN c.id IS NOT NULL THEN jsonb_build_object('agency', ${agencyJson('c')}, 'person', cp.name, 'over', a.cause_over) END AS cause,
  a.escalate_to AS "escalateTo", ARRAY(SELECT n.name FROM account n WHERE n.id = ANY (a.told) ORDER BY n.name) AS told`
const JOINS = `
  JOIN procedure_version v ON v.id = d.procedure_version_id
  LEFT JOIN agency g ON g.id = a.agency_id LEFT JOIN account p ON p.id = a.account_id
  LEFT JOIN agency c ON c.id = a.cause_agency_id LEFT JOIN account cp ON cp.id = a.cause_account_id`

/** `$4` the whole province, `$5` the agency: its own, those under it, and dossiers it resolves or delayed. */
const SCOPE = `($4::boolean OR a.agency_id = $5 OR a.cause_agency_id = $5 OR d.competent_agency_id = $5
  OR a.agency_id IN (SELECT id FROM agency WHERE parent_id = $5))`

export const alertViews = ['open', 'late', 'all'] as const
/** Open: what still waits, a line for each dossier. Late: of those, what has been missed. All: everything that was said, newest first. */
export type AlertView = (typeof alertViews)[number]
export type AlertsAsked = { view: AlertView; before?: number | undefined; limit: number }

/** Open warnings, one for each dossier, the gravest: most overdue first. */
const OPEN_ALERTS = `
SELECT ${COLUMNS} FROM (
  SELECT DISTINCT ON (a.dossier_id) a.* FROM dossier_alert a JOIN dossier d ON d.id = a.dossier_id
  WHERE d.closed_at IS NULL AND d.ready_at IS NULL AND ${OPEN} AND ${SCOPE} AND (NOT $6::boolean OR a.late)
  ORDER BY a.dossier_id, a.late DESC, a.subject = 'dossier' DESC, a.id DESC
) a JOIN dossier d ON d.id = a.dossier_id ${JOINS} ORDER BY a.late DESC, a.due_at, a.id LIMIT $7`

const ALL_ALERTS = `
SELECT ${COLUMNS} FROM dossier_alert a JOIN dossier d ON d.id = a.dossier_id ${JOINS}
WHERE ${SCOPE} AND ($6::bigint IS NULL OR a.id < $6) ORDER BY a.id DESC LIMIT $7`

const oversees = ({ role }: Officer) => role === 'director' || role === 'control'

/** Warnings that concern the officer's agency, or all for those who oversee the province. `before` pages through all of them. */
export function listAlerts(ctx: Ctx, officer: Officer, { view, before, limit }: AlertsAsked): Promise<ListedAlert[]> {
  const who = [...sightValues(sightOf(officer)), oversees(officer), officer.agencyId]
  return view === 'all'
    ? run<ListedAlert>(ctx.db, ALL_ALERTS, [...who, before ?? null, limit])
    : run<ListedAlert>(ctx.db, OPEN_ALERTS, [...who, view === 'late', limit])
}

/** Every warning about a dossier, newest first, for whoever may see it. */
export function listAlertsOf(ctx: Ctx, officer: Officer, dossierId: number): Promise<ListedAlert[]> {
  const text = `SELECT ${COLUMNS} FROM dossier_alert a JOIN dossier d ON d.id = a.dossier_id ${JOINS}
    WHERE a.dossier_id = $4 ORDER BY a.id DESC LIMIT 50`
  return run<ListedAlert>(ctx.db, text, [...sightValues(sightOf(officer)), dossierId])
}
