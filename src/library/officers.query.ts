import { placeholders, type Statement } from '#src/lists/dossier-list.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import {
  type Asked,
  type ReportColumn,
  type ReportRow,
  reportReaders,
  type TableKind,
  type Words,
} from '#src/reports/report.ts'
import { shareOf } from './count-columns.ts'
import { hoursOf, lastOf, narrowedTo, solvedWithin } from './dossier-rows.ts'
import { listReportAgencyIds } from './names.query.ts'

/** `account` and `agency`: null in the one row that is of all of them together. Times in working minutes. */
type OfficerRow = {
  account: number | null
  agency: string | null
  agencyCode: string | null
  name: string | null
  received: number
  assigned: number
  early: number
  on_time: number
  no_term: number
  late: number
  open: number
  overdue: number
  mean: number | null
  median: number | null
  caused: number
}

const judged = (judgement: string, as: string) => `count(*) FILTER (WHERE d.judgement = '${judgement}') AS ${as}`

/**
 * Whose a dossier was at an instant: the last specialist of the resolving agency to have had it by then. `now`: nothing has changed since.
 */
const specialistSql = (until: string, now: string) => `CASE WHEN ${until} > ${now} THEN d.specialist_account_id ELSE (
    SELECT (h.one ->> 'accountId')::int FROM jsonb_array_elements(d.detail -> 'holdings') WITH ORDINALITY AS h (one, nth)
    WHERE h.one ->> 'role' = 'specialist' AND (h.one ->> 'agencyId')::int = d.competent_agency_id
      AND (h.one ->> 'from')::timestamptz < ${until} ORDER BY h.nth DESC LIMIT 1) END`

/** What the pieces of the statement have in common: places of its values, and the filters as SQL. */
type Pieces = { ids: string; begins: string; until: string; now: string; filters: readonly string[]; isSolved: string }

const narrowed = ({ filters }: Pieces) => filters.map(filter => ` AND ${filter}`).join('')

/** Events of the period by officers of the agencies asked of; the first condition on the type is that of the index. */
const events = (one: Pieces) => `dossier_event e${one.filters.length ? ' JOIN dossier d ON d.id = e.dossier_id' : ''}
  WHERE e.agency_id = ANY (${one.ids}) AND e.at >= ${one.begins} AND e.at < ${one.until}${narrowed(one)} AND e.type IN ('received', 'assigned')`

const receivedSql = (one: Pieces) => `
  SELECT e.agency_id AS agency, substring(e.actor FROM 9)::int AS account, count(*) AS n FROM ${events(one)}
    AND e.type = 'received' AND e.actor LIKE 'officer:%' GROUP BY 1, 2`

const assignedSql = (one: Pieces) => `
  SELECT e.agency_id AS agency, (e.payload ->> 'specialistId')::int AS account, count(DISTINCT e.dossier_id) AS n FROM ${events(one)}
    AND e.type = 'assigned' AND e.payload ->> 'opinion' IS NULL GROUP BY 1, 2`

const solvedSql = (one: Pieces) => `
  SELECT d.competent_agency_id AS agency, d.specialist_account_id AS account, ${judged('early', 'early')}, ${judged('on-time', 'on_time')},
    ${judged('no-term', 'no_term')}, ${judged('late', 'late')}, avg(d.worked_minutes)::float AS mean,
    percentile_disc(0.5) WITHIN GROUP (ORDER BY d.worked_minutes) AS median
  FROM dossier d WHERE d.competent_agency_id = ANY (${one.ids}) AND ${one.isSolved} AND d.specialist_account_id IS NOT NULL${narrowed(one)}
  GROUP BY GROUPING SETS ((1, 2), ())`

const stockSql = (one: Pieces) => `
  SELECT d.id, d.competent_agency_id AS agency, ${specialistSql(one.until, one.now)} AS account FROM dossier d
  WHERE d.competent_agency_id = ANY (${one.ids}) AND d.received_at IS NOT NULL AND d.received_at < ${one.until}
    AND (coalesce(d.ready_at, d.closed_at) IS NULL OR coalesce(d.ready_at, d.closed_at) >= ${one.until})${narrowed(one)}`

