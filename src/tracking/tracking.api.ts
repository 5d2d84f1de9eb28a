import { createRoute, z } from '@hono/zod-openapi'
import { states } from '#src/dossiers/dossier.ts'
import type { App } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { findTracked } from './tracking.query.ts'
import { type Tracking, trackingOf } from './tracking.ts'

const Instant = z.iso.datetime()

const Issued = z.object({
  kind: z.enum(['grant', 'refusal']),
  title: z.string(),
  number: z.string(),
  signedAt: Instant.nullable(),
})

const TrackingAnswer = z
  .object({
    code: z.string(),
    state: z.enum(states),
    stateText: z.string().openapi({ description: 'A sentence for the citizen' }),
    procedure: z.object({ code: z.string(), name: z.string() }),
    receivedAt: Instant.nullable(),
    dueAt: Instant.nullable(),
    originalDueAt: Instant.nullable().openapi({ description: 'The first promise; it is never overwritten' }),
    provisional: z.boolean().openapi({ description: 'true while a year on the way has no official calendar' }),
    gaps: z.array(z.int()).openapi({ description: 'The years without an official calendar' }),
    paused: z.boolean(),
    where: z.string().nullable().openapi({ description: 'Agency whose turn it is; null when the dossier has ended' }),
    since: Instant.nullable().openapi({ description: 'Since when it is there' }),
    step: z.string().nullable().openapi({ description: 'Step of its process, as the agency calls it' }),
    asked: z
      .array(
        z.object({
          agency: z.string(),
          since: Instant,
          until: Instant.nullable(),
          answeredAt: Instant.nullable(),
        }),
      )
      .openapi({ description: 'Agencies asked for an opinion at this step' }),
    children: z
      .array(
        z.object({
          code: z.string().nullable(),
          state: z.enum(states),
          procedure: z.object({ code: z.string(), name: z.string() }),
          agency: z.string(),
          where: z.string().nullable(),
          since: Instant.nullable(),
          step: z.string().nullable(),
          receivedAt: Instant.nullable(),
          dueAt: Instant.nullable(),
          judgement: z.enum(['early', 'on-time', 'late', 'no-term']).nullable(),
          result: Issued.nullable(),
        }),
      )
      .openapi({
        description: 'Parts of it that other agencies handle under procedures of their own (interconnection)',
      }),
    next: z.string().openapi({ description: 'What the citizen has to do now' }),
    desk: z
      .object({
        name: z.string(),
        address: z.string().nullable(),
        phone: z.string().nullable(),
        hours: z.string().nullable(),
      })
      .openapi({ description: 'Where papers are brought and results collected' }),
    supplement: z
      .object({
        reason: z.string(),
        items: z.array(z.object({ component: z.string().nullable(), name: z.string(), note: z.string() })),
        answerBy: z.iso.date().nullable(),
      })
      .optional()
      .openapi({ description: 'Papers asked for and not brought yet' }),
    extension: z.object({ reason: z.string(), until: Instant }).optional().openapi({ description: 'The last apology' }),
    endReason: z.string().optional().openapi({ description: 'Why it was refused, stopped or withdrawn' }),
    result: Issued.optional(),
    judgement: z
      .enum(['early', 'on-time', 'late', 'no-term'])
      .optional()
      .openapi({ description: 'Once the result was ready' }),
    history: z.array(
      z.object({
        at: Instant,
        type: z.string(),
        text: z.string(),
        code: z
          .string()
          .nullable()
          .openapi({ description: 'Of the child it happened in; null: in the dossier itself' }),
      }),
    ),
  })
  .openapi('Tracking')

const trackRoute = createRoute({
  method: 'get',
  path: '/api/v1/track/{code}',
  tags: ['tracking'],
  summary: 'Where a dossier stands, for whoever holds its receipt slip',
  request: {
    params: z.object({ code: z.string().max(80).openapi({ example: 'H20.01-261119-0042' }) }),
    query: z.strictObject({ secret: z.string().min(1).max(40).openapi({ description: 'Printed on the slip' }) }),
  },
  responses: {
    200: answers(TrackingAnswer, 'The dossier in plain words, in the language of Accept-Language'),
    ...refuses(404, 422),
  },
})

/** Public: the secret is the right to see. */
export function trackingApi(app: App): void {
  app.openapi(trackRoute, async c => {
    const ctx = c.get('ctx')
    const { code } = c.req.valid('param')
    const found = await findTracked(ctx, { code, secret: c.req.valid('query').secret })
    if (!found?.facts.code) throw new Refusal('not-found', 'tracking-not-found')
    c.set('dossier', found.facts.code)
    c.header('Cache-Control', 'private, no-store')
    const tracking = trackingOf(found.facts, { ...found, now: ctx.clock.now() }, c.get('t'))
    return c.json(answerOf(found.facts.code, tracking), 200)
  })
}

function answerOf(code: string, tracking: Tracking): z.infer<typeof TrackingAnswer> {
  const { timeLeft: _, supplement, extension, endReason, result, judgement, history, ...plain } = tracking
  const iso = (at: Date | null) => at?.toISOString() ?? null
  return {
    ...plain,
    code,
    receivedAt: iso(plain.receivedAt),
    dueAt: iso(plain.dueAt),
    originalDueAt: iso(plain.originalDueAt),
    ...(supplement && { supplement }),
    ...(extension && { extension: { ...extension, until: extension.until.toISOString() } }),
    ...(endReason && { endReason }),
    since: iso(plain.since),
    asked: plain.asked.map(one => {
      return { ...one, since: one.since.toISOString(), until: iso(one.until), answeredAt: iso(one.answeredAt) }
    }),
    children: plain.children.map(child => ({
      ...child,
      since: iso(child.since),
      receivedAt: iso(child.receivedAt),
      dueAt: iso(child.dueAt),
      result: child.result && { ...child.result, signedAt: iso(child.result.signedAt) },
    })),
    ...(result && { result: { ...result, signedAt: iso(result.signedAt) } }),
    ...(judgement && { judgement }),
    history: history.map(({ at, ...line }) => ({ ...line, at: at.toISOString() })),
  }
}
