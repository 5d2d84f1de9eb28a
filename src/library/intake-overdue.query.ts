import { dueAt } from '#src/calendar/deadline.ts'
import { type WorkingCalendar, workingMinutesBetween } from '#src/calendar/working-time.ts'
import { sightOf, sightSql, sightValues } from '#src/dossiers/sight.ts'
import { placeholders, type Statement } from '#src/lists/dossier-list.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Asked, ListKind, ReportPage, ReportRow } from '#src/reports/report.ts'
import { listCurrentCalendars, listLawPolicies } from '#src/watch/delay.query.ts'
import { COUNTED, dossierList, hoursOf, narrowedTo } from './dossier-rows.ts'
import { type ListPlace, placeText, readPlace } from './list-place.ts'
import { listReportAgencyIds } from './names.query.ts'
import { waitingColumns } from './overdue-list.ts'

/** A submission that waited longer than working hours can be fewer than hours of the clock. `key`: microseconds of its submission. */
type Submission = {
  id: number
  agencyId: number
  key: number
  ref: string
  isSeen: boolean
  agency: string
  procedure: string
  applicant: string
  calendarId: number
  lawPack: string
  submittedAt: Date
  /** The first answer of the desk by the end of the period: received, refused or a supplement asked for; or the end of it without one. */
  examinedAt: Date | null
}

const EXAMINED = `least(d.received_at, d.closed_at, (d.detail #>> '{supplements,0,at}')::timestamptz)`

type PageAsked = { agencies: readonly number[]; place: ListPlace; limit: number }

/**
 * Online submissions answered in the period, or not by its end, that may have waited too long: the innermost query reads the index alone,
 * and only what was still waiting when the period began goes on.
 */
export function submissionsSql(ctx: Ctx, asked: Asked, { agencies, place, limit }: PageAsked): Statement {
  const values: unknown[] = []
  const $ = placeholders(values)
  const [begins, until] = [$(asked.begins, 'timestamptz'), $(asked.until, 'timestamptz')]
  const after = place.after && [
    $(place.after.agencyId, 'int'),
    `('epoch'::timestamptz + ${$(place.after.key, 'bigint')} * interval '1 microsecond')`,
    $(place.after.id, 'bigint'),
  ]
  const waiting = `
    SELECT d.id FROM dossier d
    WHERE d.receiving_agency_id = ANY (${$(agencies, 'int[]')}) AND d.channel = 'online' AND d.submitted_at IS NOT NULL AND ${COUNTED}
      AND d.submitted_at < ${until} AND (d.received_at IS NULL OR d.received_at >= ${begins}) AND (d.closed_at IS NULL OR d.closed_at >= ${begins})
      ${after ? `AND (d.receiving_agency_id, d.submitted_at, d.id) > (${after.join(', ')})` : ''}`
  const filters = narrowedTo(asked, $).map(filter => ` AND ${filter}`)
  const places = $(limit, 'int')
  const sight = sightSql(values.length + 1)
  values.push(...sightValues(sightOf(ctx.actor)))
  const text = `
SELECT d.id, d.receiving_agency_id AS "agencyId", (extract(epoch FROM d.submitted_at) * 1000000)::bigint AS key,
  coalesce(d.code, 'D' || d.id) AS ref, ${sight} AS "isSeen", a.short_name AS agency, v.name AS procedure,
  CASE WHEN ${sight} THEN d.applicant_name ELSE '' END AS applicant, d.calendar_id AS "calendarId", d.law_pack AS "lawPack",
  d.submitted_at AS "submittedAt", CASE WHEN ${EXAMINED} < ${until} THEN ${EXAMINED} END AS "examinedAt"
FROM (${waiting}) w JOIN dossier d ON d.id = w.id JOIN law_pack l ON l.code = d.law_pack
JOIN agency a ON a.id = d.receiving_agency_id JOIN procedure_version v ON v.id = d.procedure_version_id
WHERE (${EXAMINED} IS NULL OR ${EXAMINED} >= ${begins})${filters.join('')}
  AND least(${EXAMINED}, ${until}) > d.submitted_at + (l.policy ->> 'intakeCheckHours')::int * interval '1 hour'
ORDER BY d.receiving_agency_id, d.submitted_at, d.id LIMIT ${places}`
  return { text, values }
}

