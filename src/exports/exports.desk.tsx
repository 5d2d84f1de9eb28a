import { z } from 'zod'
import { named } from '#src/platform/field-problems.ts'
import { parseForm, rowId } from '#src/platform/form.ts'
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
import { Refusal } from '#src/platform/refusal.ts'
import { parseAsked } from '#src/reports/asked.ts'
import { reportFormats, reportTypes } from '#src/reports/render-report.ts'
import type { ReportKind } from '#src/reports/report.ts'
import { listOwnExports } from './export-file.query.ts'
import { FILES_PATH, isUnfinished } from './export-file.ts'
import { FilesPage } from './exports.pages.tsx'
import { openExport } from './open-export.ts'
import { requestExport } from './request-export.ts'
import { listSentTo } from './schedule.query.ts'

/** Seconds after which the page of files comes again while one is in the making. */
const REFRESH_SECONDS = 3

/** "Tệp báo cáo của tôi": long reports as files, how far they are, and reports that were sent. */
export function exportsDesk(kinds: readonly ReportKind[]): (app: App) => void {
  return app => {
    app.post('/bao-cao/:key/xuat', c => postExport(c, kinds))
    app.get(FILES_PATH, c => showFiles(c, kinds))
    app.get(`${FILES_PATH}/:id/tai-ve`, c => sendExport(c, kinds))
  }
}

const ExportForm = z.object({ format: named(z.enum(reportFormats), 'định dạng', 'the format') })

async function postExport(c: RequestContext, kinds: readonly ReportKind[]): Promise<Response> {
  const officer = officerOf(c)
  const kind = kinds.find(({ key }) => key === c.req.param('key'))
  if (!kind) throw new Refusal('not-found', 'page-not-found')
  needRole(officer, ...kind.roles)
  const form = await readForm(c)
  const t = c.get('t')
  const typed = [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
  const parsed = parseAsked(kind, new URLSearchParams(typed), t)
  const chosen = parseForm(ExportForm, form, t)
  // The form has no fields to type in: what is wrong came from elsewhere.
  const errors = [parsed, chosen].flatMap(one => (one.ok ? [] : one.errors))
  if (!parsed.ok || !chosen.ok) throw new Refusal('invalid', 'fields-invalid', { errors })
  const request = { kind, params: parsed.value, format: chosen.value.format }
  await requestExport(c.get('ctx'), request, commandIdOf(c, form))
  return seeOther(c, FILES_PATH)
}

async function showFiles(c: RequestContext, kinds: readonly ReportKind[]): Promise<Response> {
  const { accountId } = officerOf(c)
  const ctx = c.get('ctx')
  const [own, sent] = await Promise.all([listOwnExports(ctx, accountId), listSentTo(ctx, accountId)])
  const refreshes = own.some(isUnfinished) && c.req.query('tu-cap-nhat') !== 'khong'
  if (refreshes) c.header('Refresh', String(REFRESH_SECONDS))
  return page(c, <FilesPage {...{ c, kinds, own, sent, refreshes }} />)
}

async function sendExport(c: RequestContext, kinds: readonly ReportKind[]): Promise<Response> {
  officerOf(c)
  const id = rowId.safeParse(c.req.param('id')).data
  if (id === undefined) throw new Refusal('not-found', 'export-unknown')
  const { file, name, bytes } = await openExport(c.get('ctx'), { blobs: c.get('services').blobs, kinds }, id)
  return c.body(bytes, 200, {
    'Content-Type': reportTypes[file.format],
    'Content-Length': String(file.bytes ?? 0),
    'Content-Disposition': `attachment; filename="${name}"`,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
  })
}
