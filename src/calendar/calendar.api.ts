import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { rowId } from '#src/platform/form.ts'
import { type App, type Env, officerOf } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { isoLocal } from '#src/platform/text.ts'
import { findCalendar } from './calendar.query.ts'
import { listCalendars } from './calendar-list.query.ts'
import { isNoticed, specialDays } from './calendar-year.ts'
import { CalendarNotice, enterNotice, mayEnterNotice } from './enter-notice.ts'
import { WeeklyHours } from './weekly-hours.ts'

const id = rowId.openapi({ description: '1 = the national calendar' })
const { year } = CalendarNotice.shape

const CalendarYear = z
  .object({
    id: z.int(),
    name: z.string(),
    version: z.int().openapi({ description: 'Grows with each notice entered' }),
    weekly: WeeklyHours.openapi({ description: 'Working hours by weekday, 1 = Monday, local time of Vietnam' }),
    year: z.int(),
    provisional: z.boolean().openapi({ description: 'true while the year has no official notice' }),
    notice: z.string().nullable(),
    days: z
      .array(
        z.object({
          day: z.iso.date(),
          kind: z.enum(['off', 'work']),
          reason: z.string(),
          legalBasis: z.string().optional(),
          windows: z.array(z.object({ from: z.string(), to: z.string() })).optional(),
        }),
      )
      .openapi({ description: 'The days that differ from the week; without a notice only those fixed by law' }),
    noticedYears: z.array(z.int()),
  })
  .openapi('CalendarYear')

const read = createRoute({
  method: 'get',
  path: '/api/v1/calendars/{id}',
  tags: ['calendars'],
  summary: 'A working calendar in one year',
  request: {
    params: z.object({ id }),
    query: z.strictObject({ year: year.optional().openapi({ description: 'The present year when left out' }) }),
  },
  responses: { 200: answers(CalendarYear, 'The calendar'), ...refuses(404, 422) },
})

/** Who may not enter notices is told so before being told what is wrong with the body. */
const noticeWritersOnly: MiddlewareHandler<Env> = async (c, next) => {
  if (!mayEnterNotice(officerOf(c))) throw new Refusal('forbidden', 'role-not-allowed')
  await next()
}

const NoticeBody = CalendarNotice.omit({ calendar: true, year: true }).openapi('CalendarNotice')
const Entered = z.object({ calendar: z.int(), year: z.int(), version: z.int() }).openapi('CalendarNoticeEntered')

const enter = createRoute({
  method: 'put',
  path: '/api/v1/calendars/{id}/years/{year}',
  tags: ['calendars'],
  summary: 'Enter or replace the official notice of a year',
  description:
    'Replaces the days of the year in this calendar and in those of `also`. Open dossiers are recomputed in the background, each change in its ledger.',
  middleware: noticeWritersOnly,
  request: {
    params: z.object({ id, year }),
    body: { required: true, content: { 'application/json': { schema: NoticeBody } } },
  },
  responses: { 200: answers(Entered, 'The notice is entered'), ...refuses(400, 401, 403, 404, 422) },
})

/** Calendars are public: what a deadline is counted by, everyone may read. */
export function calendarApi(app: App): void {
  app.openapi(read, async c => {
    const ctx = c.get('ctx')
    const asked = c.req.valid('query').year ?? Number(isoLocal(ctx.clock.now()).slice(0, 4))
    const calendar = await findCalendar(ctx, c.req.valid('param').id)
    if (!calendar) throw new Refusal('not-found', 'calendar-not-found')
    const { weekly, noticedYears, name, version } = calendar
    const notice = (await listCalendars(ctx, asked)).find(one => one.id === calendar.id)?.notice ?? null
    const facts = { id: calendar.id, name, version, weekly, noticedYears, notice }
    const provisional = !isNoticed(calendar, asked)
    return c.json({ ...facts, year: asked, provisional, days: specialDays(calendar, asked) }, 200)
  })
  app.openapi(enter, async c => {
    const { id: calendar, year: ofYear } = c.req.valid('param')
    const { version } = await enterNotice(c.get('ctx'), { ...c.req.valid('json'), calendar, year: ofYear })
    return c.json({ calendar, year: ofYear, version }, 200)
  })
}
