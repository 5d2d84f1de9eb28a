import { z } from '@hono/zod-openapi'
import { addDays, type LocalDate, localDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import { RegisterDate } from '#src/lists/dossier-list.ts'
import { named, says } from '#src/platform/field-problems.ts'
import { type FormValues, line, type ParsedForm, parseForm, rowId } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { isoLocal, type T } from '#src/platform/text.ts'
import { channels } from '#src/procedures/procedure.ts'
import type { Asked, ReportKind } from './report.ts'

/** What may be asked, by its name in the API and its name in the address of a page. */
export const pageNames = {
  period: 'ky',
  from: 'tu',
  to: 'den',
  agency: 'co-quan',
  by: 'theo',
  field: 'linh-vuc',
  procedure: 'thu-tuc',
  channel: 'kenh',
  servicePoint: 'diem',
  officer: 'can-bo',
  asOf: 'luc',
} as const
export type AskedName = keyof typeof pageNames

/** As it stands in an address or is kept with an export: days and codes as text; an instant with its offset. */
export type AskedParams = { [name in AskedName]?: string | undefined }

const Instant = z.preprocess(
  value => (typeof value === 'string' ? spelledOut(value) : value),
  z.iso
    .datetime({ offset: true, local: true })
    .refine(
      text => text >= '2000' && text < '2200' && !Number.isNaN(Date.parse(withOffset(text))),
      says('Thời điểm không có thật.', 'There is no such instant.'),
    ),
)

/** A day is meant to its end; the plus of an offset comes as a space where an address was not encoded. */
function spelledOut(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/u.test(text)) return `${text}T23:59:59.999+07:00`
  return text.replace(/(T\S+) (\d{2}:\d{2})$/u, '$1+$2')
}

/** A clock on the wall here says no offset. */
const withOffset = (text: string) => (/(Z|[+-]\d{2}:?\d{2})$/u.test(text) ? text : `${text}+07:00`)

const parts = {
  period: named(line(40), 'kỳ báo cáo', 'the period').openapi({ description: 'Code of a period, e.g. 2026-Q3' }),
  from: named(RegisterDate, 'từ ngày', 'the first day').openapi({ description: 'First local day, inside' }),
  to: named(RegisterDate, 'đến ngày', 'the last day').openapi({ description: 'Last local day, inside' }),
  agency: named(line(40), 'cơ quan', 'the agency').openapi({ description: 'Code; it and all below it' }),
  by: named(line(40), 'cách chia', 'the grouping'),
  field: named(line(60), 'lĩnh vực', 'the field').openapi({ description: 'Code' }),
  procedure: named(line(40), 'mã thủ tục', 'the procedure').openapi({ description: 'Code' }),
  channel: named(z.enum(channels), 'kênh tiếp nhận', 'the channel'),
  servicePoint: named(rowId.transform(String), 'điểm tiếp nhận', 'the service point'),
  officer: named(rowId.transform(String), 'cán bộ', 'the officer').openapi({ description: 'Number of the account' }),
  asOf: named(Instant, 'thời điểm', 'the instant').openapi({
    description: 'Only what had happened by then counts; a day is meant to its end, and later today is now',
  }),
}

/** A value left empty in an address counts as not given. */
const given = (schema: z.ZodType) =>
  z.preprocess(value => (value === '' ? undefined : value), schema.optional()).optional()

const always = ['period', 'from', 'to', 'agency', 'asOf'] as const

/** What a report understands: the period, the agency, the instant, and what its kind names. Every value is optional. */
export function askedShape(kind: ReportKind): { [name in AskedName]?: z.ZodType<string | undefined> } {
  const names: AskedName[] = [...always, ...(kind.filters ?? [])]
  const shape: Record<string, z.ZodType> = Object.fromEntries(names.map(name => [name, given(parts[name])]))
  const [first, ...more] = kind.groupings?.map(({ value }) => value) ?? []
  if (first !== undefined) shape.by = given(named(z.enum([first, ...more]), 'cách chia', 'the grouping'))
  return shape as { [name in AskedName]?: z.ZodType<string | undefined> }
}

/** Reads a page's address; errors and values carry the page's names. What the kind does not understand is passed over. */
export function parseAsked(kind: ReportKind, search: URLSearchParams, t: T): ParsedForm<AskedParams> {
  const renamed = new URLSearchParams()
  for (const name of Object.keys(pageNames) as AskedName[]) {
    for (const value of search.getAll(pageNames[name])) renamed.append(name, value)
  }
  // Links from numbers say which number they are of, see drillHref.
  if (!renamed.has('by')) for (const cell of search.getAll('o')) renamed.append('by', cell)
  const parsed = parseForm(z.object(askedShape(kind)), renamed, t)
  if (parsed.ok) return { ok: true, value: parsed.value as AskedParams }
  const values: FormValues = Object.fromEntries(search)
  return { ok: false, values, errors: parsed.errors.map(error => ({ ...error, field: pageName(error.field) })) }
}

export function pageName(name: string): string {
  return Object.hasOwn(pageNames, name) ? pageNames[name as AskedName] : name
}

/** The address of a page that asks the same: `?tu=…&den=…`. */
export function pageQuery(params: AskedParams): URLSearchParams {
  const query = new URLSearchParams()
  for (const name of Object.keys(pageNames) as AskedName[]) {
    const value = params[name]
    if (value !== undefined) query.set(pageNames[name], value)
  }
  return query
}

/** What was asked, as it can be asked again: the same answer whatever happens since, where `asOf` was said. */
export function paramsOf(asked: Asked): AskedParams {
  return {
    from: asked.from,
    to: asked.to,
    agency: asked.agency.code,
    ...(asked.by === null ? {} : { by: asked.by }),
    ...asked.filters,
    ...(asked.asOf ? { asOf: isoLocal(asked.asOf) } : {}),
  }
}

export type Span = { from: LocalDate; to: LocalDate; asOf: Date | null; begins: Date; until: Date }

/**
 * A period of local days, both inclusive, as instants. Throws `invalid`: the last day before the first, not begun yet, or
 * counted as of an instant before it begins or still to come.
 */
export function spanOf({ from, to }: { from: LocalDate; to: LocalDate }, instant: Date | null, now: Date): Span {
  const today = localDate(now)
  const asOf = instant && instant > now && localDate(instant) === today ? now : instant
  const begins = startOfLocalDay(from)
  if (to < from) throw new Refusal('invalid', 'report-period-reversed', { field: 'to' })
  if (from > today) throw new Refusal('invalid', 'report-period-to-come', { field: 'from' })
  if (asOf && asOf > now) throw new Refusal('invalid', 'report-instant-to-come', { field: 'asOf' })
  if (asOf && asOf < begins) throw new Refusal('invalid', 'report-instant-before-period', { field: 'asOf' })
  const ends = [startOfLocalDay(addDays(to, 1)).getTime(), (asOf ?? now).getTime() + 1]
  return { from, to, asOf, begins, until: new Date(Math.min(...ends)) }
}

export function instantOf(text: string | undefined): Date | null {
  return text === undefined ? null : new Date(withOffset(text))
}
