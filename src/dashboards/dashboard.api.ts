import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { line } from '#src/platform/form.ts'
import { type App, type Env, needRole, officerOf } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { readDashboard } from './dashboard.query.ts'
import { countsBy, type Dashboard, dashboardRoles, SOON_DAYS, stepOrder } from './dashboard.ts'

const count = z.int()
const Ref = z.object({ code: z.string(), name: z.string() })
const Stand = z.object({ open: count, overdue: count, solved: count, late: count }).openapi({
  description:
    'Open and overdue now; solved in the last 30 days, and how many of these late: columns (11), (13), (7) and (10) of form II.06a',
})

const Board = z
  .object({
    at: z.iso.datetime(),
    agency: Ref,
    today: z.object({
      received: count,
      receivedOnline: count,
      solved: count.openapi({ description: 'Ended in any way, as in column (7) of form II.06a' }),
      open: count,
      overdue: count,
      pausedForSupplement: count,
      pausedForObligation: count,
      dueToday: count.openapi({ description: 'Due later today' }),
      dueSoon: count.openapi({ description: `Due before the end of the day after tomorrow (${SOON_DAYS} days)` }),
    }),
    waiting: z.object({ count, oldest: z.iso.datetime().nullable(), median: z.iso.datetime().nullable() }).openapi({
      description: 'Online submissions nobody has received yet, and when the first and the middle one came',
    }),
    weeks: z.array(z.object({ from: z.iso.date(), to: z.iso.date(), received: count, solved: count, overdue: count })),
    steps: z.array(z.object({ kind: z.enum(stepOrder), dossiers: count, late: count })),
    agencies: z.array(Ref.extend(Stand.shape)),
    fields: z.array(Ref.extend(Stand.shape)),
  })
  .openapi('Dashboard')

const only: MiddlewareHandler<Env> = async (c, go) => {
  needRole(officerOf(c), ...dashboardRoles)
  await go()
}

const route = createRoute({
  method: 'get',
  path: '/api/v1/dashboard',
  tags: ['reports'],
  summary:
    'How things stand now with the officer’s agency and those below it, or the province; one of them by its code',
  security: [{ bearer: [] }],
  middleware: only,
  request: { query: z.strictObject({ agency: line(40).optional() }) },
  responses: { 200: answers(Board, 'Dashboard'), ...refuses(401, 403, 404, 409, 422) },
})

export function dashboardApi(app: App): void {
  app.openapi(route, async c => {
    const board = await readDashboard(c.get('ctx'), officerOf(c), c.req.valid('query').agency)
    return c.json(written(board), 200)
  })
}

function written(board: Dashboard): z.infer<typeof Board> {
  const { at, agency, day, live, weeks, steps } = board
  const { oldest, median } = live.waiting
  return {
    at: at.toISOString(),
    agency: { code: agency.code, name: agency.name },
    today: {
      ...{ received: day.received, receivedOnline: day.received_online, solved: day.c7, open: day.open },
      ...{
        overdue: day.c13,
        pausedForSupplement: day.paused_supplement,
        pausedForObligation: day.paused_obligation,
      },
      ...{ dueToday: live.dueToday, dueSoon: live.dueSoon },
    },
    waiting: {
      count: live.waiting.count,
      oldest: oldest?.toISOString() ?? null,
      median: median?.toISOString() ?? null,
    },
    weeks: [...weeks],
    steps: [...steps],
    agencies: standsOf(board, 'agencyId'),
    fields: standsOf(board, 'fieldId'),
  }
}

/** Those with anything to tell, in the order of their names. */
function standsOf(board: Dashboard, by: 'agencyId' | 'fieldId'): z.infer<typeof Board>['agencies'] {
  const agencies = new Map(board.agencies.map(({ id, code, name }) => [id, { code, name }]))
  const refs: ReadonlyMap<number, { code: string; name: string }> = by === 'agencyId' ? agencies : board.fields
  return [...countsBy(board, row => row[by])]
    .map(([id, { c7, c10, c11, c13 }]) => {
      const { code = '', name = '' } = refs.get(id) ?? {}
      return { code, name, open: c11, overdue: c13, solved: c7, late: c10 }
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'vi') || a.code.localeCompare(b.code))
}
