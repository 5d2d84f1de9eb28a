import { z } from 'zod'
import { addDays, localDate } from '#src/calendar/local-date.ts'
import { named } from '#src/platform/field-problems.ts'
import { type FormValues, parseForm, typedIn } from '#src/platform/form.ts'
import { type App, needRole, officerOf, page, type RequestContext, readForm, seeOther } from '#src/platform/http.ts'
import { formErrors, refusalStatus } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { ChangeWarningRule, changeWarningRule } from './change-warning-rule.ts'
import { ChangeWatchSetting, changeWatchSetting } from './change-watch-setting.ts'
import { RULES_PATH } from './rule-table.tsx'
import type { WarningRule } from './warning.ts'
import { listRules, listSettings } from './warning-rule.query.ts'
import { RulePage, SETTING_PATH, SettingPage, WarningRulesPage } from './warning-rules.pages.tsx'
import { type SettingKey, settingKeys } from './watch-setting.ts'

/** "Quy tắc cảnh báo": procedure control says when officers are warned and what the watch goes by, from a day on. */
export function warningRulesDesk(app: App): void {
  app.get(RULES_PATH, showRules)
  app.get(`${SETTING_PATH}/:key`, c => showSetting(c))
  app.post(`${SETTING_PATH}/:key`, postSetting)
  app.get(`${RULES_PATH}/:key`, c => showRule(c))
  app.post(`${RULES_PATH}/:key`, postRule)
}

/** As the page's controls send it. */
const RuleForm = ChangeWarningRule.omit({ subject: true, enabled: true, amount: true }).extend({
  amount: named(z.coerce.number().min(0).max(1000), 'mức thời gian', 'the amount'),
  off: z.literal('yes').optional(),
})
const SettingForm = ChangeWatchSetting.extend({ amount: named(z.coerce.number().int(), 'giá trị', 'the amount') })

type Given = { values?: FormValues; errors?: FieldError[]; status?: ReturnType<typeof refusalStatus> }

async function showRules(c: RequestContext): Promise<Response> {
  needRole(officerOf(c), 'control')
  const ctx = c.get('ctx')
  const [rules, settings] = await Promise.all([listRules(ctx), listSettings(ctx)])
  return page(c, <WarningRulesPage c={c} rules={rules} settings={settings} done={c.req.query('done') === 'yes'} />)
}

const tomorrowOf = (c: RequestContext) => addDays(localDate(c.get('ctx').clock.now()), 1)

/** The last period of the rule the address names: what a change starts from. */
async function ruleOf(c: RequestContext): Promise<WarningRule> {
  needRole(officerOf(c), 'control')
  const rule = (await listRules(c.get('ctx'))).findLast(({ key }) => key === c.req.param('key'))
  if (!rule) throw new Refusal('not-found', 'warning-rule-unknown')
  return rule
}

async function showRule(c: RequestContext, given: Given = {}): Promise<Response> {
  const rule = await ruleOf(c)
  const { moment, amount, unit, escalateTo, enabled } = rule
  const now = { moment, amount: String(amount), unit, escalateTo, ...(!enabled && { off: 'yes' }) }
  const { values = now, errors = [], status } = given
  return page(c, <RulePage {...{ c, rule, values, errors }} tomorrow={tomorrowOf(c)} />, status)
}

async function postRule(c: RequestContext): Promise<Response> {
  const { key } = await ruleOf(c)
  const form = await readForm(c)
  const parsed = parseForm(RuleForm, form, c.get('t'))
  if (!parsed.ok) return showRule(c, { ...parsed, status: 422 })
  const { off, ...change } = parsed.value
  return recorded(
    c,
    () => changeWarningRule(c.get('ctx'), key, { ...change, enabled: !off }),
    refused => showRule(c, { ...refused, values: typedIn(form) }),
  )
}

function settingOf(c: RequestContext): SettingKey {
  needRole(officerOf(c), 'control')
  const setting = settingKeys.find(key => key === c.req.param('key'))
  if (!setting) throw new Refusal('not-found', 'watch-setting-unknown')
  return setting
}

async function showSetting(c: RequestContext, given: Given = {}): Promise<Response> {
  const setting = settingOf(c)
  const last = (await listSettings(c.get('ctx'))).findLast(({ key }) => key === setting)
  const { values = { amount: String(last?.amount ?? '') }, errors = [], status } = given
  return page(c, <SettingPage {...{ c, setting, values, errors }} tomorrow={tomorrowOf(c)} />, status)
}

async function postSetting(c: RequestContext): Promise<Response> {
  const setting = settingOf(c)
  const form = await readForm(c)
  const parsed = parseForm(SettingForm, form, c.get('t'))
  if (!parsed.ok) return showSetting(c, { ...parsed, status: 422 })
  return recorded(
    c,
    () => changeWatchSetting(c.get('ctx'), setting, parsed.value),
    refused => showSetting(c, { ...refused, values: typedIn(form) }),
  )
}

type Again = (refused: Given) => Promise<Response>

/** Back to the list, or to the form with what is in the way of it. */
async function recorded(c: RequestContext, change: () => Promise<void>, again: Again): Promise<Response> {
  try {
    await change()
    return seeOther(c, `${RULES_PATH}?done=yes`)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return again({ errors: formErrors(error, c.get('t')), status: refusalStatus(error) })
  }
}
