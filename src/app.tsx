import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { etag } from 'hono/etag'
import { requestId } from 'hono/request-id'
import { routePath } from 'hono/route'
import { accountAdminDesk } from '#src/accounts/account-admin.desk.tsx'
import { accountsDesk } from '#src/accounts/accounts.desk.tsx'
import { sessionApi } from '#src/accounts/session.api.ts'
import { findSession } from '#src/accounts/session.query.ts'
import { calendarApi } from '#src/calendar/calendar.api.ts'
import { calendarDesk } from '#src/calendar/calendar.desk.tsx'
import { deadlineApi } from '#src/calendar/deadline.api.ts'
import { dossierApi } from '#src/casework/dossier.api.ts'
import { dashboardApi } from '#src/dashboards/dashboard.api.ts'
import { dashboardDesk } from '#src/dashboards/dashboard.desk.tsx'
import { delegationsApi } from '#src/delegations/delegations.api.ts'
import { delegationsDesk } from '#src/delegations/delegations.desk.tsx'
import { processApi } from '#src/design/process.api.ts'
import { processDesk } from '#src/design/process.desk.tsx'
import { processPortal } from '#src/design/process.portal.tsx'
import { processLifeApi } from '#src/design/process-life.api.ts'
import { commandDesk } from '#src/desk/command.desk.tsx'
import { dossierDesk } from '#src/desk/dossier.desk.tsx'
import { dossierRecordApi } from '#src/desk/dossier-record.api.ts'
import { directiveDesk, directivePlaces } from '#src/directive/directive.desk.tsx'
import { distributionApi } from '#src/distribution/distribution.api.ts'
import { distributionDesk } from '#src/distribution/distribution.desk.tsx'
import { noticesApi } from '#src/distribution/notices.api.ts'
import { noticesDesk } from '#src/distribution/notices.desk.tsx'
import { editorDesk } from '#src/editor/editor.desk.tsx'
import { trialDesk } from '#src/editor/trial.desk.tsx'
import { exportsApi } from '#src/exports/exports.api.ts'
import { exportsDesk } from '#src/exports/exports.desk.tsx'
import { schedulesApi } from '#src/exports/schedules.api.ts'
import { schedulesDesk } from '#src/exports/schedules.desk.tsx'
import { familiesApi } from '#src/families/families.api.ts'
import { guidanceApi } from '#src/guidance/guidance.api.ts'
import { guidanceDesk } from '#src/guidance/guidance.desk.tsx'
import { entryDesk } from '#src/indices/entry.desk.tsx'
import { indexSetDesk } from '#src/indices/indicator-set.desk.tsx'
import { indicesApi } from '#src/indices/indices.api.ts'
import { indicesDesk } from '#src/indices/indices.desk.tsx'
import { ratingsDesk } from '#src/indices/ratings.desk.tsx'
import { intakeDesk } from '#src/intake/intake.desk.tsx'
import { dossierListApi } from '#src/lists/dossier-list.api.ts'
import { registerDesk } from '#src/lists/register.desk.tsx'
import { resultsDesk } from '#src/lists/results.desk.tsx'
import { workListDesk } from '#src/lists/work-list.desk.tsx'
import { paperApi } from '#src/papers/paper.api.ts'
import { periodsApi } from '#src/periods/periods.api.ts'
import { periodsDesk } from '#src/periods/periods.desk.tsx'
import { run } from '#src/platform/db.ts'
import { fieldProblems } from '#src/platform/field-problems.ts'
import { type App, type Env, type Services, sessionSecret } from '#src/platform/http.ts'
import { measureConnections, metrics } from '#src/platform/metrics.ts'
import { bodySchema, useRefusalTexts } from '#src/platform/problem.ts'
import { Refusal } from '#src/platform/refusal.ts'
import {
  chooseLanguage,
  limitBodies,
  logRequests,
  refuseForeignWrites,
  securityHeaders,
  tokenOf,
} from '#src/platform/request.ts'
import { readToken } from '#src/platform/session.ts'
import { cataloguePortal } from '#src/procedures/catalogue.portal.tsx'
import { homePortal } from '#src/procedures/home.portal.tsx'
import { procedureApi } from '#src/procedures/procedure.api.ts'
import { procedurePortal } from '#src/procedures/procedure.portal.tsx'
import { processSimulationApi } from '#src/processes/process-simulation.api.ts'
import { reportsApi } from '#src/reports/report.api.ts'
import { reportsDesk } from '#src/reports/report.desk.tsx'
import { trackingBookDesk } from '#src/reports/tracking-book.desk.tsx'
import { behindDesk } from '#src/statutory/behind.desk.tsx'
import { sealApi } from '#src/statutory/seal.api.ts'
import { sealDesk } from '#src/statutory/seal.desk.tsx'
import { sealBeside, sealPlaces } from '#src/statutory/sealable.query.ts'
import { ownDossiersPortal } from '#src/tracking/own-dossiers.portal.tsx'
import { trackingApi } from '#src/tracking/tracking.api.ts'
import { trackingPortal } from '#src/tracking/tracking.portal.tsx'
import { warningRulesApi } from '#src/warnings/warning-rules.api.ts'
import { warningRulesDesk } from '#src/warnings/warning-rules.desk.tsx'
import { alertsDesk } from '#src/watch/alerts.desk.tsx'
import { anomaliesDesk } from '#src/watch/anomalies.desk.tsx'
import { apologiesDesk } from '#src/watch/apologies.desk.tsx'
import { remindersApi } from '#src/watch/reminders.api.ts'
import { remindersDesk } from '#src/watch/reminders.desk.tsx'
import { watchApi } from '#src/watch/watch.api.ts'
import { apiDocs } from './api-docs.tsx'
import { answerError, answerRefusal, logFault } from './error-answers.tsx'
import { refusalTexts } from './refusal-texts.ts'
import { reportKinds } from './report-kinds.ts'
import { reportPlaces } from './report-places.ts'