type Late = { submission: Submission; due: Date; late: number }

/** Tells whether a candidate was examined after the working hours its law pack gives, or is past them at the end of what was asked. */
async function getJudge(ctx: Ctx, { until }: Asked): Promise<(submission: Submission) => Late[]> {
  const [calendars, policies] = await Promise.all([listCurrentCalendars(ctx), listLawPolicies(ctx)])
  return submission => {
    const calendar = calendars.get(submission.calendarId)
    const hours = policies.get(submission.lawPack)?.intakeCheckHours
    return calendar && hours ? lateOf(submission, hours, calendar, until) : []
  }
}

function lateOf(submission: Submission, hours: number, calendar: WorkingCalendar, until: Date): Late[] {
  const { at: due } = dueAt({ amount: hours, unit: 'working-hours' }, submission.submittedAt, [], calendar)
  const end = submission.examinedAt ?? until
  if (!due || end <= due) return []
  return [{ submission, due, late: workingMinutesBetween(due, end, calendar) }]
}

/** Candidates are read so many at a time, as most turn out to have been in time. */
const BATCH = 1_000

/** The late ones after a place, batch by batch, each with the place where its batch ends. */
async function* lateSubmissions(ctx: Ctx, asked: Asked, from: ListPlace): AsyncGenerator<Late[], void> {
  const agencies = await listReportAgencyIds(ctx, asked)
  const judge = await getJudge(ctx, asked)
  for (let place = from; ; ) {
    const { text, values } = submissionsSql(ctx, asked, { agencies, place, limit: BATCH })
    const found = await run<Submission>(ctx.db, text, values)
    yield found.flatMap(judge)
    const last = found.at(-1)
    if (!last || found.length < BATCH) return
    place = { part: 0, after: last }
  }
}

async function readPage(
  ctx: Ctx,
  asked: Asked,
  { after, limit }: { after: string | null; limit: number },
): Promise<ReportPage> {
  const found: Late[] = []
  for await (const batch of lateSubmissions(ctx, asked, readPlace(after))) {
    found.push(...batch)
    if (found.length > limit) break
  }
  const last = found[limit - 1]
  const next = found.length > limit && last ? placeText({ part: 0, after: last.submission }) : null
  return { rows: found.slice(0, limit).map(rowOf), next }
}

async function countLate(ctx: Ctx, asked: Asked): Promise<number> {
  let count = 0
  for await (const batch of lateSubmissions(ctx, asked, readPlace(null))) count += batch.length
  return count
}

function rowOf({ submission, due, late }: Late): ReportRow {
  const { ref, isSeen, agency, procedure, applicant, submittedAt: submitted, examinedAt: examined } = submission
  const cells = { agency, procedure, applicant, submitted, due, examined, late: hoursOf(late) }
  return { key: ref, label: ref, cells, ...(isSeen && { hrefs: { label: `/ho-so/${ref}` } }) }
}

/** Online submissions that desks answered too late in the period, or had left waiting too long by its end. */
export const intakeOverdue: ListKind = {
  ...dossierList,
  key: 'tiep-nhan-qua-han',
  title: ['Hồ sơ trực tuyến kiểm tra, tiếp nhận chậm', 'Online submissions examined late'],
  about: [
    'Hồ sơ nộp trực tuyến được kiểm tra trong kỳ sau thời hạn, hoặc cuối kỳ còn chờ quá thời hạn, theo giờ làm việc.',
    'Online submissions examined in the period after their time, or still waiting past it at its end, by working hours.',
  ],
  group: 'work',
  filters: ['field', 'procedure'],
  columns: waitingColumns,
  page: readPage,
  count: countLate,
}
