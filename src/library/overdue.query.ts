import { workingMinutesBetween } from '#src/calendar/working-time.ts'
import { type State, stateLabel } from '#src/dossiers/dossier.ts'
import { sightOf, sightSql, sightValues } from '#src/dossiers/sight.ts'
import { sumFacts } from '#src/facts/fact-sums.query.ts'
import { type Placeholder, placeholders, type Statement } from '#src/lists/dossier-list.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import type { Asked, ListKind, ReportPage, ReportRow } from '#src/reports/report.ts'
import { listCurrentCalendars } from '#src/watch/delay.query.ts'
import { sumsAsked } from './counts.query.ts'
import { COUNTED, dossierList, hoursOf, lastOf, narrowedTo } from './dossier-rows.ts'
import { type ListPlace, placeText, readPlace } from './list-place.ts'
import { listReportAgencyIds } from './names.query.ts'
import { overdueColumns } from './overdue-list.ts'

type OverdueRow = {
  id: number
  part: number
  agencyId: number
  /** When it ended, in microseconds since 1970, by which its part is in order; null where it has not. */
  key: number | null
  ref: string
  isSeen: boolean
  agency: string
  field: string
  procedure: string
  state: State
  applicant: string
  calendarId: number
  receivedAt: Date
  dueAt: Date
  endedAt: Date | null
  causeAgency: string | null
  causeOfficer: string | null
  apologisedAt: Date | null
}

const ENDED = 'coalesce(d.ready_at, d.closed_at)'

/** Overdue at an instant: as the row has it when nothing has happened since, else by what was promised at the last event before. */
const overdueAt = (
  until: string,
  now: string,
) => `CASE WHEN ${until} > ${now} THEN d.due_at < ${lastOf(until)} AND d.paused_at IS NULL ELSE (
    SELECT e.due_at < ${lastOf(until)} AND e.state NOT IN ('supplement-requested', 'financial-obligation')
    FROM dossier_event e WHERE e.dossier_id = d.id AND e.at < ${until} ORDER BY e.seq DESC LIMIT 1) END`

type Instants = { until: string; now(): string; begins(): string }

/** What the list is made of, in this order: overdue and still without an end, overdue then and ended since, and late within the period. */
const parts = [
  ({ until, now }: Instants) =>
    `d.received_at IS NOT NULL AND d.received_at < ${until} AND ${ENDED} IS NULL AND ${overdueAt(until, now())}`,
  ({ until, now }: Instants) =>
    `d.received_at IS NOT NULL AND d.received_at < ${until} AND ${ENDED} >= ${until} AND ${overdueAt(until, now())}`,
  ({ until, begins }: Instants) => `d.judgement = 'late' AND d.ready_at >= ${begins()} AND d.ready_at < ${until}`,
] as const
/** Each part in the order of its index. */
const orders = [
  `d.competent_agency_id, ${ENDED}, d.id`,
  `d.competent_agency_id, ${ENDED}, d.id`,
  'd.competent_agency_id, d.ready_at, d.id',
]

type PageAsked = { agencies: readonly number[]; now: Date; place: ListPlace; limit: number }

/** A page of one part, for reading and measuring it; the rows as `OverdueRow` but for their `part`. */
export function overdueSql(ctx: Ctx, asked: Asked, { agencies, now, place, limit }: PageAsked): Statement {
  const values: unknown[] = []
  const $ = placeholders(values)
  const until = $(asked.until, 'timestamptz')
  const instants = { until, now: () => $(now, 'timestamptz'), begins: () => $(asked.begins, 'timestamptz') }
  const part = parts[place.part]
  if (!part) throw new RangeError(`there is no part ${place.part}`)
  const where = [
    `d.competent_agency_id = ANY (${$(agencies, 'int[]')})`,
    part(instants),
    COUNTED,
    ...narrowedTo(asked, $),
    ...(place.after ? [afterSql(place, $)] : []),
  ]
  const order = orders[place.part]
  const found = `SELECT d.* FROM dossier d WHERE ${where.join(' AND ')} ORDER BY ${order} LIMIT ${$(limit, 'int')}`
  const sight = sightSql(values.length + 1)
  values.push(...sightValues(sightOf(ctx.actor)))
  return { text: rowsSql({ found, until, sight, order: order ?? '' }), values }
}

/** After the place, in the order of the part; what has not ended stands by its number alone. */
function afterSql({ part, after }: ListPlace, $: Placeholder): string {
  if (!after) return 'true'
  const [agency, id] = [$(after.agencyId, 'int'), $(after.id, 'bigint')]
  if (after.key === null) return `(d.competent_agency_id, d.id) > (${agency}, ${id})`
  const instant = `('epoch'::timestamptz + ${$(after.key, 'bigint')} * interval '1 microsecond')`
  return `(d.competent_agency_id, ${part === 2 ? 'd.ready_at' : ENDED}, d.id) > (${agency}, ${instant}, ${id})`
}

