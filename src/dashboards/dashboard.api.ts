import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { line } from '#src/platform/form.ts'
import { type App, type Env, needRole, officerOf } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { readDashboard } from './dashboard.query.ts'
import { type Dashboard, dashboardRoles, endedOf, SOON_DAYS, stepOrder, talliesBy } from './dashboard.ts'

const count = z.int()
const Ref = z.object({ code: z.string(), name: z.string() })
const Stand = z.object({ open: count, overdue: count, results: count, late: count }).openapi({
  description: 'Open and overdue now; results of the last 30 days and how many of them came late',
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
      ...{ received: day.received, receivedOnline: day.received_online, solved: endedOf(day), open: day.open },
      ...{
        overdue: day.overdue,
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
    weeks: weeks.map(({ from, to, tally }) => {
      return { from, to, received: tally.received, solved: endedOf(tally), overdue: tally.overdue }
    }),
    steps: [...steps],
    agencies: standsOf(board, 'agencyId'),
    fields: standsOf(board, 'fieldId'),
  }
}

/** Those with anything to tell, in the order of their names. */
function standsOf(board: Dashboard, by: 'agencyId' | 'fieldId'): z.infer<typeof Board>['agencies'] {
  const agencies = new Map(board.agencies.map(({ id, code, name }) => [id, { code, name }]))
  const refs: ReadonlyMap<number, { code: string; name: string }> = by === 'agencyId' ? agencies : board.fields
  return [...talliesBy(board.month, row => row[by])]
    .map(([id, tally]) => {
      const { code = '', name = '' } = refs.get(id) ?? {}
      const results = tally.early + tally.on_time + tally.no_term + tally.late
      return { code, name, open: tally.open, overdue: tally.overdue, results, late: tally.late }
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'vi') || a.code.localeCompare(b.code))
}
