import { createRoute, z } from '@hono/zod-openapi'
import { allowedCommands } from '#src/casework/commands.ts'
import { channelLabel, dossierRef, nationalStatus, stateLabel, states } from '#src/dossiers/dossier.ts'
import { type EventType, eventLabels } from '#src/dossiers/dossier-event.ts'
import { type ReadDossier, readDossier } from '#src/dossiers/dossier-page.query.ts'
import { Applicant, ComponentLine, DeliveryChoice, Representative } from '#src/dossiers/intake.ts'
import { dossierForm } from '#src/forms/dossier-form.query.ts'
import { formsOf } from '#src/forms/dossier-forms.ts'
import { type App, officersOnly, type RequestContext } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { Standing, standingOf } from '#src/progress/standing-record.ts'

const Instant = z.iso.datetime()
const Named = z.object({ code: z.string(), name: z.string() })
const AgencyName = z.object({ id: z.int(), name: z.string() })

const DossierRecord = z
  .object({
    ...Standing.shape,
    ref: z.string().openapi({ description: 'The code, or D<number> while the dossier has none' }),
    code: z.string().nullable(),
    version: z.int(),
    state: z.enum(states),
    stateText: z.string(),
    nationalStatus: z.int().nullable().openapi({ description: 'TrangThaiHoSo 1–10 of the national portal' }),
    finance: z.string(),
    delivery: z.string(),
    procedure: Named.extend({ version: z.int(), case: z.string().nullable() }),
    lawPack: z.string(),
    channel: z.string(),
    channelText: z.string(),
    receivingAgency: AgencyName,
    competentAgency: AgencyName,
    specialist: z.string().nullable(),
    applicant: Applicant,
    representative: Representative.nullable(),
    summary: z.string(),
    sets: z.int(),
    components: z.array(ComponentLine),
    papers: z.array(
      z.object({
        id: z.string(),
        component: z.string().nullable(),
        name: z.string(),
        mediaType: z.string(),
        size: z.int(),
      }),
    ),
    fees: z.array(z.object({ name: z.string(), kind: z.string(), amount: z.int(), quantity: z.int() })),
    deliveryChoice: DeliveryChoice,
    form: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    trackingSecret: z.string(),
    submittedAt: Instant.nullable(),
    receivedAt: Instant.nullable(),
    originalDueAt: Instant.nullable(),
    dueAt: Instant.nullable(),
    provisional: z.boolean(),
    gaps: z.array(z.int()),
    pausedAt: Instant.nullable(),
    pauses: z.array(z.object({ from: Instant, to: Instant.nullable(), cause: z.string(), ground: z.string() })),
    adjustments: z.array(
      z.object({
        kind: z.string(),
        at: Instant,
        from: Instant.nullable(),
        to: Instant.nullable(),
        reason: z.string(),
        legalGround: z.string().nullable(),
      }),
    ),
    supplements: z.array(z.record(z.string(), z.unknown())),
    result: z
      .object({ kind: z.string(), title: z.string(), number: z.string().nullable(), signer: z.string().nullable() })
      .nullable(),
    readyAt: Instant.nullable(),
    judgement: z.enum(['early', 'on-time', 'late', 'no-term']).nullable(),
    closedAt: Instant.nullable(),
    handOver: z.record(z.string(), z.unknown()).nullable(),
    forms: z.array(z.string()).openapi({ description: 'Numbers of the statutory forms that can be printed now' }),
    allowed: z.array(z.string()).openapi({ description: 'Commands the asker may carry out now' }),
  })
  .openapi('Dossier')

const LedgerEvent = z
  .object({
    seq: z.int(),
    at: Instant,
    type: z.string(),
    text: z.string(),
    actor: z.string(),
    actorName: z.string().nullable(),
    role: z.string().nullable(),
    agency: z.string().nullable(),
    onBehalfOf: z
      .object({ name: z.string(), ground: z.string().nullable() })
      .nullable()
      .openapi({ description: 'In whose place the actor stood, and by which decision' }),
    form: z.string().nullable(),
    payload: z.record(z.string(), z.unknown()),
  })
  .openapi('LedgerEvent')

