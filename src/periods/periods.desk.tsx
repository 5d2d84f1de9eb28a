import { z } from 'zod'
import { addDays, localDate } from '#src/calendar/local-date.ts'
import { named } from '#src/platform/field-problems.ts'
import { type FormValues, parseForm, typedIn } from '#src/platform/form.ts'
import { type App, needRole, officerOf, page, type RequestContext, readForm, seeOther } from '#src/platform/http.ts'
import { formErrors, refusalStatus } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { ChangeDefinition, changeDefinition } from './change-definition.ts'
import { ChangePeriodScheme, changePeriodScheme } from './change-period-scheme.ts'
import { listDefinitions } from './definition.query.ts'
import { type DefinitionKey, definitionKeys } from './definition.ts'
import { DEFINITIONS_PATH, DefinitionPage, DefinitionsPage } from './definitions.pages.tsx'
import { listSchemes } from './period-scheme.query.ts'
import type { PeriodScheme } from './period-scheme.ts'
import { PeriodSchemePage, PeriodSchemesPage, SCHEMES_PATH } from './period-schemes.pages.tsx'

/** How reports cut the year and count: to read for who reads reports, to change for procedure control. */
export function periodsDesk(app: App): void {
  app.get(DEFINITIONS_PATH, showDefinitions)
  app.get(`${DEFINITIONS_PATH}/:key`, c => showDefinition(c))
  app.post(`${DEFINITIONS_PATH}/:key`, postDefinition)
  app.get(SCHEMES_PATH, showSchemes)
  app.get(`${SCHEMES_PATH}/:code`, c => showScheme(c))
  app.post(`${SCHEMES_PATH}/:code`, postScheme)
}

const readers = ['leader', 'director', 'control', 'reform'] as const
type Given = { values?: FormValues; errors?: FieldError[]; status?: ReturnType<typeof refusalStatus> }
const todayOf = (c: RequestContext) => localDate(c.get('ctx').clock.now())
const tomorrowOf = (c: RequestContext) => addDays(todayOf(c), 1)

/** What every page of the two lists says about who looks and what was just done. */
function shownTo(c: RequestContext) {
  const officer = officerOf(c)
  needRole(officer, ...readers)
  return { mayChange: officer.role === 'control', done: c.req.query('done') === 'yes' }
}

async function showDefinitions(c: RequestContext): Promise<Response> {
  const shown = shownTo(c)
  return page(c, <DefinitionsPage c={c} periods={await listDefinitions(c.get('ctx'))} {...shown} />)
}

function keyOf(c: RequestContext): DefinitionKey {
  needRole(officerOf(c), 'control')
  const key = definitionKeys.find(one => one === c.req.param('key'))
  if (!key) throw new Refusal('not-found', 'definition-unknown')
  return key
}

async function showDefinition(c: RequestContext, given: Given = {}): Promise<Response> {
  const key = keyOf(c)
  const last = (await listDefinitions(c.get('ctx'))).findLast(one => one.key === key)
  const { values = { answer: last?.answer ?? '' }, errors = [], status } = given
  return page(c, <DefinitionPage {...{ c, values, errors }} name={key} tomorrow={tomorrowOf(c)} />, status)
}

async function postDefinition(c: RequestContext): Promise<Response> {
  const key = keyOf(c)
  const form = await readForm(c)
  const parsed = parseForm(ChangeDefinition, form, c.get('t'))
  if (!parsed.ok) return showDefinition(c, { ...parsed, status: 422 })
  return recorded(
    c,
    DEFINITIONS_PATH,
    () => changeDefinition(c.get('ctx'), key, parsed.value),
    refused => showDefinition(c, { ...refused, values: typedIn(form) }),
  )
}

async function showSchemes(c: RequestContext): Promise<Response> {
  const shown = shownTo(c)
  return page(c, <PeriodSchemesPage c={c} schemes={await listSchemes(c.get('ctx'))} today={todayOf(c)} {...shown} />)
}

async function schemeOf(c: RequestContext): Promise<PeriodScheme> {
  needRole(officerOf(c), 'control')
  const scheme = (await listSchemes(c.get('ctx'))).find(({ code }) => code === c.req.param('code'))
  if (!scheme) throw new Refusal('not-found', 'period-scheme-unknown')
  return scheme
}

async function showScheme(c: RequestContext, given: Given = {}): Promise<Response> {
  const scheme = await schemeOf(c)
  const { values = valuesOf(scheme), errors = [], status } = given
  return page(c, <PeriodSchemePage {...{ c, scheme, values, errors }} tomorrow={tomorrowOf(c)} />, status)
}

function valuesOf({ terms }: PeriodScheme): FormValues {
  const last = terms.at(-1)
  if (!last) return {}
  const { name, startDay, kinds, submissionDays } = last
  const figures = { startDay: String(startDay), submissionDays: String(submissionDays) }
  return { nameVi: name[0], nameEn: name[1], kinds: [...kinds], ...figures }
}

/** As the page's controls send it. */
const SchemeForm = ChangePeriodScheme.extend({
  startDay: named(z.coerce.number().int().min(1).max(28), 'ngày bắt đầu kỳ', 'the first day of a period'),
  submissionDays: named(
    z.coerce.number().int().min(0).max(60),
    'số ngày để gửi báo cáo',
    'the days to send the report',
  ),
})

async function postScheme(c: RequestContext): Promise<Response> {
  const { code } = await schemeOf(c)
  const form = await readForm(c)
  const parsed = parseForm(SchemeForm, form, c.get('t'))
  if (!parsed.ok) return showScheme(c, { ...parsed, status: 422 })
  return recorded(
    c,
    SCHEMES_PATH,
    () => changePeriodScheme(c.get('ctx'), code, parsed.value),
    refused => showScheme(c, { ...refused, values: typedIn(form) }),
  )
}

/** Back to the list, or to the form with what is in the way of it. */
async function recorded(
  c: RequestContext,
  list: string,
  change: () => Promise<void>,
  again: (refused: Given) => Promise<Response>,
): Promise<Response> {
  try {
    await change()
    return seeOther(c, `${list}?done=yes`)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return again({ errors: formErrors(error, c.get('t')), status: refusalStatus(error) })
  }
}
