import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { line } from '#src/platform/form.ts'
import { type App, type Env, needRole, officerOf, officersOnly } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { ChangeWarningRule, changeWarningRule } from './change-warning-rule.ts'
import { ChangeWatchSetting, changeWatchSetting } from './change-watch-setting.ts'
import { escalations, moments, subjects, units, type WarningRule } from './warning.ts'
import { listRules, listSettings } from './warning-rule.query.ts'
import { settingKeys } from './watch-setting.ts'

const security = [{ bearer: [] }]

const controlOnly: MiddlewareHandler<Env> = async (c, next) => {
  needRole(officerOf(c), 'control')
  await next()
}

const Rule = z
  .object({
    key: z.string(),
    subject: z.enum(subjects),
    moment: z.enum(moments),
    amount: z.number(),
    unit: z.enum(units),
    escalateTo: z.enum(escalations),
    enabled: z.boolean(),
    ground: z.string(),
    validFrom: z.iso.date(),
    validTo: z.iso.date().nullable(),
  })
  .openapi('WarningRule')
const Rules = z.object({ items: z.array(Rule) })

const rulesRoute = createRoute({
  method: 'get',
  path: '/api/v1/warning-rules',
  tags: ['watch'],
  summary: 'The warning rules in force and those to come',
  security,
  middleware: officersOnly,
  responses: { 200: answers(Rules, 'Rules'), ...refuses(401, 403) },
})

const ruleKey = line(60).regex(/^[a-z]+(-[a-z0-9]+)*$/u)

const changeRoute = createRoute({
  method: 'put',
  path: '/api/v1/warning-rules/{key}',
  tags: ['watch'],
  summary: 'Change a warning rule, or add one, from a day after today',
  security,
  middleware: controlOnly,
  request: {
    params: z.object({ key: ruleKey }),
    body: {
      required: true,
      content: { 'application/json': { schema: ChangeWarningRule.openapi('ChangeWarningRule') } },
    },
  },
  responses: { 200: answers(Rules, 'The periods of this rule'), ...refuses(400, 401, 403, 404, 409, 422) },
})

const Setting = z
  .object({
    key: z.enum(settingKeys),
    amount: z.number(),
    ground: z.string(),
    validFrom: z.iso.date(),
    validTo: z.iso.date().nullable(),
  })
  .openapi('WatchSetting')
const Settings = z.object({ items: z.array(Setting) })

const settingsRoute = createRoute({
  method: 'get',
  path: '/api/v1/watch-settings',
  tags: ['watch'],
  summary: 'The numbers reminder slips, apologies and the list of anomalies go by: in force and to come',
  security,
  middleware: officersOnly,
  responses: { 200: answers(Settings, 'Settings'), ...refuses(401, 403) },
})

const changeSettingRoute = createRoute({
  method: 'put',
  path: '/api/v1/watch-settings/{key}',
  tags: ['watch'],
  summary: 'Change a setting of the watch, from a day after today',
  security,
  middleware: controlOnly,
  request: {
    params: z.object({ key: z.enum(settingKeys) }),
    body: {
      required: true,
      content: { 'application/json': { schema: ChangeWatchSetting.openapi('ChangeWatchSetting') } },
    },
  },
  responses: { 200: answers(Settings, 'The periods of this setting'), ...refuses(400, 401, 403, 409, 422) },
})

/** Warning rules and the other numbers the watch goes by. */
export function warningRulesApi(app: App): void {
  app.openapi(rulesRoute, async c => c.json({ items: (await listRules(c.get('ctx'))).map(ruleOf) }, 200))
  app.openapi(changeRoute, async c => {
    const { key } = c.req.valid('param')
    await changeWarningRule(c.get('ctx'), key, c.req.valid('json'))
    const periods = (await listRules(c.get('ctx'))).filter(rule => rule.key === key)
    return c.json({ items: periods.map(ruleOf) }, 200)
  })
  app.openapi(settingsRoute, async c => c.json({ items: await listSettings(c.get('ctx')) }, 200))
  app.openapi(changeSettingRoute, async c => {
    const { key } = c.req.valid('param')
    await changeWatchSetting(c.get('ctx'), key, c.req.valid('json'))
    return c.json({ items: (await listSettings(c.get('ctx'))).filter(one => one.key === key) }, 200)
  })
}

const ruleOf = ({ id: _, ...rule }: WarningRule) => rule
