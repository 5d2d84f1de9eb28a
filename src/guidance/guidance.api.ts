import { createRoute, z } from '@hono/zod-openapi'
import { addDays, localDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import { RegisterDate } from '#src/lists/dossier-list.ts'
import { rowId } from '#src/platform/form.ts'
import { type App, commandIdOf, needRole, officerOf, officersOnly, onceHeaders } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import {
  type Guidance,
  guidanceChannels,
  guidanceOutcomes,
  guidanceReaders,
  guidanceTopics,
  RecordGuidance,
  StrikeGuidance,
  seesAllGuidance,
} from './guidance.ts'
import { getGuidance, listGuidance } from './guidance-list.query.ts'
import { recordGuidance } from './record-guidance.ts'
import { strikeGuidance } from './strike-guidance.ts'

const instant = z.iso.datetime()
const Item = z
  .object({
    id: z.int(),
    at: instant,
    agency: z.object({ code: z.string(), name: z.string() }),
    servicePoint: z.object({ id: z.int(), name: z.string() }).nullable(),
    officer: z.string(),
    channel: z.enum(guidanceChannels),
    topic: z.enum(guidanceTopics),
    field: z.object({ code: z.string(), name: z.string() }).nullable(),
    procedure: z.object({ code: z.string(), name: z.string() }).nullable(),
    outcome: z.enum(guidanceOutcomes).openapi({ description: '`dossier`: one was handed in there and then' }),
    note: z.string().nullable(),
    struck: z
      .object({ at: instant, by: z.string(), reason: z.string() })
      .nullable()
      .openapi({ description: 'Struck out as a mistake: it no longer counts from then on' }),
  })
  .openapi('Guidance')

const List = z
  .object({
    items: z.array(Item),
    next: z.string().nullable().openapi({ description: 'Send it as `cursor` for the page after; null on the last' }),
  })
  .openapi('GuidanceList')

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/guidance',
  tags: ['guidance'],
  summary: 'The guidance log of the officer’s agency, or of the province for those who watch over it; newest first',
  security: [{ bearer: [] }],
  middleware: officersOnly,
  request: {
    query: z.strictObject({
      from: RegisterDate.optional().openapi({ description: 'First local day, inside; today when left out' }),
      to: RegisterDate.optional().openapi({ description: 'Last local day, inside; `from` when left out' }),
      cursor: z.string().max(40).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: { 200: answers(List, 'A page of the log'), ...refuses(401, 403, 422) },
})

const recordRoute = createRoute({
  method: 'post',
  path: '/api/v1/guidance',
  tags: ['guidance'],
  summary: 'Note a guidance given now',
  description: 'A procedure brings its field. The note must not say who was guided.',
  security: [{ bearer: [] }],
  middleware: officersOnly,
  request: {
    headers: onceHeaders,
    body: { required: true, content: { 'application/json': { schema: RecordGuidance.openapi('RecordGuidance') } } },
  },
  responses: { 201: answers(Item, 'Noted'), ...refuses(400, 401, 403, 409, 422) },
})

const strikeRoute = createRoute({
  method: 'post',
  path: '/api/v1/guidance/{id}/strike',
  tags: ['guidance'],
  summary: 'Strike out an entry made by mistake; it stays in the log',
  security: [{ bearer: [] }],
  middleware: officersOnly,
  request: {
    headers: onceHeaders,
    params: z.object({ id: rowId }),
    body: { required: true, content: { 'application/json': { schema: StrikeGuidance.openapi('StrikeGuidance') } } },
  },
  responses: { 200: answers(Item, 'Struck out'), ...refuses(400, 401, 403, 404, 409, 422) },
})

export function guidanceApi(app: App): void {
  app.openapi(listRoute, async c => {
    const officer = officerOf(c)
    needRole(officer, ...guidanceReaders)
    const ctx = c.get('ctx')
    const { from = localDate(ctx.clock.now()), to = from, cursor, limit } = c.req.valid('query')
    const agencyId = seesAllGuidance(officer) ? null : officer.agencyId
    const period = { begins: startOfLocalDay(from), until: startOfLocalDay(addDays(to, 1)) }
    const { rows, next } = await listGuidance(ctx, { ...period, agencyId, after: cursor, limit })
    return c.json({ items: rows.map(itemOf), next }, 200)
  })
  app.openapi(recordRoute, async c => {
    const ctx = c.get('ctx')
    const { id } = await recordGuidance(ctx, c.req.valid('json'), commandIdOf(c))
    return c.json(itemOf(await getGuidance(ctx, id)), 201)
  })
  app.openapi(strikeRoute, async c => {
    const ctx = c.get('ctx')
    const { id } = c.req.valid('param')
    await strikeGuidance(ctx, { ...c.req.valid('json'), id }, commandIdOf(c))
    return c.json(itemOf(await getGuidance(ctx, id)), 200)
  })
}

function itemOf({ agency, officer, struck, at, ...one }: Guidance): z.infer<typeof Item> {
  return {
    ...one,
    at: at.toISOString(),
    agency: { code: agency.code, name: agency.name },
    officer: officer.name,
    struck: struck && { ...struck, at: struck.at.toISOString() },
  }
}
