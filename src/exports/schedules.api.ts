import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { periodKinds } from '#src/periods/period-scheme.ts'
import { rowId } from '#src/platform/form.ts'
import { type App, commandIdOf, type Env, needRole, officerOf, onceHeaders } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { isoLocal } from '#src/platform/text.ts'
import { reportFormats } from '#src/reports/render-report.ts'
import type { ReportKind } from '#src/reports/report.ts'
import { createSchedule, NewSchedule } from './create-schedule.ts'
import { exportStates } from './export-file.ts'
import { listIssues, listSchedules } from './schedule.query.ts'
import type { Issue, ReportSchedule } from './schedule.ts'
import { stopSchedule } from './stop-schedule.ts'

const instant = z.iso.datetime({ offset: true })
const security = [{ bearer: [] }]
const tags = ['reports']

const controlOnly: MiddlewareHandler<Env> = async (c, next) => {
  needRole(officerOf(c), 'control')
  await next()
}

const Schedule = z
  .object({
    id: z.int(),
    report: z.string(),
    by: z.string().nullable(),
    agency: z.string().nullable().openapi({ description: 'Code; null: the whole province' }),
    scheme: z.string(),
    kind: z.enum(periodKinds),
    daysAfter: z.int(),
    format: z.enum(reportFormats),
    ground: z.string(),
    validFrom: z.iso.date(),
    validTo: z.iso.date().nullable(),
    recipients: z.array(
      z.object({ username: z.string().nullable(), role: z.string().nullable(), agency: z.string().nullable() }),
    ),
  })
  .openapi('ReportSchedule')

const Sent = z
  .object({
    schedule: z.int(),
    period: z.string(),
    export: z.int(),
    state: z.enum(exportStates),
    failures: z.int(),
    sha256: z.string().nullable(),
    madeAt: instant.nullable(),
    deliveries: z.array(z.object({ username: z.string(), sentAt: instant, openedAt: instant.nullable() })),
  })
  .openapi('ReportIssue')

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/report-schedules',
  tags,
  summary: 'Reports sent by schedule, and what was made and sent to whom',
  security,
  middleware: controlOnly,
  responses: {
    200: answers(z.object({ items: z.array(Schedule), issues: z.array(Sent) }), 'Schedules; the latest 100 issues'),
    ...refuses(401, 403),
  },
})

const createdRoute = createRoute({
  method: 'post',
  path: '/api/v1/report-schedules',
  tags,
  summary: 'Have a report sent after each period',
  security,
  middleware: controlOnly,
  request: {
    headers: onceHeaders,
    body: { required: true, content: { 'application/json': { schema: NewSchedule.openapi('NewReportSchedule') } } },
  },
  responses: { 201: answers(z.object({ id: z.int() }), 'It is recorded'), ...refuses(400, 401, 403, 409, 422) },
})

const stopRoute = createRoute({
  method: 'post',
  path: '/api/v1/report-schedules/{id}/stop',
  tags,
  summary: 'Send no report of periods that end today or later',
  security,
  middleware: controlOnly,
  request: { params: z.object({ id: rowId }) },
  responses: { 204: { description: 'It is stopped' }, ...refuses(401, 403, 404, 422) },
})

/** Reports sent by schedule, for programs. */
export function schedulesApi(kinds: readonly ReportKind[]): (app: App) => void {
  return app => {
    app.openapi(listRoute, async c => {
      const ctx = c.get('ctx')
      const [schedules, issues] = await Promise.all([listSchedules(ctx), listIssues(ctx, 100)])
      return c.json({ items: schedules.map(scheduleOf), issues: issues.map(issueOf) }, 200)
    })
    app.openapi(createdRoute, async c => {
      const made = await createSchedule(c.get('ctx'), { kinds, input: c.req.valid('json') }, commandIdOf(c))
      return c.json(made, 201)
    })
    app.openapi(stopRoute, async c => {
      await stopSchedule(c.get('ctx'), c.req.valid('param').id)
      return c.body(null, 204)
    })
  }
}

function scheduleOf({ grouping, agency, recipients, ...rest }: ReportSchedule): z.infer<typeof Schedule> {
  const to = recipients.map(({ username, role, agency: at }) => ({ username, role, agency: at }))
  return { ...rest, by: grouping, agency: agency?.code ?? null, recipients: to }
}

function issueOf(issue: Issue): z.infer<typeof Sent> {
  const { scheduleId, period, exportId, state, failures, sha256, finishedAt } = issue
  const deliveries = issue.deliveries.map(({ username, sentAt, openedAt }) => {
    return { username, sentAt: isoLocal(new Date(sentAt)), openedAt: openedAt && isoLocal(new Date(openedAt)) }
  })
  const madeAt = finishedAt && isoLocal(finishedAt)
  return { schedule: scheduleId, period, export: exportId, state, failures, sha256, madeAt, deliveries }
}