const params = z.object({ ref: z.string().max(60) })
const common = { method: 'get' as const, tags: ['dossiers'], security: [{ bearer: [] }], middleware: officersOnly }

const recordRoute = createRoute({
  ...common,
  path: '/api/v1/dossiers/{ref}',
  summary: 'A dossier; the reading is logged',
  request: { params },
  responses: { 200: answers(DossierRecord, 'The dossier'), ...refuses(401, 403, 404) },
})

const eventsRoute = createRoute({
  ...common,
  path: '/api/v1/dossiers/{ref}/events',
  summary: 'Its ledger, oldest first',
  request: { params },
  responses: {
    200: answers(z.object({ items: z.array(LedgerEvent), chainIntact: z.boolean() }), 'The events'),
    ...refuses(401, 403, 404),
  },
})

const formRoute = createRoute({
  ...common,
  path: '/api/v1/dossiers/{ref}/forms/{file}',
  summary: 'A statutory form of the set in force when it was received, as PDF',
  request: {
    params: params.extend({
      file: z
        .string()
        .regex(/^0[1-7]\.pdf$/u)
        .openapi({ example: '01.pdf' }),
    }),
  },
  responses: {
    200: {
      description: 'The form',
      content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...refuses(401, 403, 404, 422),
  },
})

export function dossierRecordApi(app: App): void {
  app.openapi(recordRoute, async c => {
    const { ref } = c.req.valid('param')
    return c.json(recordOf(c, await readDossier(c.get('ctx'), ref, 'api')), 200)
  })
  app.openapi(eventsRoute, async c => {
    const { events, chainIntact } = await readDossier(c.get('ctx'), c.req.valid('param').ref, 'api:events')
    const t = c.get('t')
    const items = events.map(({ at, type, agencyId: _, actorTitle: _title, code: _code, ...event }) => ({
      ...event,
      type,
      at: at.toISOString(),
      text: t(...eventLabels[type as EventType]),
    }))
    return c.json({ items, chainIntact }, 200)
  })
  app.openapi(formRoute, async c => {
    const { ref, file } = c.req.valid('param')
    const { publicUrl } = c.get('services').config
    const { filename, pdf } = await dossierForm(c.get('ctx'), ref, file.slice(0, 2), { publicUrl })
    return c.body(pdf as Uint8Array<ArrayBuffer>, 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="${filename}"`,
    })
  })
}

/** As JSON would have it: instants as ISO 8601 text. */
function recordOf(c: RequestContext, read: ReadDossier): z.infer<typeof DossierRecord> {
  const { dossier: d, procedure, receiving, competent } = read
  const t = c.get('t')
  c.set('dossier', dossierRef(d))
  const { id: _, createdAt: _c, procedureCode: _p, procedureVersionId: _v, caseCode, specialistId: _s, ...rest } = d
  const record = {
    ...rest,
    ...standingOf(read, c.get('ctx').clock.now()),
    ref: dossierRef(d),
    stateText: stateLabel(d.state, t),
    nationalStatus: nationalStatus(d.state),
    procedure: { code: procedure.code, name: procedure.name, version: procedure.version, case: caseCode },
    channelText: channelLabel(d.channel, t),
    receivingAgency: { id: receiving.id, name: receiving.name },
    competentAgency: { id: competent.id, name: competent.name },
    specialist: read.specialist,
    papers: read.papers,
    provisional: d.dueProvisional,
    gaps: d.dueGaps,
    forms: formsOf(read.formSet, read.events).map(form => form.number),
    allowed: allowedCommands(d, c.get('ctx').actor).map(command => command.type),
  }
  return DossierRecord.parse(JSON.parse(JSON.stringify(record)))
}
