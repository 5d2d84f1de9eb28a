import { createRoute, z } from '@hono/zod-openapi'
import { type OnBehalfOf, roles } from '#src/platform/ctx.ts'
import { type App, sessionSecret } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { Session } from '#src/platform/session.ts'
import { listSubstitutions, type Substitution } from './assignment.query.ts'
import { SignIn, signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'

const OpenedSession = z
  .object({
    token: z.string().openapi({ description: 'Send it as `Authorization: Bearer <token>`' }),
    expiresAt: z.iso.datetime(),
    officer: z
      .object({
        name: z.string(),
        role: z.enum(roles),
        assignment: z.number().int(),
        agency: z.object({ code: z.string(), name: z.string() }),
        servicePoint: z.object({ id: z.number().int(), name: z.string() }).nullable(),
        onBehalfOf: z
          .object({ delegation: z.number().int(), name: z.string(), ground: z.string(), until: z.iso.datetime() })
          .optional()
          .openapi({ description: 'The absent colleague in whose place the officer acts, by what decision' }),
      })
      .optional()
      .openapi({ description: 'When the account is an officer’s' }),
    substitutions: z
      .array(
        z.object({
          delegation: z.number().int().openapi({ description: 'Send it as `delegation` to act in this place' }),
          name: z.string().openapi({ description: 'Of the absent colleague' }),
          role: z.enum(roles),
          agency: z.object({ code: z.string(), name: z.string() }),
          ground: z.string().openapi({ description: 'The written decision' }),
          until: z.iso.datetime(),
        }),
      )
      .optional()
      .openapi({ description: 'In whose place the officer may act now' }),
    citizen: z.object({ name: z.string() }).optional().openapi({ description: 'When the account is a citizen’s' }),
  })
  .openapi('Session')

const openRoute = createRoute({
  method: 'post',
  path: '/api/v1/session',
  summary: 'Sign in',
  tags: ['session'],
  request: { body: { required: true, content: { 'application/json': { schema: SignIn.openapi('SignIn') } } } },
  responses: { 200: answers(OpenedSession, 'The session is open'), ...refuses(400, 401, 403, 404, 422) },
})

const endRoute = createRoute({
  method: 'delete',
  path: '/api/v1/session',
  summary: 'Sign out: the token is of no use from now on',
  tags: ['session'],
  security: [{ bearer: [] }],
  responses: { 204: { description: 'Ended' }, ...refuses(401) },
})

export function sessionApi(app: App): void {
  app.openapi(openRoute, async c => {
    const { db, clock } = c.get('ctx')
    const { token, session } = await signIn(c.get('ctx'), { ...c.req.valid('json'), secret: sessionSecret(c) })
    const { accountId, kind } = session.actor
    const places = kind === 'officer' ? await listSubstitutions(db, accountId, clock.now()) : undefined
    const opened = { token, expiresAt: session.expiresAt.toISOString(), ...whoIn(session) }
    return c.json({ ...opened, ...(places ? { substitutions: places.map(placeIn) } : {}) }, 200)
  })
  app.openapi(endRoute, async c => {
    const session = c.get('session')
    if (!session) throw new Refusal('unauthenticated', 'sign-in-needed')
    await signOut(c.get('ctx'), { session })
    return c.body(null, 204)
  })
}

function whoIn({ actor, place }: Session): Omit<z.infer<typeof OpenedSession>, 'token' | 'expiresAt'> {
  if (actor.kind === 'citizen') return { citizen: { name: actor.name } }
  const { name, role, assignmentId, agencyCode, servicePointId, onBehalfOf: absent } = actor
  const servicePoint = servicePointId === null ? null : { id: servicePointId, name: place?.servicePoint ?? '' }
  return {
    officer: {
      name,
      role,
      assignment: assignmentId,
      agency: { code: agencyCode, name: place?.agency ?? '' },
      servicePoint,
      ...(absent ? { onBehalfOf: shownAbsent(absent) } : {}),
    },
  }
}

function shownAbsent({ delegationId, name, ground, until }: OnBehalfOf) {
  return { delegation: delegationId, name, ground, until }
}

function placeIn({ id, absent, role, agencyCode, agency, ground, until }: Substitution) {
  return {
    delegation: id,
    name: absent,
    role,
    agency: { code: agencyCode, name: agency },
    ground,
    until: until.toISOString(),
  }
}
