import { localDate } from '#src/calendar/local-date.ts'
import { presetsAround } from '#src/periods/period-preset.ts'
import { listSchemes } from '#src/periods/period-scheme.query.ts'
import { NATIONAL, termsOn } from '#src/periods/period-scheme.ts'
import type { Ctx, Role } from '#src/platform/ctx.ts'
import { type FormValues, typedIn } from '#src/platform/form.ts'
import { type App, needRole, officerOf, page, type RequestContext } from '#src/platform/http.ts'
import { formErrors } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { existingIn, getAsked, isWhole, listReaderAgencies } from './asked.query.ts'
import { type AskedParams, pageName, parseAsked } from './asked.ts'
import { type ReportFormat, renderTable } from './render-report.ts'
import { type Asked, type ListKind, type ReportKind, type ReportTable, reportReaders } from './report.ts'
import { listChoices } from './report-choice.query.ts'
import type { ReportChoices } from './report-form.tsx'
import { getHeading } from './report-heading.query.ts'
import { ReportListPage } from './report-list-page.tsx'
import { type BesideReport, type ReadReport, type ReportAction, ReportPageView } from './report-page.tsx'
import { ReportPrint } from './report-print.tsx'

/** What later rooms add to the pages of reports: places named on the list, and what is said beside one. */
export type ReportsMore = {
  places?: readonly (ReportAction & { roles: readonly Role[] })[]
  beside?: (ctx: Ctx, kind: ReportKind, asked: Asked) => Promise<BesideReport>
}

const PAGE = 50
/** What a browser still prints willingly; longer lists are taken away as a file. */
const PRINTED = 1_000

/** "Báo cáo": every report of the registry, on screen, on paper and as a file. */
export function reportsDesk(kinds: readonly ReportKind[], more: ReportsMore = {}): (app: App) => void {
  const byKey = new Map(kinds.map(kind => [kind.key, kind]))
  const find = (c: RequestContext) => byKey.get(c.req.param('key') ?? '')
  return app => {
    app.get('/bao-cao', c => showList(c, kinds, more))
    // Other pages stand beside the reports under the same address: what is no report is left to them.
    app.get('/bao-cao/:key', async (c, next) => {
      const kind = find(c)
      return kind ? showReport(c, kind, more) : await next()
    })
    app.get('/bao-cao/:key/in', async (c, next) => {
      const kind = find(c)
      return kind ? printReport(c, kind) : await next()
    })
    app.get('/bao-cao/:key/:format{(?:xlsx|csv)}', async (c, next) => {
      const kind = find(c)
      return kind ? sendFile(c, kind, c.req.param('format') as ReportFormat) : await next()
    })
  }
}

function showList(c: RequestContext, kinds: readonly ReportKind[], { places = [] }: ReportsMore): Response {
  const officer = officerOf(c)
  needRole(officer, ...reportReaders)
  const theirs = <One extends { roles: readonly Role[] }>(all: readonly One[]) =>
    all.filter(({ roles }) => roles.includes(officer.role))
  return page(c, <ReportListPage c={c} kinds={theirs(kinds)} places={theirs(places)} />)
}

async function showReport(c: RequestContext, kind: ReportKind, more: ReportsMore): Promise<Response> {
  const officer = officerOf(c)
  needRole(officer, ...kind.roles)
  try {
    const asked = await askedOf(c, kind)
    const [read, beside = {}] = await Promise.all([
      readReport(c, kind, asked),
      more.beside?.(c.get('ctx'), kind, asked),
    ])
    const around = await surroundings(c, kind, asked)
    return page(c, <ReportPageView {...{ c, kind, asked, read, beside }} {...around} />)
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error
    const around = await surroundings(c, kind, null)
    const wrong = { values: searchOf(c), errors: pageErrors(error, c) }
    return page(c, <ReportPageView {...{ c, kind, wrong }} asked={null} {...around} />, 422)
  }
}