/** How a dossier stood then is what its last event before says; who caused its delay what was settled by then, or the last warning said. */
const rowsSql = ({ found, until, sight, order }: { found: string; until: string; sight: string; order: string }) => `
SELECT d.id, d.competent_agency_id AS "agencyId", (extract(epoch FROM ${ENDED}) * 1000000)::bigint AS key,
  coalesce(d.code, 'D' || d.id) AS ref, ${sight} AS "isSeen", a.short_name AS agency, f.name AS field, v.name AS procedure,
  e.state, CASE WHEN ${sight} THEN d.applicant_name ELSE '' END AS applicant, d.calendar_id AS "calendarId",
  d.received_at AS "receivedAt", e.due_at AS "dueAt", CASE WHEN ${ENDED} < ${until} THEN ${ENDED} END AS "endedAt",
  g.short_name AS "causeAgency", o.name AS "causeOfficer",
  (SELECT max((x ->> 'at')::timestamptz) FROM jsonb_array_elements(d.detail -> 'adjustments') x
   WHERE x ->> 'kind' = 'extension' AND (x ->> 'at')::timestamptz < ${until}) AS "apologisedAt"
FROM (${found}) d
JOIN agency a ON a.id = d.competent_agency_id
JOIN procedure_version v ON v.id = d.procedure_version_id JOIN field f ON f.id = v.field_id
CROSS JOIN LATERAL (
  SELECT e.state, e.due_at FROM dossier_event e WHERE e.dossier_id = d.id AND e.at < ${until} ORDER BY e.seq DESC LIMIT 1) e
LEFT JOIN LATERAL (
  SELECT d.cause_agency_id AS agency_id, d.cause_account_id AS account_id WHERE d.ready_at < ${until}
  UNION ALL (
    SELECT w.cause_agency_id, w.cause_account_id FROM dossier_alert w
    WHERE (d.ready_at < ${until}) IS NOT TRUE AND w.dossier_id = d.id AND w.subject = 'dossier' AND w.late AND w.due_at = e.due_at
      AND w.cause_agency_id IS NOT NULL AND w.at < ${until} ORDER BY w.id DESC LIMIT 1)) c ON true
LEFT JOIN agency g ON g.id = c.agency_id LEFT JOIN account o ON o.id = c.account_id
ORDER BY ${order}`

async function readPage(
  ctx: Ctx,
  asked: Asked,
  { after, limit }: { after: string | null; limit: number },
): Promise<ReportPage> {
  const [calendars, agencies] = await Promise.all([listCurrentCalendars(ctx), listReportAgencyIds(ctx, asked)])
  const now = ctx.clock.now()
  const found: OverdueRow[] = []
  let place = readPlace(after)
  for (; place.part < parts.length && found.length <= limit; place = { part: place.part + 1, after: null }) {
    const { text, values } = overdueSql(ctx, asked, { agencies, now, place, limit: limit + 1 - found.length })
    const { part } = place
    found.push(...(await run<OverdueRow>(ctx.db, text, values)).map(row => ({ ...row, part })))
  }
  const rows = found.slice(0, limit).map(row => {
    const calendar = calendars.get(row.calendarId)
    const late = calendar ? workingMinutesBetween(row.dueAt, row.endedAt ?? asked.until, calendar) : null
    return rowOf(row, late)
  })
  const last = found[limit - 1]
  return { rows, next: found.length > limit && last ? placeText({ part: last.part, after: last }) : null }
}

function rowOf(row: OverdueRow, late: number | null): ReportRow {
  const { ref, isSeen, agency, field, procedure, applicant, causeAgency, causeOfficer } = row
  const cells = {
    ...{ agency, field, procedure, applicant, cause_agency: causeAgency, cause_officer: causeOfficer },
    state: stateLabel(row.state, vi => vi),
    received: row.receivedAt,
    due: row.dueAt,
    ended: row.endedAt,
    late: hoursOf(late),
    apology: row.apologisedAt,
  }
  const english = { state: stateLabel(row.state, (_, en) => en) }
  return { key: ref, label: ref, cells, english, ...(isSeen && { hrefs: { label: `/ho-so/${ref}` } }) }
}

/** What is overdue at the end of the period, and what was solved late within it, with who caused it. */
export const overdue: ListKind = {
  ...dossierList,
  key: 'qua-han',
  title: ['Hồ sơ quá hạn và nơi gây quá hạn', 'Late dossiers and who caused it'],
  about: [
    'Từng hồ sơ đang quá hạn hoặc đã giải quyết quá hạn trong kỳ: chậm bao lâu, do cơ quan và ai, đã xin lỗi chưa.',
    'Each dossier overdue, or solved late in the period: by how long, because of which agency and whom, and whether it was apologised for.',
  ],
  columns: overdueColumns,
  page: readPage,
  count: async (ctx, asked) => {
    const sums = await sumFacts(ctx, { ...(await sumsAsked(ctx, asked, [])), keys: ['overdue', 'late'] })
    return sums.reduce((sum, { tally }) => sum + tally.overdue + tally.late, 0)
  },
}