/** Overdue as the ledger has it: what was promised at the last event before that instant, and whether the clock ran. */
const openSql = ({ until }: Pieces) => `
  SELECT s.agency, s.account, count(*) AS n,
    count(*) FILTER (WHERE e.due_at < ${lastOf(until)} AND e.state NOT IN ('supplement-requested', 'financial-obligation')) AS overdue
  FROM stock s CROSS JOIN LATERAL (
    SELECT e.due_at, e.state FROM dossier_event e WHERE e.dossier_id = s.id AND e.at < ${until} ORDER BY e.seq DESC LIMIT 1) e
  WHERE s.account IS NOT NULL GROUP BY 1, 2`

const causedSql = (one: Pieces) => `
  SELECT d.cause_agency_id AS agency, d.cause_account_id AS account, count(*) AS n FROM dossier d
  WHERE d.cause_agency_id = ANY (${one.ids}) AND d.cause_account_id IS NOT NULL
    AND d.ready_at >= ${one.begins} AND d.ready_at < ${one.until}${narrowed(one)} GROUP BY 1, 2`

/** One row an officer and agency, and one of all of them. `now`: whether the instant asked for is past. */
export function officersSql(asked: Asked, agencies: readonly number[], now: Date): Statement {
  const values: unknown[] = []
  const $ = placeholders(values)
  const one: Pieces = {
    ids: $(agencies, 'int[]'),
    begins: $(asked.begins, 'timestamptz'),
    until: $(asked.until, 'timestamptz'),
    now: $(now, 'timestamptz'),
    filters: narrowedTo(asked, $),
    isSolved: solvedWithin(asked, $),
  }
  const { officer } = asked.filters
  const text = `
WITH received AS (${receivedSql(one)}), assigned AS (${assignedSql(one)}), solved AS (${solvedSql(one)}), stock AS (${stockSql(one)}),
open AS (${openSql(one)}), caused AS (${causedSql(one)}), who AS (
  ${['received', 'assigned', 'solved', 'open', 'caused'].map(name => `SELECT agency, account FROM ${name}`).join(' UNION ')})
SELECT w.account, g.code AS "agencyCode", g.short_name AS agency, a.name, coalesce(r.n, 0) AS received, coalesce(t.n, 0) AS assigned,
  ${['early', 'on_time', 'no_term', 'late'].map(key => `coalesce(s.${key}, 0) AS ${key}`).join(', ')}, s.mean, s.median,
  coalesce(o.n, 0) AS open, coalesce(o.overdue, 0) AS overdue, coalesce(c.n, 0) AS caused
FROM who w LEFT JOIN agency g ON g.id = w.agency LEFT JOIN account a ON a.id = w.account
LEFT JOIN received r ON (r.agency, r.account) = (w.agency, w.account)
LEFT JOIN assigned t ON (t.agency, t.account) = (w.agency, w.account)
LEFT JOIN solved s ON (coalesce(s.agency, 0), coalesce(s.account, 0)) = (coalesce(w.agency, 0), coalesce(w.account, 0))
LEFT JOIN open o ON (o.agency, o.account) = (w.agency, w.account)
LEFT JOIN caused c ON (c.agency, c.account) = (w.agency, w.account)
${officer === undefined ? '' : `WHERE w.account = ${$(Number(officer), 'int')}`} ORDER BY g.code, a.name, w.account LIMIT 20000`
  return { text, values }
}

const solved: Words = ['Đã có kết quả', 'Result ready']
const open: Words = ['Đang thụ lý cuối kỳ', 'In hand at the end']
const time: Words = ['Giờ làm việc mỗi hồ sơ', 'Working hours a dossier']
const count = (key: string, head: Words, group?: Words): ReportColumn => ({
  key,
  head,
  kind: 'count',
  width: 11,
  ...(group && { groups: [group] }),
})

