import { createRoute, z } from '@hono/zod-openapi'
import { toBpmn } from '#src/drawings/bpmn.ts'
import type { App, RequestContext } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { draftProblems } from './bounds.query.ts'
import { findReadable, readableVersion, readVersion } from './draft.query.ts'
import { listProcesses, PAGE_SIZE, type ProcessRecord, processStatuses, processViews } from './process-list.query.ts'
import { BASE, Definition, Key, tags } from './process-schemas.ts'

const Named = z.object({ code: z.string(), name: z.string() })
const Brief = z.object({ version: z.int(), validFrom: z.iso.date() })

const ProcessItem = z
  .object({
    ...Key.shape,
    name: z.string(),
    procedure: Named.nullable().openapi({
      description: 'null: for every procedure without one of its own, or for others to take in',
    }),
    case: Named.nullable(),
    inForce: Brief.nullable(),
    coming: Brief.nullable(),
    open: z
      .object({ version: z.int(), status: z.enum(['draft', 'submitted']) })
      .nullable()
      .openapi({ description: 'Being drafted or waiting for approval; shown to officers' }),
    running: z.int().openapi({ description: 'Open dossiers that run by it, counted up to 1000' }),
  })
  .openapi('ProcessItem')
const ProcessList = z
  .object({
    items: z.array(ProcessItem),
    next: z.string().nullable().openapi({ description: '`cursor` of the next page; null on the last' }),
  })
  .openapi('ProcessList')

const Version = z.object({
  id: z.int().openapi({ description: 'What dossiers and the simulation name a version by' }),
  version: z.int(),
  status: z.enum(processStatuses),
  revision: z.int().openapi({ description: 'To be sent back with a change of the draft' }),
  validFrom: z.iso.date().nullable(),
  validTo: z.iso
    .date()
    .nullable()
    .openapi({ description: 'First day on which dossiers are no longer received under it' }),
  decision: z.string().nullable(),
  running: z.int(),
})
const ProcessAnswer = z
  .object({
    ...Key.shape,
    name: z.string(),
    procedure: Named.nullable(),
    case: Named.nullable(),
    versions: z.array(Version),
  })
  .openapi('ProcessRecord')
const VersionAnswer = z
  .object({
    ...Key.shape,
    ...Version.shape,
    process: Definition,
    problems: z
      .array(z.object({ step: z.string().nullable(), field: z.string().nullable(), message: z.string() }))
      .openapi({
        description: 'What keeps a draft from being submitted, in the reader’s language; empty for what was approved',
      }),
  })
  .openapi('ProcessVersion')

const listRoute = createRoute({
  method: 'get',
  path: BASE,
  tags,
  summary: 'Internal processes, with what is in force, to come and being drafted',
  request: {
    query: z.strictObject({
      q: z.string().max(100).optional().openapi({ description: 'Words of the name or a procedure’s code' }),
      view: z.enum(processViews).optional(),
      procedure: z.string().max(60).optional(),
      cursor: z.string().max(60).optional().openapi({ description: '`next` of the last page' }),
      limit: z.coerce.number().int().min(1).max(100).default(PAGE_SIZE),
    }),
  },
  responses: { 200: answers(ProcessList, 'One page'), ...refuses(422) },
})
const oneRoute = createRoute({
  method: 'get',
  path: `${BASE}/{key}`,
  tags,
  summary: 'A process with its versions',
  request: { params: Key },
  responses: { 200: answers(ProcessAnswer, 'The process'), ...refuses(404, 422) },
})
const versionParams = Key.extend({ version: z.coerce.number().int().min(1).max(100_000) })
const versionRoute = createRoute({
  method: 'get',
  path: `${BASE}/{key}/versions/{version}`,
  tags,
  summary: 'A version with its steps',
  request: { params: versionParams },
  responses: { 200: answers(VersionAnswer, 'The version'), ...refuses(404, 422) },
})
const bpmnRoute = createRoute({
  method: 'get',
  path: `${BASE}/{key}/versions/{version}/process.bpmn`,
  tags,
  summary: 'A version as BPMN 2.0 with its diagram',
  request: { params: versionParams },
  responses: {
    200: { description: 'The file', content: { 'application/xml': { schema: z.string() } } },
    ...refuses(404, 422),
  },
})

/** Processes in force are public; drafts are for officers. */
export function processApi(app: App): void {
  app.openapi(listRoute, async c => {
    const { cursor: after, limit, ...filter } = c.req.valid('query')
    const publicOnly = c.get('ctx').actor.kind !== 'officer'
    return c.json(await listProcesses(c.get('ctx'), filter, { after, limit, publicOnly }), 200)
  })
  app.openapi(oneRoute, async c => {
    const record = await findReadable(c.get('ctx'), c.req.valid('param').key)
    if (!record) throw new Refusal('not-found', 'process-not-found')
    const { key, name, procedure, case: ofCase, versions } = record
    return c.json(
      { key, name, procedure: codeAndName(procedure), case: ofCase, versions: versions.map(shownVersion) },
      200,
    )
  })
  app.openapi(versionRoute, async c => c.json(await versionAnswer(c, c.req.valid('param')), 200))
  app.openapi(bpmnRoute, async c => {
    const { record, version } = await readableVersion(
      c.get('ctx'),
      c.req.valid('param').key,
      c.req.valid('param').version,
    )
    const { definition } = await readVersion(c.get('ctx'), record, version)
    const xml = await toBpmn(definition, { id: record.key, version: version.version })
    return c.body(xml, 200, {
      'Content-Type': 'application/xml; charset=utf-8',
      'Content-Disposition': `attachment; filename="${record.key}-${version.version}.bpmn"`,
    })
  })
}

const codeAndName = (named: ProcessRecord['procedure']) => named && { code: named.code, name: named.name }

function shownVersion({
  id,
  version,
  status,
  revision,
  validFrom,
  validTo,
  decision,
  running,
}: ProcessRecord['versions'][number]) {
  return { id, version, status, revision, validFrom, validTo, decision, running }
}

async function versionAnswer(c: RequestContext, { key, version: asked }: { key: string; version: number }) {
  const ctx = c.get('ctx')
  const t = c.get('t')
  const { record, version } = await readableVersion(ctx, key, asked)
  const { definition, bounds } = await readVersion(ctx, record, version)
  const problems = version.status === 'approved' ? [] : draftProblems(definition, bounds)
  const told = problems.map(({ step, field, vi, en }) => ({ step, field, message: t(vi, en) }))
  return { key: record.key, ...shownVersion(version), process: definition, problems: told }
}
