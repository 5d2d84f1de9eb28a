import { randomUUID } from 'node:crypto'
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
import { getSettings } from '#src/warnings/warning-rule.query.ts'
import { AnswerReminder, answerReminder } from './answer-reminder.ts'
import { NewReminderPage } from './new-reminder.pages.tsx'
import { findReminder, listRemindable, listReminders } from './reminder.query.ts'
import { type Reminder, remindRoles } from './reminder.ts'
import { ReminderPage, RemindersPage } from './reminders.pages.tsx'
import { SendReminder, sendReminder } from './send-reminder.ts'
import { listStandings } from './standing.query.ts'

const PAGE = 50
const MOST_DOSSIERS = 50

/** "Đôn đốc": slips an agency's head sends to another that is slow, and the answers. */
export function remindersDesk(app: App): void {
  app.get('/don-doc', showReminders)
  app.get('/don-doc/moi', c => showNew(c))
  app.post('/don-doc', postReminder)
  app.get('/don-doc/:id', c => showReminder(c))
  app.post('/don-doc/:id/tra-loi', postAnswer)
}

async function showReminders(c: RequestContext): Promise<Response> {
  const officer = officerOf(c)
  needRole(officer, ...remindRoles)
  const open = c.req.query('xem') !== 'tat-ca'
  const before = rowId.safeParse(c.req.query('before')).data
  const found = await listReminders(c.get('ctx'), officer, { open, before, limit: PAGE + 1 })
  const next = found.length > PAGE ? found[PAGE - 1]?.id : undefined
  return page(c, <RemindersPage c={c} reminders={found.slice(0, PAGE)} open={open} next={next} />)
}

type Given = { refs?: string[]; values?: FormValues; errors?: FieldError[]; status?: ReturnType<typeof refusalStatus> }

async function showNew(c: RequestContext, { refs, values, errors = [], status }: Given = {}): Promise<Response> {
  const officer = officerOf(c)
  needRole(officer, ...remindRoles)
  const ctx = c.get('ctx')
  const asked = refs ?? c.req.queries('ho-so') ?? []
  const wanted = [...new Set(asked.map(ref => ref.trim()).filter(Boolean))].slice(0, MOST_DOSSIERS)
  const [dossiers, settings] = await Promise.all([listRemindable(ctx, officer, wanted), getSettings(ctx)])
  const ids = dossiers.map(({ id }) => id)
  const shown = {
    dossiers,
    standings: await listStandings(ctx, ids, ctx.clock.now()),
    hours: settings['reminder-answer-hours'],
    values: values ?? {},
    errors,
    commandId: randomUUID(),
  }
  return page(c, <NewReminderPage c={c} {...shown} />, status)
}

async function postReminder(c: RequestContext): Promise<Response> {
  needRole(officerOf(c), ...remindRoles)
  const form = await readForm(c)
  const t = c.get('t')
  const refs = form.getAll('dossiers').filter(one => typeof one === 'string')
  const parsed = parseForm(SendReminder, form, t)
  if (!parsed.ok) return showNew(c, { ...parsed, refs, status: 422 })
  try {
    const { id } = await sendReminder(c.get('ctx'), parsed.value, commandIdOf(c, form))
    return seeOther(c, `/don-doc/${id}`)
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind === 'forbidden') throw error
    return showNew(c, { refs, values: typedIn(form), errors: formErrors(error, t), status: refusalStatus(error) })
  }
}

async function opened(c: RequestContext): Promise<Reminder> {
  const officer = officerOf(c)
  needRole(officer, ...remindRoles)
  const id = rowId.safeParse(c.req.param('id')).data
  const found = id === undefined ? undefined : await findReminder(c.get('ctx'), officer, id)
  if (!found) throw new Refusal('not-found', 'reminder-not-found')
  return found
}

async function showReminder(
  c: RequestContext,
  given: Pick<Given, 'errors' | 'values' | 'status'> = {},
): Promise<Response> {
  const { errors = [], values = {}, status } = given
  const reminder = await opened(c)
  const ids = reminder.dossiers.map(({ id }) => id)
  const standings = await listStandings(c.get('ctx'), ids, reminder.at)
  return page(
    c,
    <ReminderPage c={c} reminder={reminder} standings={standings} errors={errors} values={values} />,
    status,
  )
}

async function postAnswer(c: RequestContext): Promise<Response> {
  const { id } = await opened(c)
  const form = await readForm(c)
  const t = c.get('t')
  const parsed = parseForm(AnswerReminder, form, t)
  if (!parsed.ok) return showReminder(c, { errors: parsed.errors, values: parsed.values, status: 422 })
  try {
    await answerReminder(c.get('ctx'), { ...parsed.value, id })
  } catch (error) {
    // Sent twice, or another head of the agency was quicker: the slip shows what was answered.
    if (!(error instanceof Refusal) || error.code !== 'reminder-answered') throw error
  }
  return seeOther(c, `/don-doc/${id}`)
}
