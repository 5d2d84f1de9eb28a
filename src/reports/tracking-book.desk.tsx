import { z } from 'zod'
import { dayNumber, type LocalDate, localDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import type { BookEntry } from '#src/dossiers/book-row.ts'
import { RegisterDate } from '#src/lists/dossier-list.ts'
import { renderForm } from '#src/papers/render-form.ts'
import { BOOK_ROWS_MAX } from '#src/papers/statutory-form.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { named } from '#src/platform/field-problems.ts'
import { type FormValues, line, parseForm } from '#src/platform/form.ts'
import { type App, needRole, officerOf, page, type RequestContext } from '#src/platform/http.ts'
import { formErrors } from '#src/platform/problem.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { dateText, type T } from '#src/platform/text.ts'
import {
  type BookAgency,
  type BookPart,
  getBookAgency,
  listBookAgencies,
  listBookParts,
  type Period,
  readBook,
} from './tracking-book.query.ts'
import { bookForm } from './tracking-book.ts'
import { type AskedBook as Asked, PREVIEW, TrackingBookPage } from './tracking-book-page.tsx'
import { bookSheet } from './tracking-book-sheet.ts'

const LONGEST_DAYS = 366

const Query = z.object({
  from: named(RegisterDate, 'từ ngày', 'the first day').optional(),
  to: named(RegisterDate, 'đến ngày', 'the last day').optional(),
  agency: named(line(40), 'cơ quan', 'the agency').optional(),
})

/** "Sổ theo dõi": the tracking book of a desk and period, to look at and to take away. */
export function trackingBookDesk(app: App): void {
  app.get('/so-theo-doi', showBook)
  app.get('/so-theo-doi.xlsx', sendSheet)
  app.get('/so-theo-doi.pdf', sendPrint)
}

/** What the address asks for. Throws Refusal: not this role's, a wrong period, an agency that is not theirs. */
async function askedBook(c: RequestContext): Promise<Asked> {
  const officer = officerOf(c)
  needRole(officer, 'intake', 'leader', 'director', 'control')
  const parsed = parseForm(Query, new URL(c.req.url).searchParams, c.get('t'))
  if (!parsed.ok) throw new Refusal('invalid', 'fields-invalid', { errors: parsed.errors })
  const ctx = c.get('ctx')
  const period = periodOf(parsed.value, localDate(ctx.clock.now()), c.get('t'))
  const agencies = isProvinceWide(officer) ? await listBookAgencies(ctx) : []
  const agency = await agencyOf(ctx, officer, agencies, parsed.value.agency)
  return { ...period, agency, agencies, parts: await listBookParts(ctx, period) }
}

const isProvinceWide = ({ role }: Officer) => role === 'director' || role === 'control'

/** This month to today, unless said otherwise. */
function periodOf({ from, to }: Partial<Period>, today: LocalDate, t: T): Period {
  const last = to ?? (from && from > today ? from : today)
  const first = from ?? `${last.slice(0, 8)}01`
  const days = dayNumber(last) - dayNumber(first) + 1
  if (days >= 1 && days <= LONGEST_DAYS) return { from: first, to: last }
  const message =
    days < 1
      ? t('Đến ngày phải từ “từ ngày” trở đi.', 'The last day must not be before the first.')
      : t('Mỗi lần xem tối đa 12 tháng.', 'A book covers at most 12 months.')
  throw new Refusal('invalid', 'fields-invalid', { errors: [{ field: 'to', message }] })
}

async function agencyOf(
  ctx: Ctx,
  officer: Officer,
  agencies: BookAgency[],
  code: string | undefined,
): Promise<BookAgency> {
  if (!isProvinceWide(officer)) {
    // Another agency's book is none of theirs to know of.
    if (code !== undefined && code !== officer.agencyCode) throw new Refusal('not-found', 'page-not-found')
    return getBookAgency(ctx, officer.agencyId)
  }
  if (code === undefined)
    return agencies.find(one => one.id === officer.agencyId) ?? getBookAgency(ctx, officer.agencyId)
  const chosen = agencies.find(one => one.code === code)
  if (!chosen) throw new Refusal('invalid', 'book-agency-unknown', { field: 'agency' })
  return chosen
}

async function showBook(c: RequestContext): Promise<Response> {
  try {
    const asked = await askedBook(c)
    const entries = await firstEntries(c.get('ctx'), asked, PREVIEW + 1)
    return page(c, <TrackingBookPage c={c} asked={asked} entries={entries} />)
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error
    const officer = officerOf(c)
    const agencies = isProvinceWide(officer) ? await listBookAgencies(c.get('ctx')) : []
    const values: FormValues = Object.fromEntries(new URL(c.req.url).searchParams)
    return page(c, <TrackingBookPage c={c} wrong={{ values, agencies, errors: formErrors(error, c.get('t')) }} />, 422)
  }
}

async function firstEntries(ctx: Ctx, { agency, from, to }: Asked, limit: number): Promise<BookEntry[]> {
  const entries: BookEntry[] = []
  for await (const batch of readBook(ctx, { agencyId: agency.id, from, to, limit })) entries.push(...batch)
  return entries
}

/** The one set of forms the period lies in; a file is never of two. */
function onlyPart({ parts }: Asked): BookPart {
  const [part, next] = parts
  if (!part) throw new Error('no law pack covers the period')
  if (next) {
    const day = dateText(startOfLocalDay(next.from))
    throw new Refusal('invalid', 'book-crosses-form-sets', { field: 'from', params: { day } })
  }
  return part
}

async function sendSheet(c: RequestContext): Promise<Response> {
  const asked = await askedBook(c)
  const part = onlyPart(asked)
  const batches = readBook(c.get('ctx'), { agencyId: asked.agency.id, from: part.from, to: part.to })
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return c.body(bookSheet({ agency: asked.agency, part }, batches), 200, fileHeaders(asked, 'xlsx', type))
}

async function sendPrint(c: RequestContext): Promise<Response> {
  const asked = await askedBook(c)
  const part = onlyPart(asked)
  const ctx = c.get('ctx')
  const entries = await firstEntries(ctx, asked, BOOK_ROWS_MAX + 1)
  if (entries.length > BOOK_ROWS_MAX) {
    throw new Refusal('invalid', 'book-too-long', { field: 'to', params: { max: BOOK_ROWS_MAX } })
  }
  const pdf = await renderForm(part.formSet, 'book', bookForm(asked.agency, part, entries, ctx.clock.now()))
  return c.body(new Uint8Array(pdf), 200, fileHeaders(asked, 'pdf', 'application/pdf'))
}

function fileHeaders({ agency, from, to }: Asked, extension: string, type: string): Record<string, string> {
  return {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="so-theo-doi-${agency.code}-${from}-${to}.${extension}"`,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
  }
}
