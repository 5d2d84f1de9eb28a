import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { fromBpmn } from '#src/drawings/bpmn.ts'
import { type App, commandIdOf, type Env, needRole, officerOf, onceHeaders } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { ApproveProcess, approveProcess } from './approve-process.ts'
import { CreateProcess, createProcess } from './create-process.ts'
import { mayDesign } from './may-design.ts'
import { BASE, Definition, Key, tags } from './process-schemas.ts'
import { RemoveProcessDraft, removeProcessDraft } from './remove-process-draft.ts'
import { ReturnProcess, returnProcess } from './return-process.ts'
import { SaveProcessDraft, saveProcessDraft } from './save-process-draft.ts'
import { SubmitProcess, submitProcess } from './submit-process.ts'

const security = [{ bearer: [] }]
const body = <S extends z.ZodType>(schema: S) => ({ required: true, content: { 'application/json': { schema } } })

/** Who may not draft is told so before being told what is wrong with the body. */
const designersOnly: MiddlewareHandler<Env> = async (c, next) => {
  if (!mayDesign(officerOf(c))) throw new Refusal('forbidden', 'process-designers-only')
  await next()
}
/** Which agency’s leader it may be is known only with the process. */
const approversOnly: MiddlewareHandler<Env> = async (c, next) => {
  needRole(officerOf(c), 'director', 'leader')
  await next()
}
const Saved = z.object({ ...Key.shape, version: z.int(), revision: z.int() }).openapi('ProcessDraftSaved')
const Decided = z.object({ ...Key.shape, version: z.int() }).openapi('ProcessDecided')

const beginRoute = createRoute({
  method: 'post',
  path: BASE,
  tags,
  summary: 'Begin a process: from the standard one, another one, or the steps given',
  description: 'A second process for the same procedure and case is refused, so a repeated request changes nothing.',
  security,
  middleware: designersOnly,
  request: {
    headers: onceHeaders,
    body: body(CreateProcess.extend({ definition: Definition.optional() }).openapi('CreateProcess')),
  },
  responses: {
    201: answers(Key.openapi('ProcessCreated'), 'The draft is made'),
    ...refuses(400, 401, 403, 404, 409, 422),
  },
})
const importRoute = createRoute({
  method: 'post',
  path: `${BASE}/import`,
  tags,
  summary: 'Begin a process, or a draft of the one named by `key`, from BPMN 2.0',
  security,
  middleware: designersOnly,
  request: {
    headers: onceHeaders,
    query: z.strictObject({
      key: z.string().max(60).optional(),
      revision: z.coerce
        .number()
        .int()
        .min(0)
        .optional()
        .openapi({ description: 'Of the draft to be replaced; 0 to begin one' }),
      procedure: z.string().max(60).optional(),
      case: z.string().max(60).optional(),
      name: z.string().min(1).max(200).optional(),
    }),
    body: { required: true, content: { 'application/xml': { schema: z.string() } } },
  },
  responses: {
    201: answers(
      z
        .object({
          ...Key.shape,
          warnings: z.array(z.string()).openapi({ description: 'What was assumed or left out' }),
        })
        .openapi('ProcessImported'),
      'The draft is made',
    ),
    ...refuses(400, 401, 403, 404, 409, 422),
  },
})
const draftRoute = createRoute({
  method: 'put',
  path: `${BASE}/{key}/draft`,
  tags,
  summary: 'Write the draft, or begin the next version',
  description: 'Refused when somebody changed the draft since `revision`; the same again changes nothing.',
  security,
  middleware: designersOnly,
  request: { params: Key, body: body(SaveProcessDraft.extend({ definition: Definition }).openapi('SaveProcessDraft')) },
  responses: { 200: answers(Saved, 'Saved'), ...refuses(400, 401, 403, 404, 409, 422) },
})
const removeRoute = createRoute({
  method: 'delete',
  path: `${BASE}/{key}/draft`,
  tags,
  summary: 'Throw the draft away',
  security,
  middleware: designersOnly,
  request: {
    headers: onceHeaders,
    params: Key,
    query: z.strictObject({ revision: z.coerce.number().pipe(RemoveProcessDraft.shape.revision) }),
  },
  responses: { 204: { description: 'Gone' }, ...refuses(401, 403, 404, 409, 422) },
})
const decision = <S extends z.ZodType>(what: 'submit' | 'approve' | 'return', schema: S, summary: string) =>
  createRoute({
    method: 'post',
    path: `${BASE}/{key}/${what}`,
    tags,
    summary,
    description: 'The same again changes nothing.',
    security,
    middleware: what === 'submit' ? designersOnly : approversOnly,
    request: { headers: onceHeaders, params: Key, body: body(schema) },
    responses: { 200: answers(Decided, 'Done'), ...refuses(400, 401, 403, 404, 409, 422) },
  })
const submitRoute = decision('submit', SubmitProcess.openapi('SubmitProcess'), 'Ask for the draft to be put in force')
const approveRoute = decision(
  'approve',
  ApproveProcess.openapi('ApproveProcess'),
  'Put a submitted version in force from a day',
)
const returnRoute = decision(
  'return',
  ReturnProcess.openapi('ReturnProcess'),
  'Give a submitted version back to be changed',
)

/** The life of a process for machines: the same use cases as the pages. */
export function processLifeApi(app: App): void {
  drafting(app)
  deciding(app)
}

function drafting(app: App): void {
  app.openapi(beginRoute, async c =>
    c.json(await createProcess(c.get('ctx'), c.req.valid('json'), commandIdOf(c)), 201),
  )
  app.openapi(importRoute, async c => {
    const { key, revision = 0, ...about } = c.req.valid('query')
    const { process: definition, warnings } = await fromBpmn(await c.req.text())
    const t = c.get('t')
    const told = warnings.map(({ vi, en }) => t(vi, en))
    if (key === undefined)
      return c.json(
        { ...(await createProcess(c.get('ctx'), { ...about, definition }, commandIdOf(c))), warnings: told },
        201,
      )
    await saveProcessDraft(c.get('ctx'), { key, revision, definition })
    return c.json({ key, warnings: told }, 201)
  })
  app.openapi(draftRoute, async c => {
    const { key } = c.req.valid('param')
    return c.json({ key, ...(await saveProcessDraft(c.get('ctx'), { ...c.req.valid('json'), key })) }, 200)
  })
  app.openapi(removeRoute, async c => {
    await removeProcessDraft(c.get('ctx'), { ...c.req.valid('param'), ...c.req.valid('query') }, commandIdOf(c))
    return c.body(null, 204)
  })
}

function deciding(app: App): void {
  app.openapi(submitRoute, async c => {
    const { key } = c.req.valid('param')
    return c.json({ key, ...(await submitProcess(c.get('ctx'), { ...c.req.valid('json'), key })) }, 200)
  })
  app.openapi(approveRoute, async c => {
    const { key } = c.req.valid('param')
    return c.json({ key, ...(await approveProcess(c.get('ctx'), { ...c.req.valid('json'), key })) }, 200)
  })
  app.openapi(returnRoute, async c => {
    const { key } = c.req.valid('param')
    return c.json({ key, ...(await returnProcess(c.get('ctx'), { ...c.req.valid('json'), key }, commandIdOf(c))) }, 200)
  })
}
