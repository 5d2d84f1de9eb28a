import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { line } from '#src/platform/form.ts'
import { type App, type Env, needRole, officerOf, officersOnly } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { ChangeDefinition, changeDefinition } from './change-definition.ts'
import { ChangePeriodScheme, changePeriodScheme } from './change-period-scheme.ts'
import { listDefinitions } from './definition.query.ts'
import { definitionKeys } from './definition.ts'
import { periodsOf } from './period-preset.ts'
import { listSchemes } from './period-scheme.query.ts'
import { type PeriodScheme, periodKinds } from './period-scheme.ts'

const security = [{ bearer: [] }]
const tags = ['reports']
const controlOnly: MiddlewareHandler<Env> = async (c, next) => {
  needRole(officerOf(c), 'control')
  await next()
}

const inForce = { ground: z.string(), validFrom: z.iso.date(), validTo: z.iso.date().nullable() }

const Definition = z
  .object({ key: z.enum(definitionKeys), answer: z.string(), ...inForce })
  .openapi('ReportDefinition', { description: 'How dossiers are put into columns where the texts leave it open' })
const Definitions = z.object({ items: z.array(Definition) })

const definitionsRoute = createRoute({
  method: 'get',
  path: '/api/v1/report-definitions',
  tags,
  summary: 'How dossiers are counted: in force and to come',
  security,
  middleware: officersOnly,
  responses: { 200: answers(Definitions, 'Definitions'), ...refuses(401, 403) },
})

const changeRoute = createRoute({
  method: 'put',
  path: '/api/v1/report-definitions/{key}',
  tags,
  summary: 'Change how dossiers are counted, for periods that end on a day after today or later',
  security,
  middleware: controlOnly,
  request: {
    params: z.object({ key: z.enum(definitionKeys) }),
    body: { required: true, content: { 'application/json': { schema: ChangeDefinition.openapi('ChangeDefinition') } } },
  },
  responses: { 200: answers(Definitions, 'The periods of this one'), ...refuses(400, 401, 403, 409, 422) },
})

const Terms = z.object({
  nameVi: z.string(),
  nameEn: z.string(),
  startDay: z.int().openapi({ description: '1: calendar months; 15: from the 15th to the 14th' }),
  kinds: z.array(z.enum(periodKinds)),
  submissionDays: z.int(),
  ...inForce,
})
const Scheme = z.object({ code: z.string(), terms: z.array(Terms) }).openapi('PeriodScheme')
const Schemes = z.object({ items: z.array(Scheme) })

const schemesRoute = createRoute({
  method: 'get',
  path: '/api/v1/period-schemes',
  tags,
  summary: 'Ways to cut the year into reporting periods, past and to come',
  security,
  middleware: officersOnly,
  responses: { 200: answers(Schemes, 'Schemes'), ...refuses(401, 403) },
})

const schemeCode = line(40).regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/u)
const changeSchemeRoute = createRoute({
  method: 'put',
  path: '/api/v1/period-schemes/{code}',
  tags,
  summary: 'Change a scheme of periods, or add one, from a day after today',
  security,
  middleware: controlOnly,
  request: {
    params: z.object({ code: schemeCode }),
    body: {
      required: true,
      content: { 'application/json': { schema: ChangePeriodScheme.openapi('ChangePeriodScheme') } },
    },
  },
  responses: { 200: answers(Scheme, 'The scheme'), ...refuses(400, 401, 403, 409, 422) },
})

const Period = z
  .object({
    code: z.string().openapi({ description: 'As `period` of a report' }),
    scheme: z.string(),
    kind: z.enum(periodKinds),
    from: z.iso.date(),
    to: z.iso.date().openapi({ description: 'Inside' }),
    submitBy: z.iso.date(),
    label: z.string(),
  })
  .openapi('ReportingPeriod')

const periodsRoute = createRoute({
  method: 'get',
  path: '/api/v1/periods',
  tags,
  summary: 'The reporting periods of a year, of every scheme',
  security,
  middleware: officersOnly,
  request: { query: z.strictObject({ year: z.coerce.number().int().min(1990).max(2100) }) },
  responses: { 200: answers(z.object({ items: z.array(Period) }), 'Periods'), ...refuses(401, 403, 422) },
})

/** Periods and definitions, for programs. */
export function periodsApi(app: App): void {
  app.openapi(definitionsRoute, async c => c.json({ items: await listDefinitions(c.get('ctx')) }, 200))
  app.openapi(changeRoute, async c => {
    const { key } = c.req.valid('param')
    await changeDefinition(c.get('ctx'), key, c.req.valid('json'))
    return c.json({ items: (await listDefinitions(c.get('ctx'))).filter(one => one.key === key) }, 200)
  })
  app.openapi(schemesRoute, async c => c.json({ items: (await listSchemes(c.get('ctx'))).map(schemeOf) }, 200))
  app.openapi(changeSchemeRoute, async c => {
    const { code } = c.req.valid('param')
    await changePeriodScheme(c.get('ctx'), code, c.req.valid('json'))
    const changed = (await listSchemes(c.get('ctx'))).find(one => one.code === code)
    return c.json(schemeOf(changed ?? { code, terms: [] }), 200)
  })
  app.openapi(periodsRoute, async c => {
    const schemes = await listSchemes(c.get('ctx'))
    const { year } = c.req.valid('query')
    const t = c.get('t')
    const items = schemes
      .flatMap(scheme => periodsOf(scheme, year))
      .map(({ code, scheme, kind, from, to, submitBy, label }) => {
        return { code, scheme, kind, from, to, submitBy, label: t(...label) }
      })
    return c.json({ items }, 200)
  })
}

function schemeOf({ code, terms }: PeriodScheme): z.infer<typeof Scheme> {
  const said = terms.map(({ name: [nameVi, nameEn], kinds, ...rest }) => ({
    nameVi,
    nameEn,
    kinds: [...kinds],
    ...rest,
  }))
  return { code, terms: said }
}
