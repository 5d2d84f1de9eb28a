import { createRoute, z } from '@hono/zod-openapi'
import { roles } from '#src/platform/ctx.ts'
import { rowId } from '#src/platform/form.ts'
import { type App, commandIdOf, officerOf, officersOnly, onceHeaders } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { DelegateRole, delegateRole } from './delegate-role.ts'
import { listDelegable, listDelegations } from './delegation.query.ts'
import { type Delegation, delegationState, delegationStates, isHeadOf, type Named } from './delegation.ts'
import { getDelegation, RevokeDelegation, revokeDelegation } from './revoke-delegation.ts'

const instant = z.iso.datetime()
const Person = z.object({ username: z.string(), name: z.string() })
const Item = z
  .object({
    id: z.int(),
    absent: Person.openapi({ description: 'Whose competence it stays' }),
    substitute: Person.openapi({ description: 'Who acts' }),
    assignment: z.int().openapi({ description: 'Of the absent officer' }),
    role: z.enum(roles),
    agency: z.object({ code: z.string(), name: z.string() }),
    ground: z.string().openapi({ description: 'Number of the written decision' }),
    from: instant,
    until: instant.openapi({ description: 'Excluded; it ends by itself' }),
    state: z.enum(delegationStates),
    madeBy: z.string().nullable(),
    madeAt: instant,
    revoked: z.object({ at: instant, by: z.string().nullable(), reason: z.string() }).nullable(),
  })
  .openapi('Delegation')

const List = z
  .object({
    items: z.array(Item),
    next: z.string().nullable().openapi({ description: 'Send it as `cursor` for the page after; null on the last' }),
    assignments: z
      .array(z.object({ id: z.int(), name: z.string(), role: z.enum(roles) }))
      .openapi({ description: 'In the officer’s agency, those whose holder the officer may name a substitute for' }),
  })
  .openapi('DelegationList')

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/delegations',
  tags: ['delegations'],
  summary:
    'Who stands in for whom: the officer absent, the officer standing in, and all of an agency they head; newest first',
  security: [{ bearer: [] }],
  middleware: officersOnly,
  request: {
    query: z.strictObject({
      open: z
        .enum(['true', 'false'])
        .optional()
        .openapi({ description: 'true: upcoming or in force; false: over. Left out: all' }),
      cursor: rowId.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: { 200: answers(List, 'A page of the list'), ...refuses(401, 403, 422) },
})

const makeRoute = createRoute({
  method: 'post',
  path: '/api/v1/delegations',
  tags: ['delegations'],
  summary: 'Name a substitute for an absent officer',
  description:
    'Of one’s own assignment (the present one when `assignment` is left out), or of a colleague’s as head of the agency. `from` before now counts as now.',
  security: [{ bearer: [] }],
  middleware: officersOnly,
  request: {
    headers: onceHeaders,
    body: { required: true, content: { 'application/json': { schema: DelegateRole.openapi('DelegateRole') } } },
  },
  responses: { 201: answers(Item, 'The substitute is named'), ...refuses(400, 401, 403, 404, 409, 422) },
})

const revokeRoute = createRoute({
  method: 'post',
  path: '/api/v1/delegations/{id}/revoke',
  tags: ['delegations'],
  summary: 'Take a delegation back: the substitute is signed out',
  security: [{ bearer: [] }],
  middleware: officersOnly,
  request: {
    headers: onceHeaders,
    params: z.object({ id: rowId }),
    body: { required: true, content: { 'application/json': { schema: RevokeDelegation.openapi('RevokeDelegation') } } },
  },
  responses: { 200: answers(Item, 'Taken back'), ...refuses(400, 401, 403, 404, 409, 422) },
})

export function delegationsApi(app: App): void {
  app.openapi(listRoute, async c => {
    const { open, cursor, limit } = c.req.valid('query')
    const ctx = c.get('ctx')
    const officer = officerOf(c)
    const at = ctx.clock.now()
    const { agencyId } = officer
    const isHead = officer.role === 'admin' || isHeadOf(officer, agencyId)
    const whose = { agencyId, accountId: isHead ? undefined : officer.accountId, at }
    const [found, own] = await Promise.all([
      listDelegations(ctx, officer, { ...(open ? { open: open === 'true' } : {}), before: cursor, limit }),
      officer.onBehalfOf ? [] : listDelegable(ctx.db, whose),
    ])
    const assignments = own.map(({ id, name, role }) => ({ id, name, role }))
    const next = found.next === undefined ? null : String(found.next)
    return c.json({ items: found.rows.map(d => itemOf(d, at)), next, assignments }, 200)
  })
  app.openapi(makeRoute, async c => {
    const ctx = c.get('ctx')
    const { id } = await delegateRole(ctx, c.req.valid('json'), commandIdOf(c))
    return c.json(itemOf(await getDelegation(ctx, id), ctx.clock.now()), 201)
  })
  app.openapi(revokeRoute, async c => {
    const ctx = c.get('ctx')
    const { id } = c.req.valid('param')
    await revokeDelegation(ctx, { ...c.req.valid('json'), id }, commandIdOf(c))
    return c.json(itemOf(await getDelegation(ctx, id), ctx.clock.now()), 200)
  })
}

function itemOf(d: Delegation, at: Date): z.infer<typeof Item> {
  const { revokedAt, revokedBy, reason } = d
  return {
    id: d.id,
    absent: personOf(d.absent),
    substitute: personOf(d.substitute),
    assignment: d.assignmentId,
    role: d.role,
    agency: { code: d.agencyCode, name: d.agency },
    ground: d.ground,
    from: d.from.toISOString(),
    until: d.until.toISOString(),
    state: delegationState(d, at),
    madeBy: d.madeBy,
    madeAt: d.madeAt.toISOString(),
    revoked: revokedAt && { at: revokedAt.toISOString(), by: revokedBy, reason: reason ?? '' },
  }
}

function personOf({ username, name }: Named) {
  return { username, name }
}
