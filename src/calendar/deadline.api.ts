import { createRoute, z } from '@hono/zod-openapi'
import { says } from '#src/platform/field-problems.ts'
import type { App } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { findCalendar } from './calendar.query.ts'
import { type DueExplanation, explainDue } from './deadline.ts'

const Instant = z.iso.datetime({ offset: true }).openapi({ example: '2026-08-24T09:00:00+07:00' })

/** Ten years: no term of an administrative procedure comes near it, and every day of the way is worked out and sent. */
const LONGEST_DAYS = 3_660
const LONGEST_MONTHS = 120

const DeadlineQuestion = z
  .strictObject({
    calendar: z
      .union([z.int().min(1).max(2_147_483_647), z.string().min(1).max(40)])
      .optional()
      .openapi({ description: 'Id of a calendar, or code of an agency; the national calendar when left out' }),
    start: Instant,
    term: z
      .strictObject({
        amount: z.int().min(1).max(LONGEST_DAYS),
        unit: z.enum(['working-hours', 'working-days', 'days', 'months']),
        policy: z.enum(['hour-clock', 'civil-day']).optional(),
      })
      .refine(({ amount, unit }) => unit !== 'months' || amount <= LONGEST_MONTHS, {
        path: ['amount'],
        error: says(`Nhiều nhất ${LONGEST_MONTHS} tháng.`, `At most ${LONGEST_MONTHS} months.`),
      })
      .nullable(),
    pauses: z
      .array(z.strictObject({ from: Instant, to: Instant.nullish() }))
      .max(100)
      .default([]),
    resume: z.enum(['remaining', 'restart']).default('remaining'),
  })
  .openapi('DeadlineQuestion')

const DeadlineAnswer = z
  .object({
    dueAt: z.iso.datetime().nullable().openapi({ description: 'null without a term, or while paused' }),
    provisional: z.boolean().openapi({ description: 'true when a year on the way has no official notice yet' }),
    gaps: z.array(z.int()).openapi({ description: 'The years without an official notice' }),
    effectiveStart: z.iso.datetime().nullable(),
    steps: z.array(
      z.object({
        day: z.iso.date(),
        weekday: z.int().openapi({ description: '1 = Monday' }),
        counted: z.boolean(),
        minutes: z.int(),
        why: z.string(),
        note: z.string().optional(),
        windows: z.array(z.object({ from: z.string(), to: z.string() })),
      }),
    ),
  })
  .openapi('DeadlineAnswer')

const explain = createRoute({
  method: 'post',
  path: '/api/v1/deadlines/explain',
  tags: ['deadlines'],
  summary: 'When a term runs out, day by day',
  request: { body: { required: true, content: { 'application/json': { schema: DeadlineQuestion } } } },
  responses: { 200: answers(DeadlineAnswer, 'The due time and why'), ...refuses(400, 404, 422) },
})

/** Computes with the deployed calendars; open to everyone, for the calendars are public. */
export function deadlineApi(app: App): void {
  app.openapi(explain, async c => {
    const { calendar: which, start, term, pauses, resume } = c.req.valid('json')
    const calendar = await findCalendar(c.get('ctx'), which ?? 1)
    if (!calendar) throw new Refusal('not-found', 'calendar-not-found', { field: 'calendar' })
    const stops = pauses.map(pause => ({ from: new Date(pause.from), to: pause.to ? new Date(pause.to) : null }))
    const { at, effectiveStart, ...rest } = sensible(() => explainDue(term, new Date(start), stops, calendar, resume))
    const iso = (instant: Date | null) => instant?.toISOString() ?? null
    return c.json({ dueAt: iso(at), ...rest, effectiveStart: iso(effectiveStart) }, 200)
  })
}

/** A pause that ends before it begins, or that no term outlives, is the asker's mistake. */
function sensible(compute: () => DueExplanation): DueExplanation {
  try {
    return compute()
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal('invalid', 'deadline-senseless', { field: 'pauses' })
    throw error
  }
}
