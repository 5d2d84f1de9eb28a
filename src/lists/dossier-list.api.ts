import { createRoute, z } from '@hono/zod-openapi'
import { dossierRef, states } from '#src/dossiers/dossier.ts'
import { Intake } from '#src/dossiers/intake.ts'
import { roles } from '#src/platform/ctx.ts'
import { line } from '#src/platform/form.ts'
import { type App, officerOf, officersOnly } from '#src/platform/http.ts'
import { answers, refuses } from '#src/platform/problem.ts'
import { channels } from '#src/procedures/procedure.ts'
import { listRegister, listSupported } from './dossier-list.query.ts'
import { filterOf, judgements, type ListedDossier, RegisterDate } from './dossier-list.ts'
import { listWork, workViews } from './work-list.query.ts'

const instant = z.iso.datetime().nullable()

const Item = z
  .object({
    ref: z.string().openapi({ description: 'The code, or D<number> while the dossier has none' }),
    code: z.string().nullable(),
    state: z.enum(states),
    procedure: z.object({ code: z.string(), name: z.string() }),
    applicant: z.object({ name: z.string() }),
    channel: z.enum(channels),
    receivedAt: instant,
    dueAt: instant.openapi({ description: 'As promised last; it stands still while paused' }),
    originalDueAt: instant,
    paused: z.boolean(),
    provisional: z.boolean().openapi({ description: 'The deadline reaches into a year without an official calendar' }),
    holder: z
      .object({
        agency: z.string().openapi({ description: 'Code' }),
        role: z.enum(roles).nullable().openapi({ description: 'Null while a dossier at another agency is waited for' }),
      })
      .nullable()
      .openapi({ description: 'Whose turn it is; null once the dossier has ended' }),
    step: z
      .object({ name: z.string(), dueAt: instant })
      .nullable()
      .openapi({ description: 'Where it is in its process; null before reception and once the result is there' }),
    cause: z.string().nullable().openapi({ description: 'Agency that caused the delay, once it is past its due time' }),
    parent: z.string().nullable().openapi({ description: 'Code of the dossier it was opened for at this agency' }),
    judgement: z.enum(judgements).nullable(),
    version: z.int(),
  })
  .openapi('ListedDossier')

const List = z
  .object({
    items: z.array(Item),
    next: z.string().nullable().openapi({ description: 'Send it as `cursor` for the page after; null on the last' }),
  })
  .openapi('DossierList')

const listRoute = createRoute({
  method: 'get',
  path: '/api/v1/dossiers',
  tags: ['dossiers'],
  summary: 'Dossiers the officer may see, newest first; with `work=mine` those that wait for them, most urgent first',
  security: [{ bearer: [] }],
  middleware: officersOnly,
  request: {
    query: z.strictObject({
      state: z.enum(states).optional(),
      q: line(200).optional().openapi({ description: 'Words in code, name, ID number or phone; no diacritics needed' }),
      procedure: Intake.shape.procedure.optional(),
      channel: z.enum(channels).optional(),
      judgement: z.enum(judgements).optional(),
      from: RegisterDate.optional().openapi({ description: 'First local day of reception' }),
      to: RegisterDate.optional().openapi({ description: 'Last local day of reception' }),
      work: z.literal('mine').optional(),
      view: z.enum(workViews).optional().openapi({ description: 'Part of the work list; only with `work`' }),
      held: line(100).optional().openapi({ description: 'Where it is now: an agency’s code, or words of its name' }),
      step: line(100).optional().openapi({ description: 'Words in the name of the step it is at' }),
      cause: line(100)
        .optional()
        .openapi({ description: 'Late by the doing of this agency: its code, or words of its name' }),
      stepLate: z.literal('yes').optional().openapi({ description: 'The step’s own time is over' }),
      part: z.literal('yes').optional().openapi({ description: 'Opened for a dossier of another agency' }),
      supported: z
        .literal('yes')
        .optional()
        .openapi({ description: 'Helped to be handed in by the officer’s agency, wherever they are: status only' }),
      cursor: z.string().min(1).max(100).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: { 200: answers(List, 'A page of the list'), ...refuses(401, 403, 422) },
})

export function dossierListApi(app: App): void {
  app.openapi(listRoute, async c => {
    const { work, view, supported, cursor, limit, ...query } = c.req.valid('query')
    const ctx = c.get('ctx')
    const officer = officerOf(c)
    const filter = filterOf(query, ctx.clock.now())
    const page = { cursor, limit }
    const read = supported ? listSupported : listRegister
    const list = work ? await listWork(ctx, officer, { view, filter, page }) : await read(ctx, officer, filter, page)
    return c.json({ items: list.rows.map(itemOf), next: list.next }, 200)
  })
}

function itemOf(d: ListedDossier): z.infer<typeof Item> {
  return {
    ref: dossierRef(d),
    code: d.code,
    state: d.state,
    procedure: d.procedure,
    applicant: { name: d.applicant.name },
    channel: d.channel,
    receivedAt: d.receivedAt?.toISOString() ?? null,
    dueAt: d.dueAt?.toISOString() ?? null,
    originalDueAt: d.originalDueAt?.toISOString() ?? null,
    paused: d.pausedAt !== null,
    provisional: d.dueProvisional,
    holder: d.holder && { agency: d.holder.agency, role: d.holder.role },
    step: d.stepName === null ? null : { name: d.stepName, dueAt: d.stepDueAt?.toISOString() ?? null },
    cause: d.cause,
    parent: d.parent,
    judgement: d.judgement,
    version: d.version,
  }
}
