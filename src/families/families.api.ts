import { createRoute, z } from '@hono/zod-openapi'
import { states } from '#src/dossiers/dossier.ts'
import { readDossier } from '#src/dossiers/dossier-page.query.ts'
import { roles } from '#src/platform/ctx.ts'
import { type App, officersOnly } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { type Family, readFamily } from './family.query.ts'

const Instant = z.iso.datetime()

const Member = z.object({
  code: z.string().nullable(),
  parent: z.string().nullable().openapi({ description: 'Code of the dossier it was opened for' }),
  procedure: z.string(),
  agency: z.string().openapi({ description: 'Agency that resolves it' }),
  state: z.enum(states),
  step: z.string().nullable(),
  holder: z
    .object({
      agency: z.string(),
      role: z.enum(roles).nullable().openapi({ description: 'null while a dossier elsewhere is waited for' }),
      since: Instant,
    })
    .nullable(),
  dueAt: Instant.nullable(),
  paused: z.boolean(),
  judgement: z.enum(['early', 'on-time', 'late', 'no-term']).nullable(),
  mayOpen: z.boolean().openapi({ description: 'This officer may read the dossier itself' }),
})

const FamilyAnswer = z
  .object({
    members: z.array(Member).openapi({ description: 'The one handed in first; empty when the dossier stands alone' }),
    events: z
      .array(
        z.object({
          at: Instant,
          type: z.string(),
          code: z.string().nullable().openapi({ description: 'Of the dossier it happened in' }),
          agency: z.string().nullable(),
          step: z.string().nullable().openapi({ description: 'The step it led to' }),
        }),
      )
      .openapi({ description: 'Newest first, of the dossiers this officer may read' }),
    links: z.array(z.object({ code: z.string(), reason: z.string(), at: Instant })),
  })
  .openapi('Family')

const familyRoute = createRoute({
  method: 'get',
  path: '/api/v1/dossiers/{ref}/family',
  tags: ['dossiers'],
  summary: 'An interconnected matter: every dossier of it, who has each, what happened in all of them',
  security: [{ bearer: [] }],
  middleware: officersOnly,
  request: {
    params: z.object({
      ref: z.string().max(60).openapi({ description: 'Code, or D<number> of a dossier without one' }),
    }),
  },
  responses: { 200: answers(FamilyAnswer, 'The family'), ...refuses(401, 403, 404, 422) },
})

export function familiesApi(app: App): void {
  app.openapi(familyRoute, async c => {
    const ctx = c.get('ctx')
    const { ref } = c.req.valid('param')
    const { dossier } = await readDossier(ctx, ref, 'api:family')
    c.set('dossier', ref)
    return c.json(shown(await readFamily(ctx, dossier)), 200)
  })
}

function shown(family: Family | null): z.infer<typeof FamilyAnswer> {
  const { members, events, links } = family ?? { members: [], events: [], links: [] }
  const codes = new Map(members.map(({ id, code }) => [id, code]))
  return {
    members: members.map(({ id: _, depth: __, parentId, holder, dueAt, ...member }) => ({
      ...member,
      parent: parentId === null ? null : (codes.get(parentId) ?? null),
      holder: holder && { ...holder, since: holder.since.toISOString() },
      dueAt: dueAt?.toISOString() ?? null,
    })),
    events: events.map(({ at, dossierId, ...event }) => {
      return { ...event, at: at.toISOString(), code: codes.get(dossierId) ?? null }
    }),
    links: links.map(({ code, reason, at }) => ({ code, reason, at: at.toISOString() })),
  }
}
