import { z } from 'zod'
import { addDays, localDate } from '#src/calendar/local-date.ts'
import { fieldProblems, named } from '#src/platform/field-problems.ts'
import { type FormValues, parseForm, typedIn } from '#src/platform/form.ts'
import { type App, needRole, officerOf, page, type RequestContext, readForm, seeOther } from '#src/platform/http.ts'
import { formErrors, refusalStatus } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { reportReaders } from '#src/reports/report.ts'
import { ChangeIndexSet, changeIndexSet } from './change-index-set.ts'
import { keyOf } from './entry.desk.tsx'
import { IndexSetPage } from './indicator-set.pages.tsx'
import { listIndexSets } from './indicator-set.query.ts'
import { IndexDefinition, indicatorsOf } from './indicator-set.ts'
import { SETS_PATH } from './indices.pages.tsx'

/** "Bộ chỉ số": what agencies are scored by, every version of it; procedure control sets the numbers of the next. */
export function indexSetDesk(app: App): void {
  app.get(`${SETS_PATH}/:key`, c => showSet(c))
  app.post(`${SETS_PATH}/:key`, postSet)
}

type Given = { values?: FormValues; errors?: FieldError[]; status?: ReturnType<typeof refusalStatus> }

async function showSet(c: RequestContext, given: Given = {}): Promise<Response> {
  const officer = officerOf(c)
  needRole(officer, ...reportReaders)
  const ctx = c.get('ctx')
  const sets = await listIndexSets(ctx, keyOf(c))
  const today = localDate(ctx.clock.now())
  const last = sets.at(-1)
  if (!last) throw new Refusal('not-found', 'index-set-unknown')
  const { values = numbersOf(last.definition), errors = [], status } = given
  const mayChange = officer.role === 'control'
  const done = c.req.query('done') === 'yes'
  return page(
    c,
    <IndexSetPage {...{ c, sets, today, values, errors, mayChange, done }} tomorrow={addDays(today, 1)} />,
    status,
  )
}

/** The numbers of a definition as fields: `max:2.1`, `province:truc-tuyen`, `commune:…`, `band:0`. */
function numbersOf(definition: IndexDefinition): FormValues {
  const fields = indicatorsOf(definition).flatMap(({ code, max, targets }) => [
    [`max:${code}`, String(max)],
    ...(targets
      ? [
          [`province:${code}`, String(percent(targets.province))],
          [`commune:${code}`, String(percent(targets.commune))],
        ]
      : []),
  ])
  const bands = definition.bands.map(({ from }, i) => [`band:${i}`, String(from)])
  return Object.fromEntries([...fields, ...bands])
}

const percent = (share: number) => Number((share * 100).toFixed(4))

/** The same definition with the numbers of the fields; a field left out keeps its number, one that is no number spoils it. */
function withNumbers(definition: IndexDefinition, form: FormData): unknown {
  const number = (name: string, before: number, scale = 1) => {
    const typed = form.get(name)
    return typeof typed === 'string' ? Number(typed.trim().replace(',', '.') || Number.NaN) / scale : before
  }
  return {
    ...definition,
    bands: definition.bands.map((band, i) => ({ ...band, from: number(`band:${i}`, band.from) })),
    groups: definition.groups.map(group => ({
      ...group,
      indicators: group.indicators.map(one => ({
        ...one,
        max: number(`max:${one.code}`, one.max),
        ...(one.targets && {
          targets: {
            province: number(`province:${one.code}`, one.targets.province, 100),
            commune: number(`commune:${one.code}`, one.targets.commune, 100),
          },
        }),
      })),
    })),
  }
}

const Rest = z.object({
  ground: named(ChangeIndexSet.shape.ground, 'căn cứ', 'the ground'),
  from: named(ChangeIndexSet.shape.from, 'ngày áp dụng', 'the day it applies from'),
})

async function postSet(c: RequestContext): Promise<Response> {
  needRole(officerOf(c), 'control')
  const key = keyOf(c)
  const t = c.get('t')
  const form = await readForm(c)
  const last = (await listIndexSets(c.get('ctx'), key)).at(-1)
  if (!last) throw new Refusal('not-found', 'index-set-unknown')
  const rest = parseForm(Rest, form, t)
  const typed = withNumbers(last.definition, form)
  const definition = IndexDefinition.safeParse(typed)
  if (!rest.ok || !definition.success) {
    const wrong = definition.success ? [] : fieldProblems(definition.error.issues, IndexDefinition, typed, t)
    const errors = [...wrong.map(one => numberError(one, last.definition)), ...(rest.ok ? [] : rest.errors)]
    return showSet(c, { values: typedIn(form), errors, status: 422 })
  }
  try {
    await changeIndexSet(c.get('ctx'), key, { ...rest.value, definition: definition.data })
    return seeOther(c, `${SETS_PATH}/${key}?done=yes`)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return showSet(c, { values: typedIn(form), errors: formErrors(error, t), status: refusalStatus(error) })
  }
}

/** `groups.0.indicators.1.max` as the field of the page that says it; what concerns the whole, at its first number. */
function numberError({ field, message }: FieldError, { groups }: IndexDefinition): FieldError {
  const [, group, place, name = ''] = /^groups\.(\d+)\.indicators\.(\d+)\.(?:targets\.)?(\w+)$/u.exec(field) ?? []
  const code = groups[Number(group)]?.indicators[Number(place)]?.code
  if (code !== undefined) return { field: `${name}:${code}`, message }
  const [, band] = /^bands\.(\d+)/u.exec(field) ?? []
  if (band !== undefined || field === 'bands') return { field: `band:${band ?? 0}`, message }
  return { field: `max:${groups[0]?.indicators[0]?.code}`, message }
}
