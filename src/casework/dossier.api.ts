import { createRoute, z } from '@hono/zod-openapi'
import { states } from '#src/dossiers/dossier.ts'
import { Intake } from '#src/dossiers/intake.ts'
import {
  type App,
  commandIdOf,
  officersOnly,
  onceHeaders,
  type RequestContext,
  signedInOnly,
} from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import type { Answer } from './answer.ts'
import { commands } from './commands.ts'
import { executeCommand } from './execute-command.ts'
import { receiveDossier } from './receive-dossier.ts'
import { saveNewDraft } from './save-draft.ts'
import { submitDossier } from './submit-dossier.ts'

const CommandAnswer = z
  .object({
    ref: z.string().openapi({ description: 'The code, or D<number> while the dossier has none' }),
    code: z.string().nullable(),
    version: z.int().openapi({ description: 'Grows by one with each event' }),
    state: z.enum(states),
    receivedAt: z.iso.datetime().nullable(),
    dueAt: z.iso.datetime().nullable(),
    provisional: z.boolean(),
    gaps: z.array(z.int()),
    trackingSecret: z.string(),
  })
  .openapi('CommandAnswer')

const body = <S extends z.ZodType>(schema: S) => ({ required: true, content: { 'application/json': { schema } } })
const security = [{ bearer: [] }]
const IntakeBody = Intake.openapi('Intake')

const openRoute = createRoute({
  method: 'post',
  path: '/api/v1/dossiers',
  tags: ['dossiers'],
  summary: 'Hand in a dossier',
  description:
    'Received at once through the counter, post, home or phone (officers who take in papers); `online` files a submission that waits to be examined.',
  security,
  middleware: signedInOnly,
  request: { headers: onceHeaders, body: body(IntakeBody) },
  responses: { 201: answers(CommandAnswer, 'On file'), ...refuses(400, 401, 403, 409, 422) },
})

const draftRoute = createRoute({
  method: 'post',
  path: '/api/v1/drafts',
  tags: ['dossiers'],
  summary: 'Keep an unfinished intake; it has no number yet',
  security,
  middleware: officersOnly,
  request: { headers: onceHeaders, body: body(IntakeBody) },
  responses: { 201: answers(CommandAnswer, 'Kept'), ...refuses(400, 401, 403, 409, 422) },
})

/** Each command's own input with its `type`, and the version the sender was looking at. */
const CommandBody = z
  .discriminatedUnion(
    'type',
    commands
      .filter(({ system }) => system !== 'only')
      .map(({ type, input, label }) =>
        (input as z.ZodObject)
          .extend({
            type: z.literal(type),
            version: z.int().min(1).optional().openapi({ description: 'Refuse when the dossier has changed since' }),
          })
          .openapi(`Command-${type}`, { description: label[1] }),
      ) as unknown as [z.ZodObject, ...z.ZodObject[]],
  )
  .openapi('Command')

const commandRoute = createRoute({
  method: 'post',
  path: '/api/v1/dossiers/{ref}/commands',
  tags: ['dossiers'],
  summary: 'Carry out one step on a dossier',
  security,
  middleware: officersOnly,
  request: {
    headers: onceHeaders,
    params: z.object({
      ref: z.string().max(60).openapi({ description: 'Code, or D<number> of a dossier without one' }),
    }),
    body: body(CommandBody),
  },
  responses: { 200: answers(CommandAnswer, 'Done'), ...refuses(400, 401, 403, 404, 409, 422) },
})

export function dossierApi(app: App): void {
  app.openapi(openRoute, async c => {
    const intake = c.req.valid('json')
    const open = intake.channel === 'online' ? submitDossier : receiveDossier
    return c.json(shown(c, await open(c.get('ctx'), intake, commandIdOf(c))), 201)
  })
  app.openapi(draftRoute, async c =>
    c.json(shown(c, await saveNewDraft(c.get('ctx'), c.req.valid('json'), commandIdOf(c))), 201),
  )
  app.openapi(commandRoute, async c => {
    const { type, version, ...input } = c.req.valid('json') as { type: string; version?: number }
    const { ref } = c.req.valid('param')
    const execution = { ref, type, input, commandId: commandIdOf(c), expectedVersion: version }
    return c.json(shown(c, await executeCommand(c.get('ctx'), execution)), 200)
  })
}

function shown(c: RequestContext, { id, receivedAt, dueAt, ...answer }: Answer) {
  const ref = answer.code ?? `D${id}`
  c.set('dossier', ref)
  return { ...answer, ref, receivedAt: receivedAt?.toISOString() ?? null, dueAt: dueAt?.toISOString() ?? null }
}
