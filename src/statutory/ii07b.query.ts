import { localDate } from '#src/calendar/local-date.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import {
  type Asked,
  type ReportColumn,
  type ReportRow,
  type ReportTable,
  reportReaders,
  type TableKind,
  type Words,
} from '#src/reports/report.ts'

/**
 * Procedures published on a day by who resolves them: those of the communes are the same for each of them, and counted once. Received
 * through a one-stop desk is what can be handed in at a desk or by post; an internal process is one in force for the procedure.
 */
const CATALOGUE = `
SELECT a.code, a.name, p.level, count(*)::int AS procedures,
  count(*) FILTER (WHERE v.content -> 'channels' @> '[{"channel": "counter"}]' OR v.content -> 'channels' @> '[{"channel": "post"}]')::int
    AS "oneStop",
  sum(flow.n)::int AS processes
FROM procedure p
JOIN procedure_version v ON v.procedure_code = p.code AND v.valid_from <= $1::date AND (v.valid_to IS NULL OR v.valid_to > $1::date)
LEFT JOIN agency a ON a.id = p.resolver_id
CROSS JOIN LATERAL (
  SELECT count(*) AS n FROM process c WHERE c.procedure_code = p.code AND EXISTS (
    SELECT FROM process_version w WHERE w.process_key = c.key AND w.status = 'approved'
      AND w.valid_from <= $1::date AND (w.valid_to IS NULL OR w.valid_to > $1::date))
) flow
WHERE $2::int[] IS NULL OR p.resolver_id = ANY ($2::int[])
  OR p.resolver_id IS NULL AND EXISTS (SELECT FROM agency c WHERE c.id = ANY ($2::int[]) AND c.kind = 'commune')
GROUP BY a.code, a.name, p.level ORDER BY a.code NULLS LAST`

type Line = {
  code: string | null
  name: string | null
  level: 'province' | 'commune'
  procedures: number
  oneStop: number
  processes: number
}

const heads: readonly Words[] = [
  ['Tổng số thủ tục hành chính thuộc thẩm quyền giải quyết', 'Procedures within its competence'],
  ['Thủ tục tiếp nhận theo cơ chế một cửa, một cửa liên thông', 'Of these received through one-stop desks'],
  ['Quy trình nội bộ giải quyết thủ tục đã ban hành', 'Internal processes issued'],
]
const levels: readonly (readonly [usual: Words, desk: Words])[] = [
  [
    ['Tổng số', 'Total'],
    ['Tổng số', 'Total'],
  ],
  [
    ['Cấp tỉnh', 'Province'],
    ['Tại bộ phận một cửa cấp tỉnh', 'At desks of the province'],
  ],
  [
    ['Cấp huyện', 'District'],
    ['Tại bộ phận một cửa cấp huyện', 'At desks of districts'],
  ],
  [
    ['Cấp xã', 'Commune'],
    ['Tại bộ phận một cửa cấp xã', 'At desks of communes'],
  ],
]

const columns: readonly ReportColumn[] = heads.flatMap((head, group) =>
  levels.map(([usual, desk], level) => {
    const number = 3 + group * 4 + level
    return {
      key: `c${number}`,
      head: group === 1 ? desk : usual,
      groups: [head],
      number: `(${number})`,
      kind: 'count' as const,
      width: 12,
    }
  }),
)

/** Form II.07b: procedures received through one-stop desks, and the internal processes issued for them. */
export const ii07b: TableKind = {
  shape: 'table',
  key: 'ii07b',
  title: [
    'Tình hình thực hiện cơ chế một cửa, một cửa liên thông trong giải quyết thủ tục hành chính',
    'The one-stop mechanism in handling administrative procedures',
  ],
  about: [
    'Biểu II.07b: số thủ tục, số thủ tục tiếp nhận qua một cửa và số quy trình nội bộ, vào ngày cuối kỳ.',
    'Form II.07b: procedures, those received through one-stop desks and internal processes, on the last day of the period.',
  ],
  group: 'statutory',
  form: 'Biểu II.07b/VPCP/KSTT',
  roles: reportReaders,
  columns,
  read: readCatalogue,
}

async function readCatalogue(ctx: Ctx, asked: Asked): Promise<ReportTable> {
  const day = localDate(new Date(asked.until.getTime() - 1))
  const lines = await run<Line>(ctx.db, CATALOGUE, [day, asked.agencies])
  const units = Map.groupBy(lines, ({ code }) => code)
  return {
    label: ['Đơn vị', 'Unit'],
    labelNumber: '(2)',
    unit: ['Thủ tục, quy trình', 'Procedures, processes'],
    columns,
    rows: [...units].map(([code, ofUnit]) => rowOf(code ?? 'cap-xa', ofUnit[0]?.name ?? 'UBND cấp xã', ofUnit)),
    total: rowOf('total', 'Tổng cộng', lines),
    notes: [
      [
        'Thủ tục cấp xã giống nhau ở mọi xã, phường nên chỉ tính một lần. Cột cấp huyện để trống từ ngày 01/07/2025.',
        'Procedures of communes are the same everywhere and counted once. District columns are empty since 01/07/2025.',
      ],
    ],
  }
}

function rowOf(key: string, label: string, lines: readonly Line[]): ReportRow {
  const sum = (count: 'procedures' | 'oneStop' | 'processes', level?: Line['level']) =>
    lines.filter(line => !level || line.level === level).reduce((all, line) => all + line[count], 0)
  const group = (count: Parameters<typeof sum>[0], first: number) => ({
    [`c${first}`]: sum(count),
    [`c${first + 1}`]: sum(count, 'province'),
    [`c${first + 2}`]: null,
    [`c${first + 3}`]: sum(count, 'commune'),
  })
  return { key, label, cells: { ...group('procedures', 3), ...group('oneStop', 7), ...group('processes', 11) } }
}
