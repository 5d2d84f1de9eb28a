import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { localDate } from '#src/calendar/local-date.ts'
import { listSchemes } from '#src/periods/period-scheme.query.ts'
import { named } from '#src/platform/field-problems.ts'
import { type FormValues, line, parseForm, rowId, typedIn } from '#src/platform/form.ts'
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
import { existingIn, isWhole, listReaderAgencies } from '#src/reports/asked.query.ts'
import type { ReportKind } from '#src/reports/report.ts'
import { createSchedule, NewSchedule } from './create-schedule.ts'
import { NewSchedulePage } from './new-schedule.pages.tsx'
import { listIssues, listSchedules } from './schedule.query.ts'
import { SCHEDULES_PATH } from './schedule.ts'
import { SchedulesPage } from './schedules.pages.tsx'
import { stopSchedule } from './stop-schedule.ts'

const ISSUES = 100

/** "Lịch gửi báo cáo": procedure control says which reports are sent to whom, and sees what was. */
export function schedulesDesk(kinds: readonly ReportKind[]): (app: App) => void {
  return app => {
    app.get(SCHEDULES_PATH, c => showSchedules(c, kinds))
    app.get(`${SCHEDULES_PATH}/moi`, c => showNew(c, kinds))
    app.post(SCHEDULES_PATH, c => postNew(c, kinds))
    app.post(`${SCHEDULES_PATH}/:id/dung`, postStop)
  }
}

/** As the page's controls send it; a grouping with the report it stands under: `ii06a:agency`. */
const ScheduleForm = NewSchedule.extend({
  daysAfter: named(z.coerce.number().int().min(0).max(60), 'số ngày sau khi chốt', 'the days after the cut-off'),
  by: named(
    line(90).transform(text => text.slice(text.indexOf(':') + 1)),
    'cách chia',
    'the grouping',
  ).optional(),
  people: named(line(600), 'người nhận', 'the people').optional(),
})

async function showSchedules(c: RequestContext, kinds: readonly ReportKind[]): Promise<Response> {
  needRole(officerOf(c), 'control')
  const ctx = c.get('ctx')
  const [schedules, schemes, issues] = await Promise.all([
    listSchedules(ctx),
    listSchemes(ctx),
    listIssues(ctx, ISSUES),
  ])
  return page(c, <SchedulesPage {...{ c, kinds, schemes, schedules, issues }} done={c.req.query('done') === 'yes'} />)
}

type Given = { values?: FormValues; errors?: FieldError[]; status?: ReturnType<typeof refusalStatus> }

async function showNew(c: RequestContext, kinds: readonly ReportKind[], given: Given = {}): Promise<Response> {
  const officer = officerOf(c)
  needRole(officer, 'control')
  const ctx = c.get('ctx')
  const today = localDate(ctx.clock.now())
  const [schemes, all] = await Promise.all([listSchemes(ctx), listReaderAgencies(ctx, officer)])
  const agencies = existingIn(all, { from: today, to: today }).filter(one => !isWhole(one))
  const { values = { kind: 'month', daysAfter: '0', from: today }, errors = [], status } = given
  const shown = { kinds, schemes, agencies, today, values, errors, commandId: randomUUID() }
  return page(c, <NewSchedulePage c={c} {...shown} />, status)
}

async function postNew(c: RequestContext, kinds: readonly ReportKind[]): Promise<Response> {
  needRole(officerOf(c), 'control')
  const form = await readForm(c)
  const t = c.get('t')
  const parsed = parseForm(ScheduleForm, form, t)
  if (!parsed.ok) return showNew(c, kinds, { ...parsed, status: 422 })
  const people = (parsed.value.people ?? '').split(/[\s,;]+/u).filter(Boolean)
  try {
    await createSchedule(c.get('ctx'), { kinds, input: { ...parsed.value, people } }, commandIdOf(c, form))
    return seeOther(c, `${SCHEDULES_PATH}?done=yes`)
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind === 'forbidden') throw error
    return showNew(c, kinds, { values: typedIn(form), errors: formErrors(error, t), status: refusalStatus(error) })
  }
}

async function postStop(c: RequestContext): Promise<Response> {
  needRole(officerOf(c), 'control')
  const id = rowId.safeParse(c.req.param('id')).data
  if (id === undefined) throw new Refusal('not-found', 'schedule-unknown')
  await stopSchedule(c.get('ctx'), id)
  return seeOther(c, `${SCHEDULES_PATH}?done=yes`)
}