/** What the address asks for. Throws Refusal with the fields by their names in the address. */
async function askedOf(c: RequestContext, kind: ReportKind): Promise<Asked> {
  const officer = officerOf(c)
  needRole(officer, ...kind.roles)
  const parsed = parseAsked(kind, new URL(c.req.url).searchParams, c.get('t'))
  if (!parsed.ok) throw new Refusal('invalid', 'fields-invalid', { errors: parsed.errors })
  const params: AskedParams = parsed.value
  return getAsked(c.get('ctx'), kind, params, officer)
}

const searchOf = (c: RequestContext): FormValues => ({ ...typedIn(new URL(c.req.url).searchParams) })

function pageErrors(refusal: Refusal, c: RequestContext): FieldError[] {
  // A place in the list is no field of the form.
  const named = (field: string) => (field === 'cursor' ? '' : pageName(field))
  return formErrors(refusal, c.get('t')).map(({ field, message }) => ({ field: named(field), message }))
}

async function readReport(c: RequestContext, kind: ReportKind, asked: Asked): Promise<ReadReport> {
  const ctx = c.get('ctx')
  if (kind.shape === 'table') return { shape: 'table', table: await kind.read(ctx, asked) }
  const after = c.req.query('sau') ?? null
  const shown = await kind.page(ctx, asked, { after, limit: PAGE })
  return { shape: 'list', page: shown, count: await kind.count(ctx, asked), isFirst: after === null }
}

/** What can be chosen beside what was. */
async function surroundings(c: RequestContext, kind: ReportKind, asked: Asked | null) {
  const ctx = c.get('ctx')
  const t = c.get('t')
  const today = localDate(ctx.clock.now())
  const theirs = await listReaderAgencies(ctx, officerOf(c))
  const whole = asked?.agencies ?? (theirs.some(isWhole) ? null : theirs.map(({ id }) => id))
  const filters: ReportChoices['filters'] = {}
  for (const name of kind.filters ?? []) filters[name] = await listChoices(ctx, name, whole)
  const all = await listSchemes(ctx)
  const schemes = all.map(scheme => ({ code: scheme.code, name: t(...termsOn(scheme, today).name) }))
  const first = schemes.filter(({ code }) => code === NATIONAL)
  return {
    choices: { agencies: existingIn(theirs, asked ?? { from: today, to: today }), filters },
    presets: presetsAround(all, today),
    schemes: [...first, ...schemes.filter(({ code }) => code !== NATIONAL)],
  }
}

async function printReport(c: RequestContext, kind: ReportKind): Promise<Response> {
  const asked = await askedOf(c, kind)
  const ctx = c.get('ctx')
  const { table, cutFrom } =
    kind.shape === 'table' ? { table: await kind.read(ctx, asked) } : await firstRows(ctx, kind, asked)
  const heading = await getHeading(ctx, kind, asked, table.unit)
  return page(c, <ReportPrint {...{ heading, table, cutFrom }} now={ctx.clock.now()} />)
}

async function firstRows(ctx: Ctx, kind: ListKind, asked: Asked): Promise<{ table: ReportTable; cutFrom?: number }> {
  const { rows, next } = await kind.page(ctx, asked, { after: null, limit: PRINTED })
  const table = { label: kind.label, columns: kind.columns, rows, total: null }
  return next === null ? { table } : { table, cutFrom: await kind.count(ctx, asked) }
}

async function sendFile(c: RequestContext, kind: ReportKind, format: ReportFormat): Promise<Response> {
  const asked = await askedOf(c, kind)
  // A long list is made by the worker, see /bao-cao/<key>/xuat.
  if (kind.shape !== 'table') throw new Refusal('not-found', 'page-not-found')
  const { name, type, bytes } = await renderTable(c.get('ctx'), { kind, asked, format })
  return c.body(bytes, 200, {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${name}"`,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
  })
}
