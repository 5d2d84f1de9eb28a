import { z } from 'zod'
import { mayAdminister } from '#src/accounts/may-administer.ts'
import { SetAgencyCalendar, setAgencyCalendar } from '#src/agencies/set-agency-calendar.ts'
import { fieldProblems, named } from '#src/platform/field-problems.ts'
import { type FormValues, line, paragraph, parseForm, rowId } from '#src/platform/form.ts'
import { type App, needRole, officerOf, page, type RequestContext, readForm, seeOther } from '#src/platform/http.ts'
import { formErrors, refusalStatus } from '#src/platform/problem.ts'
import { type FieldError, Refusal } from '#src/platform/refusal.ts'
import { isoLocal, type T } from '#src/platform/text.ts'
import { CALENDAR_PATH, CalendarPage, type CalendarPageProps, calendarHref } from './calendar.pages.tsx'
import { findCalendar } from './calendar.query.ts'
import { NewCalendarPage, NoticePage } from './calendar-forms.pages.tsx'
import { listAgencyCalendars, listCalendars, listNoticeTargets } from './calendar-list.query.ts'
import { CreateCalendar, createCalendar } from './create-calendar.ts'
import { CalendarNotice, enterNotice, mayEnterNotice } from './enter-notice.ts'
import { parseNoticeLines } from './notice-lines.ts'
import { parseHours, weekdays } from './weekly-hours.ts'
import type { WorkingCalendar } from './working-time.ts'

const NOTICE_PATH = `${CALENDAR_PATH}/:id/thong-bao/:year`
const { year: Year } = CalendarNotice.shape
const View = z.object({
  calendar: rowId.default(1),
  year: Year.optional(),
  done: z.enum(['notice', 'calendar', 'agency']).optional().catch(undefined),
})

/** When the offices work: the year at a glance, the notices, and calendars of agencies with other hours. */
export function calendarDesk(app: App): void {
  app.get(CALENDAR_PATH, showCalendar)
  app.get(NOTICE_PATH, c => showNotice(c))
  app.post(NOTICE_PATH, postNotice)
  app.get(`${CALENDAR_PATH}/moi`, c => showNew(c))
  app.post(`${CALENDAR_PATH}/moi`, postNew)
  app.post(`${CALENDAR_PATH}/:id/co-quan`, postAgency)
}

async function showCalendar(c: RequestContext): Promise<Response> {
  needRole(officerOf(c), 'admin', 'control', 'director')
  const { year, calendar: id, done } = viewOf(c)
  return answerCalendar(c, { calendar: await calendarOf(c, id), year, done })
}

type Shown = Pick<CalendarPageProps, 'calendar' | 'year' | 'done' | 'errors' | 'values'>

async function answerCalendar(c: RequestContext, shown: Shown, status?: Returned['status']): Promise<Response> {
  const ctx = c.get('ctx')
  const [calendars, agencies] = await Promise.all([
    listCalendars(ctx, shown.year),
    listAgencyCalendars(ctx, isoLocal(ctx.clock.now()).slice(0, 10)),
  ])
  return page(c, <CalendarPage c={c} {...shown} calendars={calendars} agencies={agencies} />, status)
}

/** What the address asks for; the present year when it names none, and nothing (404) when it makes no sense. */
function viewOf(c: RequestContext) {
  const view = View.safeParse(c.req.query())
  if (!view.success) throw new Refusal('not-found', 'page-not-found')
  const today = isoLocal(c.get('ctx').clock.now())
  return { ...view.data, year: view.data.year ?? Number(today.slice(0, 4)) }
}

async function calendarOf(c: RequestContext, id: unknown): Promise<WorkingCalendar> {
  const known = rowId.safeParse(id).data
  const calendar = known === undefined ? undefined : await findCalendar(c.get('ctx'), known)
  if (!calendar) throw new Refusal('not-found', 'calendar-not-found')
  return calendar
}

async function noticed(c: RequestContext): Promise<{ calendar: WorkingCalendar; year: number }> {
  if (!mayEnterNotice(officerOf(c))) throw new Refusal('forbidden', 'role-not-allowed')
  const year = Year.safeParse(c.req.param('year')).data
  if (year === undefined) throw new Refusal('not-found', 'page-not-found')
  return { calendar: await calendarOf(c, c.req.param('id')), year }
}

type Returned = { errors: FieldError[]; values: FormValues; status: 403 | 404 | 409 | 422 }

async function showNotice(c: RequestContext, returned?: Returned): Promise<Response> {
  const { calendar, year } = await noticed(c)
  const targets = await listNoticeTargets(c.get('ctx'), year)
  const form = <NoticePage c={c} calendar={calendar} year={year} targets={targets} {...returned} />
  return page(c, form, returned?.status)
}

const NoticeForm = z.strictObject({
  notice: named(line(300), 'số, ký hiệu thông báo', 'the number of the notice'),
  off: named(paragraph(8000), 'các ngày nghỉ', 'the days off'),
  work: named(paragraph(4000), 'các ngày làm bù', 'the days worked').optional(),
  also: z.array(rowId).max(200).default([]),
})