/** The only list of routes. */
const rooms: ((app: App) => void)[] = [
  accountsDesk,
  accountAdminDesk,
  sessionApi,
  // Before the citizens' /cua-toi/:ref, which its address would fit too.
  delegationsDesk,
  delegationsApi,
  calendarDesk,
  calendarApi,
  deadlineApi,
  paperApi,
  dossierApi,
  dossierRecordApi,
  familiesApi,
  homePortal,
  cataloguePortal,
  procedurePortal,
  procedureApi,
  processDesk,
  editorDesk,
  trialDesk,
  processPortal,
  processApi,
  processLifeApi,
  processSimulationApi,
  trackingPortal,
  trackingApi,
  ownDossiersPortal,
  workListDesk,
  registerDesk,
  resultsDesk,
  dossierListApi,
  distributionDesk,
  distributionApi,
  noticesDesk,
  noticesApi,
  dashboardDesk,
  dashboardApi,
  trackingBookDesk,
  // Before the reports, whose addresses these begin with.
  behindDesk,
  sealDesk,
  directiveDesk,
  reportsDesk(reportKinds, { places: [...sealPlaces, ...directivePlaces, ...reportPlaces], beside: sealBeside }),
  reportsApi(reportKinds),
  sealApi,
  periodsDesk,
  periodsApi,
  exportsDesk(reportKinds),
  exportsApi(reportKinds),
  schedulesDesk(reportKinds),
  schedulesApi(reportKinds),
  alertsDesk,
  remindersDesk,
  apologiesDesk,
  anomaliesDesk,
  warningRulesDesk,
  warningRulesApi,
  watchApi,
  remindersApi,
  dossierDesk,
  commandDesk,
  intakeDesk,
  guidanceDesk,
  guidanceApi,
  entryDesk,
  indexSetDesk,
  indicesDesk,
  ratingsDesk,
  indicesApi,
]

useRefusalTexts(refusalTexts)

/** Everything the web process answers, given what it works with. Starts nothing and listens to nothing. */
export function createApp(services: Services): App {
  const app: App = new OpenAPIHono<Env>({ defaultHook: refuseInvalid(() => app) })
  app.use(provide(services), requestId(), logRequests, securityHeaders(services.config.publicUrl), chooseLanguage)
  addHealth(app)
  addAssets(app)
  app.use(resolveSession, refuseForeignWrites, limitBodies)
  for (const addRoutes of rooms) addRoutes(app)
  apiDocs(app)
  app.onError(answerError)
  app.notFound(c => answerRefusal(c, new Refusal('not-found', 'page-not-found')))
  return app
}

function provide(services: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    c.set('services', services)
    await next()
  }
}

/** Who asks: at most one statement, and none for visitors. */
const resolveSession: MiddlewareHandler<Env> = async (c, next) => {
  const { db, clock, log } = c.get('services')
  const token = tokenOf(c)
  const tokenHash = token && readToken(token, sessionSecret(c))
  const session = (tokenHash && (await findSession(db, tokenHash, clock.now()))) || null
  c.set('session', session)
  c.set('ctx', {
    db,
    clock,
    actor: session?.actor ?? { kind: 'visitor' },
    log: log.child({ requestId: c.get('requestId') }),
  })
  await next()
  // What someone signed in is shown is for them: no proxy keeps it, and no browser shows it again unasked.
  if (session && !c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'private, no-cache')
}

function addHealth(app: App): void {
  app.get('/healthz', c => c.text('ok'))
  app.get('/readyz', async c => {
    try {
      await run(c.get('services').db, 'SELECT 1', [])
      return c.text('ok')
    } catch (error) {
      logFault(c, error)
      return c.text('database away', 503)
    }
  })
  app.get('/metrics', async c => {
    measureConnections(c.get('services').db)
    return c.text(await metrics.metrics(), 200, { 'Content-Type': metrics.contentType })
  })
}

/** The folder the build writes to: beside this file's own, bundled or not. */
const DIST = fileURLToPath(new URL('../dist/', import.meta.url))
const HASHED = /-[0-9A-Z]{8}\.\w+$/u

function addAssets(app: App): void {
  app.use('/assets/*', etag(), async (c, next) => {
    await next()
    if (!c.res.ok) return
    // Fonts and names that carry their content's hash never change; the rest is asked about again, and answered 304.
    const unchanging = HASHED.test(c.req.path) || c.req.path.startsWith('/assets/fonts/')
    c.header('Cache-Control', unchanging ? 'public, max-age=31536000, immutable' : 'no-cache')
  })
  app.use('/assets/*', serveStatic({ root: DIST, precompressed: true }))
}

type Hook = NonNullable<ConstructorParameters<typeof OpenAPIHono<Env>>[0]>['defaultHook']

/** What a validator refuses, told at its fields; a body's fields by the names its schema gives them. */
const refuseInvalid =
  (app: () => App): Hook =>
  (result, c) => {
    if (result.success) return
    const raw = (result as { data?: unknown }).data
    const schema = result.target === 'json' ? bodySchema(app(), c.req.method, routePath(c)) : undefined
    throw new Refusal('invalid', 'fields-invalid', {
      errors: fieldProblems(result.error.issues, schema, raw, c.get('t')),
    })
  }
