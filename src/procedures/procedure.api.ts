import { createRoute, z } from '@hono/zod-openapi'
import type { App } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { FURTHEST, findProcedure, PAGE_SIZE, type PublishedProcedure, searchProcedures } from './catalogue.query.ts'
import { ProcedureCase, ProcedureChannel, ProcedureComponent, ProcedureContent } from './procedure.ts'

const Field = z.object({ code: z.string(), name: z.string() })
const level = z.enum(['province', 'commune']).openapi({ description: 'Level of government that resolves it' })
const serviceLevel = z
  .enum(['full', 'partial', 'info'])
  .openapi({ description: 'How much of it can be done online: all, part, or only reading about it' })

const ProcedureSummary = z
  .object({
    code: z.string().openapi({ example: '1.001193', description: 'National code' }),
    name: z.string(),
    field: Field,
    level,
    serviceLevel,
    authority: z.string().openapi({ description: 'Who decides' }),
  })
  .openapi('ProcedureSummary')

const ProcedureList = z
  .object({
    items: z.array(ProcedureSummary),
    next: z.string().nullable().openapi({ description: '`cursor` of the next page; null on the last' }),
  })
  .openapi('ProcedureList')

const { kind, applicants, steps, results, legalBasis, conditions, feeNote, authority, coordination, keywords } =
  ProcedureContent.shape

const ProcedureRecord = z
  .object({
    ...ProcedureSummary.shape,
    version: z.int(),
    validFrom: z.iso.date(),
    validTo: z.iso.date().nullable().openapi({ description: 'First day on which this text no longer applies' }),
    decision: z.string().nullable().openapi({ description: 'Decision that published it' }),
    resolver: Field.nullable().openapi({ description: 'The one agency that resolves it; null = each commune its own' }),
    components: z.array(ProcedureComponent.openapi('ProcedureComponent')),
    cases: z.array(ProcedureCase.openapi('ProcedureCase')).openapi({
      description: 'Where papers (`componentCodes`), terms or fees differ; without these the general ones apply',
    }),
    channels: z.array(ProcedureChannel.openapi('ProcedureChannel')),
    ...{ kind, applicants, steps, results, legalBasis, conditions, feeNote, authority, coordination, keywords },
    versions: z.array(
      z.object({
        version: z.int(),
        validFrom: z.iso.date(),
        validTo: z.iso.date().nullable(),
        decision: z.string().nullable(),
      }),
    ),
  })
  .openapi('Procedure')

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/procedures',
  tags: ['procedures'],
  summary: 'Search the catalogue, as in force today',
  request: {
    query: z.strictObject({
      q: z.string().max(200).optional().openapi({
        description: 'Code or words; diacritics are not needed and slips of the keyboard forgiven. Best matches first.',
      }),
      field: z.string().max(60).optional().openapi({ description: 'Code of a field' }),
      level: level.optional(),
      serviceLevel: serviceLevel.optional(),
      cursor: z.coerce
        .number()
        .int()
        .min(0)
        .max(FURTHEST)
        .optional()
        .openapi({ description: '`next` of the last page' }),
      limit: z.coerce.number().int().min(1).max(100).default(PAGE_SIZE),
    }),
  },
  responses: { 200: answers(ProcedureList, 'One page'), ...refuses(422) },
})

const oneRoute = createRoute({
  method: 'get',
  path: '/api/v1/procedures/{code}',
  tags: ['procedures'],
  summary: 'A procedure in full, as in force today or in an older version',
  request: {
    params: z.object({ code: z.string().max(60) }),
    query: z.strictObject({ version: z.coerce.number().int().min(1).max(100_000).optional() }),
  },
  responses: { 200: answers(ProcedureRecord, 'The procedure'), ...refuses(404, 422) },
})

/** The catalogue is public. */
export function procedureApi(app: App): void {
  app.openapi(listRoute, async c => {
    const { cursor, limit, serviceLevel: service, ...filter } = c.req.valid('query')
    const { items, next } = await searchProcedures(c.get('ctx'), { ...filter, service }, { after: cursor, limit })
    return c.json({ items, next: next === null ? null : String(next) }, 200)
  })
  app.openapi(oneRoute, async c => {
    const procedure = await findProcedure(c.get('ctx'), c.req.valid('param').code, c.req.valid('query').version)
    if (!procedure) throw new Refusal('not-found', 'procedure-not-found')
    return c.json(recordOf(procedure), 200)
  })
}

function recordOf({ content, versionId: _, ...procedure }: PublishedProcedure): z.infer<typeof ProcedureRecord> {
  const { keywordText: __, ...published } = content
  return { ...procedure, ...published }
}
