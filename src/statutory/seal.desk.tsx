import { z } from 'zod'
import type { Ctx } from '#src/platform/ctx.ts'
import { named } from '#src/platform/field-problems.ts'
import { parseForm, rowId, typedIn } from '#src/platform/form.ts'
import {
  type App,
  commandIdOf,
  needRole,
  officerOf,
  page,
  type RequestContext,
  readForm,
  seeOther,
} from '#src/platform/http.ts'
import { formErrors, refusalStatus } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { getAsked, isWhole, listReaderAgencies } from '#src/reports/asked.query.ts'
import { type AskedParams, pageQuery, parseAsked } from '#src/reports/asked.ts'
import { type ReportFormat, renderTable, reportFormats } from '#src/reports/render-report.ts'
import { type Asked, reportReaders, type TableKind } from '#src/reports/report.ts'
import { CorrectionForm, correctSeal } from './correct-seal.ts'
import { type Sealed, SealPage } from './seal.pages.tsx'
import { findCorrection, listSealLines, listSeals, type Seal } from './seal.query.ts'
import { sealableFrom, sealers } from './seal.ts'
import { SealListPage } from './seal-list.pages.tsx'
import { sealReport } from './seal-report.ts'
import { type SealAsked, sealable } from './sealable.query.ts'
import { settleCorrection } from './settle-correction.ts'

const PAGE = 50

/** "Chốt số liệu": what is sealed of a report and a period, beside what it would say now. */
export function sealDesk(app: App): void {
  app.get('/bao-cao/da-chot', showSeals)
  app.get('/bao-cao/:key/chot', c => showSeal(c))
  app.post('/bao-cao/:key/chot', postSeal)
  app.post('/bao-cao/:key/chot/dieu-chinh', postCorrection)
  app.post('/bao-cao/:key/chot/duyet/:id', postDecision)
  for (const format of reportFormats) app.get(`/bao-cao/:key/chot/${format}`, c => sendSealed(c, format))
}

function kindOf(c: RequestContext): TableKind {
  const kind = sealable.find(({ key }) => key === c.req.param('key'))
  if (!kind) throw new Refusal('not-found', 'page-not-found')
  return kind
}

/** The report, agency and period of the address. Narrowing and instants have no place in it: what is sealed is the whole. */
async function askedOf(c: RequestContext, kind: TableKind): Promise<{ asked: Asked; params: SealAsked }> {
  const officer = officerOf(c)
  const parsed = parseAsked({ ...kind, filters: [] }, new URL(c.req.url).searchParams, c.get('t'))
  if (!parsed.ok) throw new Refusal('invalid', 'fields-invalid', { errors: parsed.errors })
  const asked = await getAsked(c.get('ctx'), kind, { ...parsed.value, asOf: undefined } as AskedParams, officer)
  const by = asked.by === null ? {} : { by: asked.by }
  return { asked, params: { from: asked.from, to: asked.to, agency: asked.agency.code, ...by } }
}

const hrefOf = (kind: TableKind, params: SealAsked) => `/bao-cao/${kind.key}/chot?${pageQuery(params)}`

type Given = { errors?: FieldError[]; reason?: string; status?: ReturnType<typeof refusalStatus> }

async function showSeal(c: RequestContext, given: Given = {}): Promise<Response> {
  const kind = kindOf(c)
  const { asked, params } = await askedOf(c, kind)
  const ctx = c.get('ctx')
  const { seals, chosen } = await chosenSeal(ctx, kind, { asked, version: c.req.query('ban') })
  const last = seals.at(-1)
  const sealed: Sealed = {
    ...{ kind, asked, seals, chosen },
    present: await kind.read(ctx, asked),
    correction: last && (await findCorrection(ctx, last.id)),
    from: sealableFrom(asked),
    href: hrefOf(kind, params),
  }
  const { errors = [], reason = '', status } = given
  return page(c, <SealPage c={c} sealed={sealed} errors={errors} reason={reason} />, status)
}

