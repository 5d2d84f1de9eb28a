import { createRoute, z } from '@hono/zod-openapi'
import { says } from '#src/platform/field-problems.ts'
import { line, paragraph } from '#src/platform/form.ts'
import { type App, commandIdOf, officersOnly, onceHeaders } from '#src/platform/http.ts'
import { answers, refusalSentence, refuses } from '#src/platform/problem.ts'
import type { T } from '#src/platform/text.ts'
import { assignMany, MOST, type Outcome, type To } from './assign-many.ts'

const Given = z
  .object({
    ref: z.string(),
    result: z.enum(['given', 'changed', 'refused']).openapi({
      description: 'changed: somebody was quicker, or it is no longer at such a step',
    }),
    assignee: z
      .object({ username: z.string(), name: z.string() })
      .nullable()
      .openapi({ description: 'Who has it now' }),
    problem: z.object({ code: z.string(), detail: z.string() }).nullable().openapi({ description: 'Why not' }),
  })
  .openapi('GivenDossier')

const Body = z
  .strictObject({
    refs: z.array(line(60)).min(1).max(MOST).openapi({ description: 'Codes' }),
    assignee: line(60).optional().openapi({ description: 'Username of a specialist of the leader’s agency' }),
    share: z
      .enum(['round-robin', 'least-loaded'])
      .optional()
      .openapi({ description: 'Instead of one person: in turn, or to who has least in hand' }),
    note: paragraph(2000).optional(),
  })
  .refine(({ assignee, share }) => (assignee === undefined) !== (share === undefined), {
    path: ['assignee'],
    error: says('Hãy chọn một người, hoặc một cách chia.', 'Name one person, or a way of sharing.'),
  })
  .openapi('AssignMany')

const assignRoute = createRoute({
  method: 'post',
  path: '/api/v1/dossiers/assign',
  tags: ['dossiers'],
  summary: 'Give many dossiers out at once; for leaders',
  description: 'Each dossier is given out by itself: `results` tells, in the order asked, what became of it.',
  security: [{ bearer: [] }],
  middleware: officersOnly,
  request: {
    headers: onceHeaders,
    body: { required: true, content: { 'application/json': { schema: Body } } },
  },
  responses: {
    200: answers(z.object({ results: z.array(Given) }).openapi('GivenDossiers'), 'What became of each'),
    ...refuses(400, 401, 403, 422),
  },
})

export function distributionApi(app: App): void {
  app.openapi(assignRoute, async c => {
    const { refs, assignee, share, note } = c.req.valid('json')
    const to: To = share ? { share } : { assignee: assignee ?? '' }
    const order = { dossiers: refs.map(ref => ({ ref })), to, note }
    const outcomes = await assignMany(c.get('ctx'), order, commandIdOf(c))
    return c.json({ results: outcomes.map(outcome => resultOf(outcome, c.get('t'))) }, 200)
  })
}

function resultOf(outcome: Outcome, t: T): z.infer<typeof Given> {
  if ('to' in outcome) {
    const { username, name } = outcome.to
    return { ref: outcome.ref, result: 'given', assignee: { username, name }, problem: null }
  }
  const { ref, refusal } = outcome
  const problem = { code: refusal.code, detail: refusalSentence(refusal, t) }
  return { ref, result: refusal.kind === 'conflict' ? 'changed' : 'refused', assignee: null, problem }
}
