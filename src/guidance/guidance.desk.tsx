import { listServicePoints } from '#src/agencies/agency.query.ts'
import { addDays, type LocalDate, localDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import { listUsualProcedures } from '#src/intake/usual-procedures.query.ts'
import { RegisterDate } from '#src/lists/dossier-list.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { type FormValues, parseForm, rowId, typedIn } from '#src/platform/form.ts'
import {
  type App,
  commandIdOf,
  needRole,
  officerOf,
  page,
  type RequestContext,
  readForm,
  seeOther,
} from '#src/platform/http.ts'
import { formErrors, refusalStatus } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { listFields } from '#src/procedures/catalogue.query.ts'
import { GUIDANCE_PATH, GuidancePage } from './guidance.pages.tsx'
import { guidanceReaders, guideRoles, mayStrike, RecordGuidance, StrikeGuidance, seesAllGuidance } from './guidance.ts'
import { countGuidance } from './guidance-counts.query.ts'
import { findLastChoice, getGuidance, listGuidance } from './guidance-list.query.ts'
import { recordGuidance } from './record-guidance.ts'
import { strikeGuidance } from './strike-guidance.ts'

const PAGE = 50

/** "Hướng dẫn": noting who was guided how while the queue waits, and the log of a day. */
export function guidanceDesk(app: App): void {
  app.get(GUIDANCE_PATH, c => show(c))
  app.post(GUIDANCE_PATH, postGuidance)
  app.post(`${GUIDANCE_PATH}/:id/gach-bo`, postStrike)
}

type Given = {
  errors?: FieldError[]
  values?: FormValues
  /** The entry whose striking out came back with errors. */
  striking?: number
  status?: ReturnType<typeof refusalStatus>
}

async function show(c: RequestContext, given: Given = {}): Promise<Response> {
  const officer = officerOf(c)
  needRole(officer, ...guidanceReaders)
  const ctx = c.get('ctx')
  const today = localDate(ctx.clock.now())
  const day = RegisterDate.safeParse(c.req.query('ngay')).data ?? today
  const begins = startOfLocalDay(day)
  const until = startOfLocalDay(addDays(day, 1))
  const agencyId = seesAllGuidance(officer) ? null : officer.agencyId
  const agencies = agencyId === null ? null : [agencyId]
  const after = c.req.query('sau')
  const [list, counts, form] = await Promise.all([
    listGuidance(ctx, { begins, until, agencyId, after, limit: PAGE }),
    countGuidance(ctx, { begins, until, agencies, by: null }),
    guideRoles.includes(officer.role) ? formFor(c, officer, today) : undefined,
  ])
  const { errors = [], values, striking, status } = given
  const shown = { officer, day, today, list, count: counts[0], form, errors, values, striking }
  return page(c, <GuidancePage c={c} shown={shown} isLater={after !== undefined} />, status)
}

/** What the form offers, and what the officer chose last today. */
async function formFor(c: RequestContext, officer: Officer, today: LocalDate) {
  const ctx = c.get('ctx')
  const { agencyId, accountId } = officer
  const [points, fields, usual, last] = await Promise.all([
    listServicePoints(ctx, agencyId),
    listFields(ctx),
    listUsualProcedures(ctx, agencyId),
    findLastChoice(ctx, { agencyId, accountId, since: startOfLocalDay(today) }),
  ])
  return { points, fields, usual, last }
}

async function postGuidance(c: RequestContext): Promise<Response> {
  needRole(officerOf(c), ...guideRoles)
  const form = await readForm(c)
  const parsed = parseForm(RecordGuidance, form, c.get('t'))
  if (!parsed.ok) return show(c, { ...parsed, status: 422 })
  try {
    await recordGuidance(c.get('ctx'), parsed.value, commandIdOf(c, form))
    // Back at the first question: the keyboard goes on from there.
    return seeOther(c, `${GUIDANCE_PATH}?da-ghi=1#f-topic`)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return show(c, { errors: formErrors(error, c.get('t')), values: typedIn(form), status: refusalStatus(error) })
  }
}

async function postStrike(c: RequestContext): Promise<Response> {
  const officer = officerOf(c)
  needRole(officer, ...guideRoles, 'leader')
  const ctx = c.get('ctx')
  const id = rowId.safeParse(c.req.param('id')).data
  if (id === undefined) throw new Refusal('not-found', 'guidance-not-found')
  const found = await getGuidance(ctx, id)
  if (!found.struck && !mayStrike(officer, found)) throw new Refusal('forbidden', 'role-not-allowed')
  const form = await readForm(c)
  const parsed = parseForm(StrikeGuidance, form, c.get('t'))
  if (!parsed.ok) return show(c, { ...parsed, striking: id, status: 422 })
  await strikeGuidance(ctx, { ...parsed.value, id }, commandIdOf(c, form))
  return seeOther(c, `${GUIDANCE_PATH}?ngay=${localDate(found.at)}`)
}
