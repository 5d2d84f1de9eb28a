import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Colleague, listColleagues } from '#src/desk/colleague.query.ts'
import { withStanding } from '#src/lists/dossier-table.tsx'
import { named, says } from '#src/platform/field-problems.ts'
import { type FormValues, line, paragraph, parseForm, typedIn } from '#src/platform/form.ts'
import { type App, commandIdOf, needRole, officerOf, page, type RequestContext, readForm } from '#src/platform/http.ts'
import { formErrors, refusalStatus } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { assignMany, MOST, type Outcome, type To } from './assign-many.ts'
import { DistributionPage } from './distribution.pages.tsx'
import { giveViews, listWorkToGive } from './work-to-give.query.ts'

const DISTRIBUTION_PATH = '/phan-cong'
const PAGE = 50

/** "Phân công": a leader gives work out, many dossiers at once. */
export function distributionDesk(app: App): void {
  app.get(DISTRIBUTION_PATH, c => show(c))
  app.post(DISTRIBUTION_PATH, give)
}

const Query = z.object({
  view: z.enum(giveViews).default('open'),
  person: line(60).optional(),
  cursor: z.string().max(100).optional(),
})

/** `to`: a username, or a way of sharing. `pick`: dossiers as the leader saw them, `<ref>@<version>`. */
const Giving = z.object({
  pick: named(z.array(z.string().regex(/^[^@\s]{1,60}@\d{1,9}$/u)).max(MOST), 'hồ sơ', 'the dossiers')
    .prefault([])
    .refine(picks => picks.length > 0, says('Hãy chọn ít nhất một hồ sơ.', 'Choose at least one dossier.')),
  to: named(line(80), 'người thụ lý hoặc cách chia', 'a person or a way of sharing'),
  note: named(paragraph(2000), 'ý kiến chỉ đạo', 'the instruction').optional(),
})

type Shown = {
  errors?: FieldError[]
  values?: FormValues
  outcomes?: Outcome[]
  status?: ReturnType<typeof refusalStatus>
}

async function show(c: RequestContext, shown: Shown = {}): Promise<Response> {
  const leader = officerOf(c)
  needRole(leader, 'leader')
  const parsed = parseForm(Query, new URL(c.req.url).searchParams, c.get('t'))
  if (!parsed.ok) throw new Refusal('invalid', 'fields-invalid', { errors: parsed.errors })
  const { view, person, cursor } = parsed.value
  const ctx = c.get('ctx')
  const people = await listColleagues(ctx, leader.agencyId, 'specialist')
  const one = personCalled(people, person)
  const work = await listWorkToGive(ctx, leader, {
    view: one ? 'given' : view,
    person: one?.accountId,
    page: { cursor, limit: PAGE },
  })
  const rows = await withStanding(ctx, work.rows, c.get('t'))
  const { status, errors = [], values = {}, outcomes } = shown
  const props = { c, work, rows, people, person: one, view, isFirst: !cursor, errors, values, outcomes }
  return page(c, <DistributionPage {...props} commandId={randomUUID()} />, status)
}

function personCalled(people: readonly Colleague[], username: string | undefined): Colleague | undefined {
  if (username === undefined) return undefined
  const found = people.find(one => one.username === username)
  if (!found) throw new Refusal('not-found', 'page-not-found')
  return found
}

/** What became of each dossier is told at once, above what is left: sent again by a reload, nothing is given twice. */
async function give(c: RequestContext): Promise<Response> {
  needRole(officerOf(c), 'leader')
  const form = await readForm(c)
  const parsed = parseForm(Giving, form, c.get('t'))
  if (!parsed.ok) return show(c, { errors: parsed.errors, values: parsed.values, status: 422 })
  const { pick, to, note } = parsed.value
  try {
    const order = { dossiers: pick.map(readPick), to: readTo(to), note }
    return show(c, { outcomes: await assignMany(c.get('ctx'), order, commandIdOf(c, form)) })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const errors = formErrors(error, c.get('t')).map(one => (one.field === 'assignee' ? { ...one, field: 'to' } : one))
    return show(c, { errors, values: typedIn(form), status: refusalStatus(error) })
  }
}

function readPick(picked: string): { ref: string; version: number } {
  const [ref = '', version = ''] = picked.split('@')
  return { ref, version: Number(version) }
}

function readTo(to: string): To {
  if (to === 'share:round-robin') return { share: 'round-robin' }
  if (to === 'share:least-loaded') return { share: 'least-loaded' }
  return { assignee: to }
}
