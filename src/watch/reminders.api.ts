import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { rowId } from '#src/platform/form.ts'
import { type App, commandIdOf, type Env, needRole, officerOf } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { AnswerReminder, answerReminder } from './answer-reminder.ts'
import { findReminder, listReminders } from './reminder.query.ts'
import { type Reminder, reminderNumber, reminderState, reminderStates, remindRoles } from './reminder.ts'
import { SendReminder, sendReminder } from './send-reminder.ts'

const instant = z.iso.datetime()
const AgencyRef = z.object({ code: z.string(), name: z.string() })
const security = [{ bearer: [] }]

const supervisorsOnly: MiddlewareHandler<Env> = async (c, next) => {
  needRole(officerOf(c), ...remindRoles)
  await next()
}

const Signed = z.object({ text: z.string(), at: instant, by: z.string(), onBehalfOf: z.string().nullable() })
const Slip = z
  .object({
    id: z.int(),
    number: z.string(),
    from: AgencyRef,
    to: AgencyRef,
    slip: Signed,
    answerBy: instant,
    answer: Signed.nullable(),
    state: z.enum(reminderStates),
    dossiers: z.array(z.string()),
  })
  .openapi('Reminder')

const List = z.object({
  items: z.array(Slip),
  next: z.string().nullable().openapi({ description: 'Send it as `cursor` for the page after; null on the last' }),
})

const remindersRoute = createRoute({
  method: 'get',
  path: '/api/v1/reminders',
  tags: ['watch'],
  summary: 'Reminder slips sent or received by the officer’s agency, newest first',
  security,
  middleware: supervisorsOnly,
  request: {
    query: z.strictObject({
      open: z.enum(['true', 'false']).optional().openapi({ description: 'true: those without an answer' }),
      cursor: rowId.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: { 200: answers(List, 'Slips'), ...refuses(401, 403, 422) },
})

const sendRoute = createRoute({
  method: 'post',
  path: '/api/v1/reminders',
  tags: ['watch'],
  summary: 'Send a reminder slip to a slow agency',
  description: 'Numbered per year and sending agency. The same Idempotency-Key gives the same slip.',
  security,
  middleware: supervisorsOnly,
  request: {
    body: { required: true, content: { 'application/json': { schema: SendReminder.openapi('SendReminder') } } },
  },
  responses: { 201: answers(Slip, 'The slip is sent'), ...refuses(400, 401, 403, 409, 422) },
})

const answerRoute = createRoute({
  method: 'post',
  path: '/api/v1/reminders/{id}/answer',
  tags: ['watch'],
  summary: 'Answer a reminder slip as head of the agency urged',
  security,
  middleware: supervisorsOnly,
  request: {
    params: z.object({ id: rowId }),
    body: { required: true, content: { 'application/json': { schema: AnswerReminder.openapi('AnswerReminder') } } },
  },
  responses: { 200: answers(Slip, 'Answered'), ...refuses(400, 401, 403, 404, 409, 422) },
})

export function remindersApi(app: App): void {
  app.openapi(remindersRoute, async c => {
    const { open, cursor: before, limit: size } = c.req.valid('query')
    const ctx = c.get('ctx')
    const found = await listReminders(ctx, officerOf(c), { open: open === 'true', before, limit: size + 1 })
    const next = found.length > size ? String(found[size - 1]?.id) : null
    return c.json({ items: found.slice(0, size).map(one => slipOf(one, ctx.clock.now())), next }, 200)
  })
  app.openapi(sendRoute, async c => {
    const ctx = c.get('ctx')
    const { id } = await sendReminder(ctx, c.req.valid('json'), commandIdOf(c))
    const slip = await findReminder(ctx, officerOf(c), id)
    if (!slip) throw new Refusal('not-found', 'reminder-not-found')
    return c.json(slipOf(slip, ctx.clock.now()), 201)
  })
  app.openapi(answerRoute, async c => {
    const ctx = c.get('ctx')
    const { id } = c.req.valid('param')
    await answerReminder(ctx, { ...c.req.valid('json'), id })
    const slip = await findReminder(ctx, officerOf(c), id)
    if (!slip) throw new Refusal('not-found', 'reminder-not-found')
    return c.json(slipOf(slip, ctx.clock.now()), 200)
  })
}

function slipOf(one: Reminder, now: Date): z.infer<typeof Slip> {
  const { id, from, to, answer, dossiers } = one
  return {
    id,
    number: reminderNumber(one),
    from: { code: from.code, name: from.name },
    to: { code: to.code, name: to.name },
    slip: { text: one.text, at: one.at.toISOString(), by: from.person, onBehalfOf: from.onBehalfOf },
    answerBy: one.answerBy.toISOString(),
    answer: answer && {
      text: answer.text,
      at: answer.at.toISOString(),
      by: answer.person,
      onBehalfOf: answer.onBehalfOf,
    },
    state: reminderState(one, now),
    dossiers: dossiers.map(({ ref }) => ref),
  }
}
