import type { Term } from '#src/calendar/deadline.ts'
import { termText } from '#src/calendar/term-text.ts'
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
import { hoursOf, solvedBy } from './dossier-rows.ts'
import { listReportAgencyIds } from './names.query.ts'

const parts = [0.5, 0.75, 0.9, 0.95, 1] as const

/** `times`: working minutes below which each of `parts` lies; null where none was recorded. `key`: null in the row of all. */
type TimesRow = {
  key: string | null
  label: string | null
  n: number
  unrecorded: number
  mean: number | null
  times: number[] | null
  term: Term | null
}

/** What a row is, by grouping: its key, its name, and the tables they come from. */
const groupings = {
  procedure: {
    head: ['Thủ tục hành chính', 'Procedure'],
    key: 'd.procedure_code',
    name: `(SELECT x.name FROM procedure_version x WHERE x.procedure_code = t.key AND x.valid_from <= $day ORDER BY x.valid_from DESC LIMIT 1)`,
  },
  field: {
    head: ['Lĩnh vực', 'Field'],
    key: 'v.field_id::text',
    name: '(SELECT f.name FROM field f WHERE f.id = t.key::int)',
  },
  agency: {
    head: ['Cơ quan', 'Agency'],
    key: 'd.competent_agency_id::text',
    name: '(SELECT a.name FROM agency a WHERE a.id = t.key::int)',
  },
} as const satisfies Record<string, { head: Words; key: string; name: string }>
type Grouping = keyof typeof groupings

/** The term published for the counter, or else for any channel, on the last day of the period. */
const TERM = `(SELECT c.one -> 'term' FROM procedure_version x, jsonb_array_elements(x.content::jsonb -> 'channels') AS c (one)
  WHERE x.procedure_code = t.key AND x.valid_from <= $day
  ORDER BY x.valid_from DESC, c.one ->> 'channel' <> 'counter' LIMIT 1)`

export function timesSql(asked: Asked, agencies: readonly number[], by: Grouping): Statement {
  const values: unknown[] = []
  const $ = placeholders(values)
  const where = solvedBy(agencies, asked, $)
  const day = by === 'procedure' ? $(asked.to, 'date') : ''
  const { key, name } = groupings[by]
  const text = `
SELECT t.*, ${name} AS label, ${by === 'procedure' ? TERM : 'NULL'} AS term FROM (
  SELECT ${key} AS key, count(d.worked_minutes) AS n, count(*) - count(d.worked_minutes) AS unrecorded,
    avg(d.worked_minutes)::float AS mean,
    percentile_disc(ARRAY[${parts.join(', ')}]::float[]) WITHIN GROUP (ORDER BY d.worked_minutes) AS times
  FROM dossier d JOIN procedure_version v ON v.id = d.procedure_version_id
  WHERE ${where.join(' AND ')} GROUP BY GROUPING SETS ((1), ())) t
ORDER BY label, key LIMIT 20000`
  return { text: text.replaceAll('$day', day), values }
}

const hours: Words = ['Giờ làm việc từ tiếp nhận đến có kết quả', 'Working hours from reception to result']
const share = (percent: number): Words => [`${percent} % hồ sơ xong trong`, `${percent} % done within`]
const timeHeads: readonly Words[] = [share(50), share(75), share(90), share(95), ['Lâu nhất', 'Longest']]

const columns: readonly ReportColumn[] = [
  { key: 'n', head: ['Hồ sơ có kết quả', 'Results'], kind: 'count', width: 11 },
  { key: 'mean', head: ['Trung bình', 'Mean'], groups: [hours], kind: 'number', width: 11 },
  ...timeHeads.map((head, i): ReportColumn => ({ key: `t${i}`, head, groups: [hours], kind: 'number', width: 11 })),
  { key: 'unrecorded', head: ['Không ghi thời gian', 'Time not recorded'], kind: 'count', width: 11 },
]
const termColumn: ReportColumn = {
  key: 'term',
  head: ['Thời hạn công bố', 'Published term'],
  kind: 'text',
  width: 18,
}

const notes: readonly Words[] = [
  [
    'Thời gian tính theo lịch làm việc của cơ quan (8 giờ là một ngày làm việc), trừ thời gian chờ bổ sung và chờ nghĩa vụ tài chính.',
    'By the agency’s working calendar (8 hours are a working day), without the time in which supplements or payments were awaited.',
  ],
  [
    'Hồ sơ có kết quả từ trước khi hệ thống ghi thời gian giải quyết, và hồ sơ nhập từ hệ thống khác, nằm ở cột cuối và không tính vào thời gian.',
    'Results from before times were recorded, or imported from elsewhere without one, are in the last column and in none of the times.',
  ],
]

/** How long results took, by procedure, field or agency, beside what was promised. */
export const processingTimes: TableKind = {
  key: 'thoi-gian-giai-quyet',
  title: ['Thời gian giải quyết thực tế', 'Processing times'],
  about: [
    'Một nửa, ba phần tư, chín phần mười số hồ sơ xong trong bao lâu, bên cạnh thời hạn công bố.',
    'Within how long half, three quarters and nine tenths of results came, beside the published term.',
  ],
  group: 'progress',
  roles: reportReaders,
  groupings: (Object.keys(groupings) as Grouping[]).map(value => ({ value, head: groupings[value].head })),
  filters: ['field', 'procedure', 'channel'],
  shape: 'table',
  read: async (ctx: Ctx, asked) => {
    const by = (asked.by ?? 'procedure') as Grouping
    const agencies = await listReportAgencyIds(ctx, asked)
    const { text, values } = timesSql(asked, agencies, by)
    const found = await run<TimesRow>(ctx.db, text, values)
    const all = found.find(({ key }) => key === null)
    return {
      label: groupings[by].head,
      columns: by === 'procedure' ? [...columns, termColumn] : columns,
      rows: found.filter(({ key }) => key !== null).map(row => rowOf(row, by)),
      total: all ? rowOf({ ...all, key: 'total', label: '' }, by) : null,
      notes,
    }
  },
}

function rowOf({ key, label, n, unrecorded, mean, times, term }: TimesRow, by: Grouping): ReportRow {
  const cells = parts.map((_, i) => [`t${i}`, hoursOf(times?.[i] ?? null)])
  const called = by === 'procedure' && key !== 'total' ? `${key} ${label ?? ''}` : (label ?? '')
  const told = term ? termText(term, vi => vi) : null
  return {
    key: key ?? '',
    label: called,
    ...(term && { english: { term: termText(term, (_, en) => en) } }),
    cells: { n, unrecorded, mean: hoursOf(mean), ...Object.fromEntries(cells), term: told },
  }
}
