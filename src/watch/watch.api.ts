import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import type { Role } from '#src/platform/ctx.ts'
import { rowId } from '#src/platform/form.ts'
import { type App, type Env, needRole, officerOf } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { escalations, subjects, watcherRoles } from '#src/warnings/warning.ts'
import { alertViews, listAlerts } from './alert-list.query.ts'
import { anomalyKinds, LONGEST_PERIOD_DAYS, listAnomalies, periodOf } from './anomaly.query.ts'
import { apologyStates, listApologyDrafts } from './apology.query.ts'
import { remindRoles } from './reminder.ts'

const instant = z.iso.datetime()
const AgencyRef = z.object({ code: z.string(), name: z.string() })
const cursor = rowId.optional()
const limit = z.coerce.number().int().min(1).max(200).default(50)
const next = z.string().nullable().openapi({ description: 'Send it as `cursor` for the page after; null on the last' })
const security = [{ bearer: [] }]

const only = (...roles: readonly Role[]): MiddlewareHandler<Env> => {
  return async (c, go) => {
    needRole(officerOf(c), ...roles)
    await go()
  }
}

const Alert = z
  .object({
    id: z.int(),
    dossier: z.string().openapi({ description: 'Reference' }),
    rule: z.string(),
    subject: z.enum(subjects),
    late: z.boolean().openapi({ description: 'false: a warning ahead' }),
    open: z.boolean().openapi({ description: 'What it warns of still holds' }),
    at: instant,
    dueAt: instant,
    step: z.string().nullable(),
    agency: AgencyRef.nullable().openapi({ description: 'Whose it was then' }),
    cause: z.object({ agency: AgencyRef, minutes: z.int() }).nullable().openapi({
      description: 'Who caused the delay; `minutes`: working minutes beyond what their steps allow',
    }),
    escalatedTo: z.enum(escalations),
  })
  .openapi('Alert')

const alertsRoute = createRoute({
  method: 'get',
  path: '/api/v1/alerts',
  tags: ['watch'],
  summary: 'Warnings that concern the officer’s agency; open ones are one to a dossier, most urgent first',
  security,
  middleware: only(...watcherRoles),
  request: { query: z.strictObject({ view: z.enum(alertViews).default('open'), cursor, limit }) },
  responses: { 200: answers(z.object({ items: z.array(Alert), next }), 'Warnings'), ...refuses(401, 403, 422) },
})

const Apology = z
  .object({
    id: z.int(),
    dossier: z.string(),
    dueAt: instant.openapi({ description: 'The promise that will not be kept' }),
    at: instant,
    agency: AgencyRef.openapi({ description: 'Whose leader signs' }),
    reason: z.string(),
    until: z.iso.date().openapi({ description: 'The new date proposed' }),
    state: z.enum(apologyStates).openapi({ description: 'signed: by the command `extend`' }),
  })
  .openapi('ApologyDraft')

const apologiesRoute = createRoute({
  method: 'get',
  path: '/api/v1/apology-drafts',
  tags: ['watch'],
  summary: 'Apologies drafted before promises are broken, newest first',
  security,
  middleware: only(...remindRoles),
  request: { query: z.strictObject({ state: z.enum(apologyStates).optional(), cursor, limit }) },
  responses: { 200: answers(z.object({ items: z.array(Apology), next }), 'Drafts'), ...refuses(401, 403, 422) },
})

const Oddity = z
  .object({
    kind: z.enum(anomalyKinds),
    at: instant,
    dossier: z.string().nullable(),
    by: z.string().nullable(),
    agency: AgencyRef.nullable(),
    value: z
      .number()
      .openapi({ description: 'Hours left (late-supplement) or passed, pauses, or dossiers (mass-close)' }),
  })
  .openapi('Anomaly')

const anomaliesRoute = createRoute({
  method: 'get',
  path: '/api/v1/anomalies',
  tags: ['watch'],
  summary: `What a supervisor should look at, newest first; the last 30 days, or up to ${LONGEST_PERIOD_DAYS} days`,
  security,
  middleware: only(...remindRoles),
  request: {
    query: z.strictObject({
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
      kind: z.enum(anomalyKinds).optional(),
      limit,
    }),
  },
  responses: { 200: answers(z.object({ items: z.array(Oddity) }), 'Anomalies'), ...refuses(401, 403, 422) },
})

/** One row more than the page holds tells that there is a page after. */
function paged<Row extends { id: number }>(rows: readonly Row[], size: number) {
  return { rows: rows.slice(0, size), next: rows.length > size ? String(rows[size - 1]?.id) : null }
}

export function watchApi(app: App): void {
  app.openapi(alertsRoute, async c => {
    const { view, cursor: before, limit: size } = c.req.valid('query')
    const found = await listAlerts(c.get('ctx'), officerOf(c), { view, before, limit: size + 1 })
    const { rows, next: after } = paged(found, size)
    const items = rows.map(({ ref, cause, at, dueAt, escalateTo: escalatedTo, ...one }) => ({
      ...{ id: one.id, dossier: ref, rule: one.rule, subject: one.subject, late: one.late, open: one.open },
      ...{ at: at.toISOString(), dueAt: dueAt.toISOString(), step: one.step, agency: one.agency, escalatedTo },
      cause: cause && { agency: cause.agency, minutes: cause.over },
    }))
    // Open ones are few and in order of urgency: there is no page after.
    return c.json({ items, next: view === 'all' ? after : null }, 200)
  })
  app.openapi(apologiesRoute, async c => {
    const { state, cursor: before, limit: size } = c.req.valid('query')
    const found = await listApologyDrafts(c.get('ctx'), officerOf(c), { state, before, limit: size + 1 })
    const { rows, next: after } = paged(found, size)
    const items = rows.map(({ id, ref, dueAt, at, agency, reason, until, state: is }) => {
      return { id, dossier: ref, dueAt: dueAt.toISOString(), at: at.toISOString(), agency, reason, until, state: is }
    })
    return c.json({ items, next: after }, 200)
  })
  app.openapi(anomaliesRoute, async c => {
    const { from, to, kind, limit: size } = c.req.valid('query')
    const ctx = c.get('ctx')
    const period = periodOf({ from, to }, ctx.clock.now())
    const found = await listAnomalies(ctx, officerOf(c), { ...period, kind, limit: size })
    const items = found.map(({ kind: is, at, ref, person, agency, value }) => {
      return { kind: is, at: at.toISOString(), dossier: ref, by: person, agency, value }
    })
    return c.json({ items }, 200)
  })
}
