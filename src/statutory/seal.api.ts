import { createRoute, z } from '@hono/zod-openapi'
import { RegisterDate } from '#src/lists/dossier-list.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { named } from '#src/platform/field-problems.ts'
import { line, rowId } from '#src/platform/form.ts'
import { type App, commandIdOf, officerOf, officersOnly, onceHeaders, type RequestContext } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { isoLocal } from '#src/platform/text.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import { cellValue } from '#src/reports/cell-text.ts'
import type { Asked, ReportColumn, ReportRow, TableKind } from '#src/reports/report.ts'
import { correctionReason, correctSeal } from './correct-seal.ts'
import { type Correction, findCorrection, listSeals, type Seal } from './seal.query.ts'
import { differences } from './seal.ts'
import { sealReport } from './seal-report.ts'
import { sealable, sealableKeys } from './sealable.query.ts'
import { settleCorrection } from './settle-correction.ts'

const instant = z.iso.datetime({ offset: true })
const security = [{ bearer: [] }]
const params = z.object({ key: z.enum(sealableKeys).openapi({ description: 'Key of a report' }) })

/** A seal is of a whole period: its days are said, not taken for granted. */
const Period = {
  from: named(RegisterDate, 'từ ngày', 'the first day'),
  to: named(RegisterDate, 'đến ngày', 'the last day'),
  agency: named(line(40), 'cơ quan', 'the agency').optional(),
  by: z.enum(['field', 'agency']).optional(),
}
const PeriodQuery = z.strictObject(Period)
const SealBody = z.strictObject(Period).openapi('SealReport')
const CorrectionBody = z.strictObject({ ...Period, reason: correctionReason }).openapi('CorrectSeal')
const DecisionBody = z.strictObject({ approve: z.boolean() }).openapi('SettleCorrection')

const Row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))
const Version = z
  .object({
    version: z.int(),
    sealedAt: instant,
    sealedBy: z.string(),
    reason: z.string().nullable(),
    approvedBy: z.string().nullable(),
    hash: z.string().openapi({ description: 'SHA-256, hexadecimal' }),
    prevHash: z.string(),
    intact: z.boolean().openapi({ description: 'Hash and chain were computed again and hold' }),
  })
  .openapi('SealVersion')
const CellDifference = z
  .object({
    row: z.string(),
    column: z.string(),
    sealed: z.union([z.string(), z.number(), z.null()]),
    now: z.union([z.string(), z.number(), z.null()]),
  })
  .openapi('SealDifference')
const Waiting = z
  .object({ id: z.int(), reason: z.string(), proposedBy: z.string(), proposedAt: instant })
  .openapi('SealCorrection')
const Seals = z
  .object({
    versions: z.array(Version),
    correction: Waiting.nullable().openapi({ description: 'Waits for a second person' }),
    differences: z.array(CellDifference).openapi({ description: 'Of the last version from what the report says now' }),
  })
  .openapi('ReportSeals')
const SealedTable = z
  .object({ seal: Version, rows: z.array(Row), total: Row.nullable(), content: z.unknown() })
  .openapi('SealedReport', { description: '`content` is what the hash covers' })

const route = {
  tags: ['reports'],
  security,
  middleware: officersOnly,
}

const listRoute = createRoute({
  ...route,
  method: 'get',
  path: '/api/v1/reports/{key}/seals',
  summary: 'What is sealed of a report and a period, checked, and how it differs from today’s numbers',
  request: { params, query: PeriodQuery },
  responses: { 200: answers(Seals, 'Sealed versions, the first first'), ...refuses(401, 403, 404, 409, 422) },
})

const readRoute = createRoute({
  ...route,
  method: 'get',
  path: '/api/v1/reports/{key}/seals/{version}',
  summary: 'A sealed report, as it was sealed',
  request: { params: params.extend({ version: rowId }), query: PeriodQuery },
  responses: { 200: answers(SealedTable, 'The report'), ...refuses(401, 403, 404, 422) },
})

const sealRoute = createRoute({
  ...route,
  method: 'post',
  path: '/api/v1/reports/{key}/seals',
  summary: 'Seal the numbers of a period that is over',
  request: {
    params,
    headers: onceHeaders,
    body: { required: true, content: { 'application/json': { schema: SealBody } } },
  },
  responses: { 201: answers(z.object({ version: z.int() }), 'Sealed'), ...refuses(400, 401, 403, 404, 409, 422) },
})

