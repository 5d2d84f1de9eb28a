import { createRoute, z } from '@hono/zod-openapi'
import { rowId } from '#src/platform/form.ts'
import { type App, officerOf, officersOnly } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { markNoticesRead } from './mark-notices-read.ts'
import { listNotices, UNREAD } from './notice-list.query.ts'
import { noticeText } from './notice-words.ts'

const Item = z
  .object({
    id: z.int(),
    at: z.iso.datetime(),
    kind: z.string().openapi({ description: 'e.g. work-given, work-taken, step-late; more may come' }),
    dossier: z.string().nullable().openapi({ description: 'Its reference' }),
    by: z.string().nullable().openapi({ description: 'The officer who did it; null for the platform' }),
    text: z.string().openapi({ description: 'The notice in a sentence, in the language asked for' }),
    readAt: z.iso.datetime().nullable(),
  })
  .openapi('OfficerNotice')

const List = z
  .object({
    items: z.array(Item),
    next: z.string().nullable().openapi({ description: 'Send it as `cursor` for the page after; null on the last' }),
    unread: z.int().openapi({ description: `To ${UNREAD}` }),
  })
  .openapi('OfficerNoticeList')

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/notices',
  tags: ['notices'],
  summary: 'What the officer has been told, newest first',
  security: [{ bearer: [] }],
  middleware: officersOnly,
  request: {
    query: z.strictObject({
      unread: z.enum(['true', 'false']).default('false').openapi({ description: 'Only those not read yet' }),
      cursor: rowId.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: { 200: answers(List, 'A page of the list'), ...refuses(401, 403, 422) },
})

const readRoute = createRoute({
  method: 'post',
  path: '/api/v1/notices/read',
  tags: ['notices'],
  summary: 'Mark notices read',
  security: [{ bearer: [] }],
  middleware: officersOnly,
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z
            .strictObject({ upTo: rowId.openapi({ description: 'This notice and all before it' }) })
            .openapi('ReadNotices'),
        },
      },
    },
  },
  responses: {
    200: answers(z.object({ marked: z.int() }).openapi('NoticesRead'), 'How many were not read before'),
    ...refuses(400, 401, 403, 422),
  },
})

export function noticesApi(app: App): void {
  app.openapi(listRoute, async c => {
    const { unread, cursor, limit } = c.req.valid('query')
    const asked = { unread: unread === 'true', before: cursor, limit }
    const list = await listNotices(c.get('ctx'), officerOf(c), asked)
    const items = list.rows.map(row => ({
      ...{ id: row.id, kind: row.kind, dossier: row.ref, by: row.by },
      ...{ at: row.at.toISOString(), text: noticeText(row, c.get('t')), readAt: row.readAt?.toISOString() ?? null },
    }))
    return c.json({ items, next: list.next === null ? null : String(list.next), unread: list.unread }, 200)
  })
  app.openapi(readRoute, async c => c.json({ marked: await markNoticesRead(c.get('ctx'), c.req.valid('json')) }, 200))
}
