import { createRoute, z } from '@hono/zod-openapi'
import { line, parseForm, rowId } from '#src/platform/form.ts'
import { type App, commandIdOf, officerOf, officersOnly, onceHeaders, type RequestContext } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { isoLocal } from '#src/platform/text.ts'
import { type AskedParams, askedShape, pageNames } from '#src/reports/asked.ts'
import { reportFormats, reportTypes } from '#src/reports/render-report.ts'
import type { ReportKind } from '#src/reports/report.ts'
import { findTheirExport, listOwnExports } from './export-file.query.ts'
import { type ExportFile, exportStates } from './export-file.ts'
import { openExport } from './open-export.ts'
import { requestExport } from './request-export.ts'

const security = [{ bearer: [] }]
const instant = z.iso.datetime({ offset: true })

const File = z
  .object({
    id: z.int(),
    report: z.string(),
    format: z.enum(reportFormats),
    asked: z.record(z.string(), z.string()).openapi({ description: 'As it can be asked of the report again' }),
    state: z.enum(exportStates),
    rowsDone: z.int(),
    rowsTotal: z.int().nullable().openapi({ description: 'Null until it is known' }),
    bytes: z.int().nullable(),
    sha256: z.string().nullable().openapi({ description: 'Hex' }),
    failure: z.string().nullable().openapi({ description: 'Code of the refusal or fault met last' }),
    createdAt: instant,
    finishedAt: instant.nullable(),
    expiresAt: instant.nullable().openapi({ description: 'When its bytes are removed; null: kept, or not made yet' }),
  })
  .openapi('ReportFile')

const asked = Object.fromEntries(Object.keys(pageNames).map(name => [name, line(60).optional()]))
const NewExport = z
  .strictObject({ report: line(60), format: z.enum(reportFormats), ...asked })
  .openapi('NewReportFile', { description: 'The rest as in the query of the report, see /api/v1/reports/…' })

const tags = ['reports']
const requestRoute = createRoute({
  method: 'post',
  path: '/api/v1/exports',
  tags,
  summary: 'Have a report written to a file: of any length, counted as of now',
  security,
  middleware: officersOnly,
  request: { headers: onceHeaders, body: { required: true, content: { 'application/json': { schema: NewExport } } } },
  responses: { 202: answers(File, 'It is in the making'), ...refuses(400, 401, 403, 404, 409, 422, 429) },
})

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/exports',
  tags,
  summary: 'The files one asked for, the latest first',
  security,
  middleware: officersOnly,
  responses: { 200: answers(z.object({ items: z.array(File) }), 'At most 100'), ...refuses(401, 403) },
})

const fileParams = z.object({ id: rowId })
const fileRoute = createRoute({
  method: 'get',
  path: '/api/v1/exports/{id}',
  tags,
  summary: 'A file one asked for or was sent, and how far it is',
  security,
  middleware: officersOnly,
  request: { params: fileParams },
  responses: { 200: answers(File, 'The file'), ...refuses(401, 403, 404, 422) },
})

const bytes = { schema: { type: 'string' as const, format: 'binary' } }
const contentRoute = createRoute({
  method: 'get',
  path: '/api/v1/exports/{id}/content',
  tags,
  summary: 'The bytes of a file that is made',
  security,
  middleware: officersOnly,
  request: { params: fileParams },
  responses: {
    200: { description: 'The file', content: { [reportTypes.xlsx]: bytes, 'text/csv': bytes } },
    ...refuses(401, 403, 404, 409, 422),
  },
})

/** Reports as files, for programs. */
export function exportsApi(kinds: readonly ReportKind[]): (app: App) => void {
  return app => {
    app.openapi(requestRoute, async c => {
      const { report, format, ...params } = c.req.valid('json') as {
        report: string
        format: 'xlsx' | 'csv'
      } & AskedParams
      const kind = kinds.find(({ key }) => key === report)
      if (!kind) throw new Refusal('invalid', 'report-kind-unknown', { field: 'report' })
      const request = { kind, params: checked(c, kind, params), format }
      const { id } = await requestExport(c.get('ctx'), request, commandIdOf(c))
      return c.json(bodyOf(await theirs(c, id)), 202)
    })
    app.openapi(listRoute, async c => {
      const files = await listOwnExports(c.get('ctx'), officerOf(c).accountId)
      return c.json({ items: files.map(bodyOf) }, 200)
    })
    app.openapi(fileRoute, async c => c.json(bodyOf(await theirs(c, c.req.valid('param').id)), 200))
    app.openapi(contentRoute, async c => {
      const { id } = c.req.valid('param')
      const opened = await openExport(c.get('ctx'), { blobs: c.get('services').blobs, kinds }, id)
      return c.body(opened.bytes, 200, {
        'Content-Type': reportTypes[opened.file.format],
        'Content-Disposition': `attachment; filename="${opened.name}"`,
        'Cache-Control': 'private, no-store',
      })
    })
  }
}

/** By what this report understands: another may have other groupings. */
function checked(c: RequestContext, kind: ReportKind, params: AskedParams): AskedParams {
  const given = Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const parsed = parseForm(z.strictObject(askedShape(kind)), new URLSearchParams(given), c.get('t'))
  if (!parsed.ok) throw new Refusal('invalid', 'fields-invalid', { errors: parsed.errors })
  return parsed.value as AskedParams
}

async function theirs(c: RequestContext, id: number): Promise<ExportFile> {
  const file = await findTheirExport(c.get('ctx'), id, officerOf(c))
  if (!file) throw new Refusal('not-found', 'export-unknown')
  return file
}

function bodyOf(file: ExportFile): z.infer<typeof File> {
  const { id, report, format, params, state, rowsDone, rowsTotal, bytes: size, sha256, failure } = file
  const [createdAt, finishedAt, expiresAt] = [file.createdAt, file.finishedAt, file.expiresAt].map(
    at => at && isoLocal(at),
  )
  const said = { asked: params as Record<string, string>, createdAt: createdAt ?? '', finishedAt: finishedAt ?? null }
  return {
    id,
    report,
    format,
    state,
    rowsDone,
    rowsTotal,
    bytes: size,
    sha256,
    failure,
    ...said,
    expiresAt: expiresAt ?? null,
  }
}