async function postNotice(c: RequestContext): Promise<Response> {
  const { calendar, year } = await noticed(c)
  const t = c.get('t')
  const form = await readForm(c)
  const parsed = parseForm(NoticeForm, form, t)
  const [off, work] = [readLines(form, 'off', year, t), readLines(form, 'work', year, t)]
  const errors = [...(parsed.ok ? [] : parsed.errors), ...off.errors, ...work.errors]
  if (!parsed.ok || errors.length > 0) return showNotice(c, { errors, values: typedValues(form), status: 422 })
  const { notice, also } = parsed.value
  const asked = { calendar: calendar.id, year, notice, also, off: off.days, work: work.days }
  const checked = CalendarNotice.safeParse(asked)
  if (!checked.success) {
    const problems = fieldProblems(checked.error.issues, CalendarNotice, asked, t)
    const atField = problems.map(({ field, message }) => ({ field: field.split('.')[0] ?? '', message }))
    return showNotice(c, { errors: atField, values: typedValues(form), status: 422 })
  }
  try {
    await enterNotice(c.get('ctx'), checked.data)
  } catch (error) {
    return showNotice(c, refused(c, error, typedValues(form)))
  }
  return seeOther(c, `${calendarHref(calendar.id, year)}&done=notice`)
}

/** The days out of their lines; every line that cannot be read is named. */
function readLines(form: FormData, field: 'off' | 'work', year: number, t: T) {
  const { days, faults } = parseNoticeLines(String(form.get(field) ?? ''), year)
  const errors: FieldError[] = faults.map(({ line: n, text, why }) => ({
    field,
    message:
      why === 'form'
        ? t(
            `Dòng ${n} “${text}”: hãy ghi ngày/tháng, dấu hai chấm rồi lý do, ví dụ 01/01: Tết Dương lịch.`,
            `Line ${n} “${text}”: write day/month, a colon and the reason, for example 01/01: New Year.`,
          )
        : t(
            `Dòng ${n} “${text}”: không phải ngày hợp lệ của năm ${year}.`,
            `Line ${n} “${text}”: not a date of ${year}.`,
          ),
  }))
  return { days, errors }
}

function typedValues(form: FormData): FormValues {
  return Object.fromEntries([...new Set(form.keys())].map(name => [name, form.getAll(name).map(String)]))
}

/** What a refusal of the use case becomes on the form that was sent; a fault goes on. */
function refused(c: RequestContext, error: unknown, values: FormValues): Returned {
  if (!(error instanceof Refusal)) throw error
  return { errors: formErrors(error, c.get('t')), values, status: refusalStatus(error) as Returned['status'] }
}

function needAdmin(c: RequestContext): void {
  if (!mayAdminister(officerOf(c))) throw new Refusal('forbidden', 'calendar-admin-only')
}

async function showNew(c: RequestContext, returned?: Returned): Promise<Response> {
  needAdmin(c)
  const source = await calendarOf(c, c.req.query('source') ?? 1)
  const calendars = await listCalendars(c.get('ctx'), viewOf(c).year)
  return page(c, <NewCalendarPage c={c} source={source} calendars={calendars} {...returned} />, returned?.status)
}

const hours = z.string().max(100).optional()
const NewCalendarForm = z.strictObject({
  source: CreateCalendar.shape.source,
  name: CreateCalendar.shape.name,
  hours: z.strictObject(Object.fromEntries(weekdays.map(day => [`d${day}`, hours]))).default({}),
})

async function postNew(c: RequestContext): Promise<Response> {
  needAdmin(c)
  const t = c.get('t')
  const form = await readForm(c)
  const parsed = parseForm(NewCalendarForm, form, t)
  if (!parsed.ok) return showNew(c, { ...parsed, status: 422 })
  const { source, name, hours: written } = parsed.value
  const weekly = Object.fromEntries(weekdays.map(day => [day, parseHours(written[`d${day}`] ?? '')]))
  const wrong = weekdays.filter(day => weekly[day] === undefined)
  const message = t(
    'Giờ làm việc phải có dạng 07:30-11:30, 13:00-17:00, theo thứ tự và không chồng lên nhau.',
    'Hours must look like 07:30-11:30, 13:00-17:00, in order and apart.',
  )
  const errors = wrong.map(day => ({ field: `hours.d${day}`, message }))
  if (errors.length > 0) return showNew(c, { errors, values: typedValues(form), status: 422 })
  try {
    const { id } = await createCalendar(c.get('ctx'), { source, name, weekly: weekly as CreateCalendar['weekly'] })
    return seeOther(c, `${calendarHref(id, viewOf(c).year)}&done=calendar`)
  } catch (error) {
    const returned = refused(c, error, typedValues(form))
    const errors = returned.errors.map(({ field, message }) => ({
      field: field.replace('weekly.', 'hours.d'),
      message,
    }))
    return showNew(c, { ...returned, errors })
  }
}

async function postAgency(c: RequestContext): Promise<Response> {
  needAdmin(c)
  const calendar = await calendarOf(c, c.req.param('id'))
  const { year } = viewOf(c)
  const form = await readForm(c)
  const parsed = parseForm(SetAgencyCalendar.omit({ calendar: true }), form, c.get('t'))
  if (!parsed.ok) return answerCalendar(c, { calendar, year, ...parsed }, 422)
  try {
    await setAgencyCalendar(c.get('ctx'), { ...parsed.value, calendar: calendar.id })
  } catch (error) {
    const { errors, values, status } = refused(c, error, typedValues(form))
    return answerCalendar(c, { calendar, year, errors, values }, status)
  }
  return seeOther(c, `${calendarHref(calendar.id, year)}&done=agency`)
}