async function chosenSeal(
  ctx: Ctx,
  kind: TableKind,
  { asked, version }: { asked: Asked; version: string | undefined },
): Promise<{ seals: Seal[]; chosen: Seal | undefined }> {
  const seals = await listSeals(ctx, kind, asked)
  const chosen = version === undefined ? seals.at(-1) : seals.find(one => String(one.version) === version)
  if (version !== undefined && !chosen) throw new Refusal('not-found', 'seal-version-not-found')
  return { seals, chosen }
}

async function postSeal(c: RequestContext): Promise<Response> {
  const kind = kindOf(c)
  const { params } = await askedOf(c, kind)
  const form = await readForm(c)
  return done(c, hrefOf(kind, params), () => sealReport(c.get('ctx'), { kind, params }, commandIdOf(c, form)))
}

async function postCorrection(c: RequestContext): Promise<Response> {
  needRole(officerOf(c), ...sealers)
  const kind = kindOf(c)
  const { params } = await askedOf(c, kind)
  const form = await readForm(c)
  const parsed = parseForm(CorrectionForm, form, c.get('t'))
  const reason = String(typedIn(form).reason ?? '')
  if (!parsed.ok) return showSeal(c, { errors: parsed.errors, reason, status: 422 })
  const asked = { kind, params, reason: parsed.value.reason }
  return done(c, hrefOf(kind, params), () => correctSeal(c.get('ctx'), asked, commandIdOf(c, form)), reason)
}

const DecisionForm = z.object({ decision: named(z.enum(['approve', 'decline']), 'quyết định', 'the decision') })

async function postDecision(c: RequestContext): Promise<Response> {
  needRole(officerOf(c), ...sealers)
  const kind = kindOf(c)
  const { params } = await askedOf(c, kind)
  const id = rowId.safeParse(c.req.param('id')).data
  if (id === undefined) throw new Refusal('not-found', 'seal-correction-not-found')
  const form = await readForm(c)
  const parsed = parseForm(DecisionForm, form, c.get('t'))
  if (!parsed.ok) return showSeal(c, { errors: parsed.errors, status: 422 })
  const approve = parsed.value.decision === 'approve'
  return done(c, hrefOf(kind, params), () => settleCorrection(c.get('ctx'), { id, approve }, commandIdOf(c, form)))
}

/** Back to the page after the deed; a refusal is told on it. */
async function done(c: RequestContext, href: string, deed: () => Promise<unknown>, reason = ''): Promise<Response> {
  try {
    await deed()
    return seeOther(c, href)
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind === 'not-found' || error.code === 'seal-sealers-only') throw error
    return showSeal(c, { errors: formErrors(error, c.get('t')), reason, status: refusalStatus(error) })
  }
}

async function sendSealed(c: RequestContext, format: ReportFormat): Promise<Response> {
  const kind = kindOf(c)
  const { asked } = await askedOf(c, kind)
  const ctx = c.get('ctx')
  const { chosen } = await chosenSeal(ctx, kind, { asked, version: c.req.query('ban') })
  if (!chosen) throw new Refusal('not-found', 'seal-not-found')
  const { name, type, bytes } = await renderTable(ctx, { kind, asked, format, table: chosen.read.table })
  const file = name.replace(/\.\w+$/u, suffix => `-chot-${chosen.version}${suffix}`)
  return c.body(bytes, 200, {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${file}"`,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
  })
}

async function showSeals(c: RequestContext): Promise<Response> {
  const officer = officerOf(c)
  needRole(officer, ...reportReaders)
  const ctx = c.get('ctx')
  const theirs = await listReaderAgencies(ctx, officer)
  const agencies = theirs.some(isWhole) ? null : theirs.map(({ id }) => id)
  const before = rowId.safeParse(c.req.query('truoc')).data
  const found = await listSealLines(ctx, { agencies, before, limit: PAGE + 1 })
  const next = found.length > PAGE ? found[PAGE - 1]?.id : undefined
  return page(c, <SealListPage c={c} lines={found.slice(0, PAGE)} next={next} isFirst={before === undefined} />)
}