const columns: readonly ReportColumn[] = [
  { key: 'agency', head: ['Cơ quan', 'Agency'], kind: 'text', width: 28 },
  count('received', ['Tiếp nhận', 'Received']),
  count('assigned', ['Được phân công', 'Assigned']),
  count('solved', ['Tổng số', 'Total'], solved),
  count('early', ['Trước hạn', 'Early'], solved),
  count('on_time', ['Đúng hạn', 'On time'], solved),
  count('no_term', ['Không có thời hạn', 'No time limit'], solved),
  count('late', ['Quá hạn', 'Late'], solved),
  { key: 'rate', head: ['Tỷ lệ đúng hạn', 'On-time rate'], groups: [solved], kind: 'percent', width: 11 },
  count('open', ['Tổng số', 'Total'], open),
  count('overdue', ['Quá hạn', 'Overdue'], open),
  { key: 'mean', head: ['Trung bình', 'Mean'], groups: [time], kind: 'number', width: 11 },
  { key: 'median', head: ['Trung vị', 'Median'], groups: [time], kind: 'number', width: 11 },
  count('caused', ['Gây quá hạn', 'Caused delays']),
]

const notes: readonly Words[] = [
  [
    'Tiếp nhận tính cho người cấp giấy tiếp nhận; phân công, kết quả và đang thụ lý tính cho chuyên viên của cơ quan giải quyết, kể cả hồ sơ liên thông mở tại cơ quan đó.',
    'Received counts for whoever issued the slip; assigned, results and in hand for the specialist of the resolving agency, dossiers opened there for another one included.',
  ],
  [
    'Thời gian tính từ tiếp nhận đến khi có kết quả, trừ thời gian tạm dừng, theo lịch làm việc của cơ quan; hồ sơ chưa ghi thời gian không tính. Gây quá hạn: hồ sơ có kết quả trong kỳ đã quá hạn do người đó.',
    'Time runs from reception to the result by the agency’s calendar, pauses left out; dossiers without a recorded time are left out. Caused delays: results of the period that were late because of that person.',
  ],
]

/** What each officer received, was given, solved, has in hand and was late with. */
export const byOfficer: TableKind = {
  key: 'theo-can-bo',
  title: ['Khối lượng và tiến độ theo cán bộ', 'Work of officers'],
  about: [
    'Hồ sơ từng cán bộ tiếp nhận, được phân công, giải quyết, đang thụ lý; thời gian giải quyết và hồ sơ gây quá hạn.',
    'What each officer received, was given, solved and has in hand; how long it took and what was late because of them.',
  ],
  group: 'work',
  roles: reportReaders,
  filters: ['field', 'procedure', 'channel', 'officer'],
  shape: 'table',
  read: async (ctx: Ctx, asked) => {
    const agencies = await listReportAgencyIds(ctx, asked)
    const { text, values } = officersSql(asked, agencies, ctx.clock.now())
    const found = await run<OfficerRow>(ctx.db, text, values)
    const each = found.filter(({ account }) => account !== null)
    const all = found.find(({ account }) => account === null)
    return {
      label: ['Cán bộ', 'Officer'],
      unit: ['Số hồ sơ', 'Dossiers'],
      columns,
      rows: each.map(row => rowOf(row, `${row.agencyCode}:${row.account}`, row.name ?? '')),
      total: rowOf(totalOf(each, all ?? (each.length === 1 ? each[0] : undefined)), 'total', ''),
      notes,
    }
  },
}

function rowOf(row: OfficerRow, key: string, label: string): ReportRow {
  const { agency, received, assigned, early, on_time, no_term, late, open, overdue, caused } = row
  const solved = early + on_time + no_term + late
  const counts = { received, assigned, solved, early, on_time, no_term, late, open, overdue, caused }
  const times = { mean: hoursOf(row.mean), median: hoursOf(row.median) }
  return { key, label, cells: { agency, ...counts, rate: shareOf(solved - late, solved), ...times } }
}

const summed = [
  ...(['received', 'assigned', 'early', 'on_time', 'no_term', 'late'] as const),
  ...(['open', 'overdue', 'caused'] as const),
]

/** `times`: the row of all together, as the middle of all is not the sum of each one's. */
function totalOf(each: readonly OfficerRow[], times: OfficerRow | undefined): OfficerRow {
  const sums = Object.fromEntries(summed.map(key => [key, each.reduce((sum, row) => sum + row[key], 0)]))
  const { mean = null, median = null } = times ?? {}
  return { account: null, agency: null, agencyCode: null, name: null, mean, median, ...sums } as OfficerRow
}
