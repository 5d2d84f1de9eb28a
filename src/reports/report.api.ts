import { createRoute, z } from '@hono/zod-openapi'
import { type App, officerOf, officersOnly, type RequestContext } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { isoLocal } from '#src/platform/text.ts'
import { getAsked } from './asked.query.ts'
import { type AskedParams, askedShape } from './asked.ts'
import { cellValue } from './cell-text.ts'
import type { Asked, CellKind, ListKind, ReportColumn, ReportKind, ReportRow, TableKind } from './report.ts'
import { fullHead } from './report-head.ts'

const Period = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    asOf: z.iso.datetime({ offset: true }).nullable(),
    until: z.iso.datetime({ offset: true }).openapi({ description: 'Nothing at this instant or later is counted' }),
  })
  .openapi('ReportPeriod')

const head = {
  period: Period,
  agency: z.object({ code: z.string(), name: z.string() }),
  by: z.string().nullable().openapi({ description: 'What the rows are' }),
}

const ReportCells = z
  .object({ key: z.string().openapi({ description: 'Code of what the row is of' }), label: z.string() })
  .catchall(z.union([z.number(), z.string(), z.null()]))
  .openapi('ReportRow')
const ReportTotal = z
  .object({})
  .catchall(z.union([z.number(), z.string(), z.null()]))
  .openapi('ReportTotal')

const ReportAnswer = z
  .object({ ...head, rows: z.array(ReportCells), total: ReportTotal.nullable() })
  .openapi('ReportTable', { description: 'Counts and amounts are numbers, shares run from 0 to 100' })

const jsonOf: Record<CellKind, z.ZodType> = {
  text: z.string(),
  count: z.int(),
  money: z.int().openapi({ description: 'Whole đồng' }),
  percent: z.number().openapi({ description: 'From 0 to 100' }),
  number: z.number(),
  day: z.iso.date(),
  instant: z.iso.datetime({ offset: true }),
  dossier: z.string().openapi({ description: 'Code of a dossier' }),
}

/** A column by what it holds; any may be unknown for a row. */
function columnSchema(column: ReportColumn): z.ZodType {
  return jsonOf[column.kind].nullable().openapi({ description: fullHead(column)[1] })
}

const cellSchemas = (columns: readonly ReportColumn[]) =>
  Object.fromEntries(columns.map(column => [column.key, columnSchema(column)]))

const rowSchema = (columns: readonly ReportColumn[]) =>
  z.object({ key: z.string(), label: z.string(), ...cellSchemas(columns) })

/** By its columns where they are known beforehand. */
function tableAnswer({ key, columns }: TableKind): typeof ReportAnswer {
  if (!columns) return ReportAnswer
  const named = z.object({
    ...head,
    rows: z.array(rowSchema(columns)),
    total: z.object(cellSchemas(columns)).nullable(),
  })
  return named.openapi(`ReportTable_${key.replaceAll('-', '_')}`) as unknown as typeof ReportAnswer
}

function listAnswer({ key, columns }: ListKind) {
  return z
    .object({
      ...head,
      items: z.array(rowSchema(columns)),
      next: z.string().nullable().openapi({ description: 'Send it as `cursor` for the page after; null on the last' }),
    })
    .openapi(`ReportList_${key.replaceAll('-', '_')}`)
}

/** Every report of the registry under its key. */
export function reportsApi(kinds: readonly ReportKind[]): (app: App) => void {
  return app => {
    for (const kind of kinds) {
      if (kind.shape === 'table') addTable(app, kind)
      else addList(app, kind)
    }
  }
}

const described = (kind: ReportKind) => ({
  method: 'get' as const,
  path: `/api/v1/reports/${kind.key}`,
  tags: ['reports'],
  summary: [kind.title[1], kind.form].filter(Boolean).join(', '),
  description: kind.about[1],
  security: [{ bearer: [] }],
  middleware: officersOnly,
})

function addTable(app: App, kind: TableKind): void {
  const route = createRoute({
    ...described(kind),
    request: { query: z.strictObject(askedShape(kind)) },
    responses: { 200: answers(tableAnswer(kind), 'The report'), ...refuses(401, 403, 404, 409, 422) },
  })
  app.openapi(route, async c => {
    const asked = await getAsked(c.get('ctx'), kind, c.req.valid('query') as AskedParams, officerOf(c))
    const { rows, columns, total } = await kind.read(c.get('ctx'), asked)
    const body = {
      ...headOf(asked),
      rows: rows.map(row => ({ key: row.key, label: row.label, ...cellsOf(row, columns) })),
      total: total && cellsOf(total, columns),
    }
    return c.json(body as z.infer<typeof ReportAnswer>, 200)
  })
}

function addList(app: App, kind: ListKind): void {
  const query = z.strictObject({
    ...askedShape(kind),
    cursor: z.string().min(1).max(300).optional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(50),
  })
  const Answer = listAnswer(kind)
  const route = createRoute({
    ...described(kind),
    request: { query },
    responses: { 200: answers(Answer, 'A page of the list'), ...refuses(401, 403, 404, 409, 422) },
  })
  app.openapi(route, async (c: RequestContext) => {
    const { cursor, limit, ...params } = c.req.valid('query') as AskedParams & { cursor?: string; limit: number }
    const asked = await getAsked(c.get('ctx'), kind, params, officerOf(c))
    const { rows, next } = await kind.page(c.get('ctx'), asked, { after: cursor ?? null, limit })
    const items = rows.map(row => ({ key: row.key, label: row.label, ...cellsOf(row, kind.columns) }))
    return c.json({ ...headOf(asked), items, next }, 200)
  })
}

function headOf({ from, to, asOf, until, agency: { code, name }, by }: Asked) {
  return {
    period: { from, to, asOf: asOf && isoLocal(asOf), until: isoLocal(until) },
    agency: { code, name },
    by,
  }
}

function cellsOf({ cells }: ReportRow, columns: readonly ReportColumn[]) {
  return Object.fromEntries(columns.map(({ key, kind }) => [key, cellValue(cells[key], kind)]))
}