const correctRoute = createRoute({
  ...route,
  method: 'post',
  path: '/api/v1/reports/{key}/seals/corrections',
  summary: 'Propose that today’s numbers follow those sealed',
  request: {
    params,
    headers: onceHeaders,
    body: { required: true, content: { 'application/json': { schema: CorrectionBody } } },
  },
  responses: {
    201: answers(z.object({ correction: z.int() }), 'It waits for a second person'),
    ...refuses(400, 401, 403, 404, 409, 422),
  },
})

const decideRoute = createRoute({
  ...route,
  method: 'post',
  path: '/api/v1/report-corrections/{id}',
  summary: 'Approve a correction as the next version, or turn it down',
  description: 'Whoever proposed it cannot approve it, but may take it back.',
  request: {
    params: z.object({ id: rowId }),
    headers: onceHeaders,
    body: { required: true, content: { 'application/json': { schema: DecisionBody } } },
  },
  responses: {
    200: answers(z.object({ version: z.int().nullable() }), 'The new version; null when turned down'),
    ...refuses(400, 401, 403, 404, 409, 422),
  },
})

export function sealApi(app: App): void {
  app.openapi(listRoute, async c => {
    const { kind, asked } = await askedOf(c, c.req.valid('param').key, c.req.valid('query'))
    return c.json(await sealsOf(c.get('ctx'), kind, asked), 200)
  })
  app.openapi(readRoute, async c => {
    const { key, version } = c.req.valid('param')
    const { kind, asked } = await askedOf(c, key, c.req.valid('query'))
    const seal = (await listSeals(c.get('ctx'), kind, asked)).find(one => one.version === version)
    if (!seal) throw new Refusal('not-found', 'seal-version-not-found')
    return c.json(sealedOf(seal), 200)
  })
  app.openapi(sealRoute, async c => {
    const kind = kindOf(c.req.valid('param').key)
    return c.json(await sealReport(c.get('ctx'), { kind, params: c.req.valid('json') }, commandIdOf(c)), 201)
  })
  app.openapi(correctRoute, async c => {
    const kind = kindOf(c.req.valid('param').key)
    const { reason, ...period } = c.req.valid('json')
    return c.json(await correctSeal(c.get('ctx'), { kind, params: period, reason }, commandIdOf(c)), 201)
  })
  app.openapi(decideRoute, async c => {
    const { approve } = c.req.valid('json')
    const decided = await settleCorrection(c.get('ctx'), { id: c.req.valid('param').id, approve }, commandIdOf(c))
    return c.json(decided, 200)
  })
}

function kindOf(key: string): TableKind {
  const kind = sealable.find(one => one.key === key)
  if (!kind) throw new Refusal('not-found', 'page-not-found')
  return kind
}

async function askedOf(c: RequestContext, key: string, query: z.infer<typeof PeriodQuery>) {
  const kind = kindOf(key)
  return { kind, asked: await getAsked(c.get('ctx'), kind, query, officerOf(c)) }
}

async function sealsOf(ctx: Ctx, kind: TableKind, asked: Asked): Promise<z.infer<typeof Seals>> {
  const seals = await listSeals(ctx, kind, asked)
  const last = seals.at(-1)
  if (!last) return { versions: [], correction: null, differences: [] }
  const correction = await findCorrection(ctx, last.id)
  const changed = differences(last.read.table, await kind.read(ctx, asked))
  return {
    versions: seals.map(versionOf),
    correction: correction ? waitingOf(correction) : null,
    differences: changed.map(({ key: row, column, sealed, now }) => ({
      row,
      column: column.key,
      sealed: cellValue(sealed, column.kind),
      now: cellValue(now, column.kind),
    })),
  }
}

function versionOf(seal: Seal): z.infer<typeof Version> {
  const { version, sealedAt, sealedByName, reason, approvedByName, hash, prevHash, intact } = seal
  return {
    ...{ version, reason, intact },
    sealedAt: isoLocal(sealedAt),
    sealedBy: sealedByName,
    approvedBy: approvedByName,
    hash: hash.toString('hex'),
    prevHash: prevHash.toString('hex'),
  }
}

const waitingOf = ({ id, reason, proposedByName, proposedAt }: Correction) => {
  return { id, reason, proposedBy: proposedByName, proposedAt: isoLocal(proposedAt) }
}

function sealedOf(seal: Seal): z.infer<typeof SealedTable> {
  const { columns, rows, total } = seal.read.table
  return {
    seal: versionOf(seal),
    rows: rows.map(row => ({ key: row.key, label: row.label, ...cellsOf(row, columns) })),
    total: total && cellsOf(total, columns),
    content: JSON.parse(seal.content),
  }
}

function cellsOf(row: ReportRow, columns: readonly ReportColumn[]) {
  return Object.fromEntries(columns.map(({ key, kind }) => [key, cellValue(row.cells[key], kind)]))
}
