import { localDate } from '#src/calendar/local-date.ts'
import { lastBegun } from '#src/periods/period-preset.ts'
import { listSchemes } from '#src/periods/period-scheme.query.ts'
import { NATIONAL } from '#src/periods/period-scheme.ts'
import { type FormValues, typedIn } from '#src/platform/form.ts'
import { type App, needRole, officerOf, page, type RequestContext } from '#src/platform/http.ts'
import { formErrors } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { existingIn, getAsked, listReaderAgencies } from '#src/reports/asked.query.ts'
import { pageName, parseAsked } from '#src/reports/asked.ts'
import { type Asked, reportReaders } from '#src/reports/report.ts'
import { ii06a } from '#src/statutory/ii06a.query.ts'
import { directiveDocument } from './directive-document.ts'
import { readDirectiveFigures } from './directive-figures.query.ts'
import { DIRECTIVE_PATH, DirectivePage } from './directive-page.tsx'
import { type DirectiveReport, directiveReport } from './directive-report.ts'

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const MONTHS = 12

/** Beside the reports, on their list. */
export const directivePlaces = [
  { href: DIRECTIVE_PATH, label: ['Báo cáo chỉ đạo, điều hành', 'Directive report'] as const, roles: reportReaders },
]

/** "Báo cáo chỉ đạo, điều hành": what a director sends to the chairman each month, on screen and as a document. */
export function directiveDesk(app: App): void {
  app.get(DIRECTIVE_PATH, showDirective)
  app.get(`${DIRECTIVE_PATH}.docx`, sendDirective)
}

async function showDirective(c: RequestContext): Promise<Response> {
  needRole(officerOf(c), ...reportReaders)
  const found = await askedOf(c)
  const search = new URL(c.req.url).searchParams
  const shown = {
    ...{ c, errors: [] as FieldError[], values: typedIn(search), report: undefined as DirectiveReport | undefined },
    ...{ download: '', current: c.req.query('ky'), months: await listMonths(c) },
    agencies: await listAgencies(c, 'asked' in found ? found.asked : null),
  }
  if ('errors' in found) return page(c, <DirectivePage {...shown} errors={found.errors} values={found.values} />, 422)
  const { from, to, agency, asOf } = found.asked
  const same = new URLSearchParams({ tu: from, den: to, 'co-quan': agency.code })
  if (asOf) same.set('luc', asOf.toISOString())
  const current = shown.months.find(one => one.from === from && one.to === to)?.code
  const values = { ...shown.values, tu: from, den: to, 'co-quan': agency.code }
  const report = await reportOf(c, found.asked)
  return page(
    c,
    <DirectivePage {...shown} {...{ report, values, current }} download={`${DIRECTIVE_PATH}.docx?${same}`} />,
  )
}

async function sendDirective(c: RequestContext): Promise<Response> {
  needRole(officerOf(c), ...reportReaders)
  const found = await askedOf(c)
  if ('errors' in found) throw new Refusal('invalid', 'fields-invalid', { errors: found.errors })
  const { from, to } = found.asked
  const name = `bao-cao-chi-dao-${from}_${to}.docx`
  return c.body(await directiveDocument(await reportOf(c, found.asked)), 200, {
    'Content-Type': WORD,
    'Content-Disposition': `attachment; filename="${name}"`,
  })
}

async function reportOf(c: RequestContext, asked: Asked): Promise<DirectiveReport> {
  return directiveReport(await readDirectiveFigures(c.get('ctx'), asked, officerOf(c).agencyId))
}

type Found = { asked: Asked } | { errors: FieldError[]; values: FormValues }

/** Asked as form II.06a is: a period and an agency. */
async function askedOf(c: RequestContext): Promise<Found> {
  const officer = officerOf(c)
  const t = c.get('t')
  const search = new URL(c.req.url).searchParams
  const parsed = parseAsked({ ...ii06a, filters: [] }, search, t)
  if (!parsed.ok) return { errors: parsed.errors, values: parsed.values }
  try {
    const { role, agencyId } = officer
    return { asked: await getAsked(c.get('ctx'), { ...ii06a, filters: [] }, parsed.value, { role, agencyId }) }
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error
    const errors = formErrors(error, t).map(one => ({ ...one, field: pageName(one.field) }))
    return { errors, values: typedIn(search) }
  }
}

/** Whose report this officer may make, of those that existed in the period; today where there is none. */
async function listAgencies(c: RequestContext, asked: Pick<Asked, 'from' | 'to'> | null) {
  const ctx = c.get('ctx')
  const today = localDate(ctx.clock.now())
  return existingIn(await listReaderAgencies(ctx, officerOf(c)), asked ?? { from: today, to: today })
}

/** The months of the national scheme, the one under way first. */
async function listMonths(c: RequestContext) {
  const ctx = c.get('ctx')
  const national = (await listSchemes(ctx)).find(({ code }) => code === NATIONAL)
  return national ? lastBegun(national, 'month', localDate(ctx.clock.now()), MONTHS) : []
}
