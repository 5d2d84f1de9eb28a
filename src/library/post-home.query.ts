import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { type Asked, type ReportColumn, type ReportTable, reportReaders, type TableKind } from '#src/reports/report.ts'
import { scopeSql, scopeValues } from './scope.query.ts'

const keys = ['received', 'post', 'home', 'phone', 'returned', 'byPost', 'electronic', 'overCounter'] as const
type Key = (typeof keys)[number]
type Row = { key: string; label: string; isTotal: boolean } & Record<Key, number>

/** Both at the desk that received the dossier: what came in how, and results of the period by how they reached the applicant. */
export const postHomeSql = (key: string, label: string) => `
WITH entry AS (
  SELECT d.receiving_agency_id AS agency_id, d.service_point_id, v.field_id, d.channel AS came, NULL AS went
  FROM dossier d JOIN procedure_version v ON v.id = d.procedure_version_id
  WHERE d.received_at IS NOT NULL AND d.parent_id IS NULL AND coalesce(d.received_at, d.created_at) >= $1::timestamptz
    AND coalesce(d.received_at, d.created_at) < $2::timestamptz AND ${scopeSql('d.receiving_agency_id')}
  UNION ALL
  SELECT d.receiving_agency_id, d.service_point_id, v.field_id, NULL, e.payload ->> 'method'
  FROM dossier_event e JOIN dossier d ON d.id = e.dossier_id JOIN procedure_version v ON v.id = d.procedure_version_id
  WHERE e.type = 'handed-over' AND e.at >= $1::timestamptz AND e.at < $2::timestamptz AND d.parent_id IS NULL
    AND ${scopeSql('d.receiving_agency_id')}
)
SELECT ${key} AS key, min(${label}) AS label, GROUPING(${key}) = 1 AS "isTotal", count(n.came)::int AS received,
  count(*) FILTER (WHERE n.came = 'post')::int AS post, count(*) FILTER (WHERE n.came = 'home')::int AS home,
  count(*) FILTER (WHERE n.came = 'phone')::int AS phone, count(n.went)::int AS returned,
  count(*) FILTER (WHERE n.went = 'post')::int AS "byPost", count(*) FILTER (WHERE n.went = 'electronic')::int AS electronic,
  count(*) FILTER (WHERE n.went = 'counter')::int AS "overCounter"
FROM entry n JOIN agency a ON a.id = n.agency_id JOIN field f ON f.id = n.field_id
LEFT JOIN service_point s ON s.id = n.service_point_id
GROUP BY GROUPING SETS ((${key}), ()) ORDER BY key`

const NO_POINT = 'Không qua điểm tiếp nhận'
const groups: Readonly<Record<string, [key: string, label: string]>> = {
  agency: ['a.code', 'a.name'],
  servicePoint: [
    `a.code || '/' || coalesce(s.id::text, '0')`,
    `coalesce(s.name, '${NO_POINT}')
      || CASE WHEN vn_fold(s.name) LIKE '%' || vn_fold(a.short_name) || '%' THEN '' ELSE ', ' || a.short_name END`,
  ],
  field: ['f.code', 'f.name'],
}

const came = ['Hồ sơ tiếp nhận', 'Dossiers received'] as const
const went = ['Kết quả đã trả', 'Results returned'] as const
const count = (key: Key, head: readonly [string, string], group: readonly [string, string]): ReportColumn => ({
  ...{ key, head, groups: [group], kind: 'count', width: 13 },
})
const columns: readonly ReportColumn[] = [
  count('received', ['Tổng số', 'Total'], came),
  count('post', ['Qua bưu chính', 'By post'], came),
  count('home', ['Tại nhà', 'At home'], came),
  count('phone', ['Qua điện thoại', 'By telephone'], came),
  count('returned', ['Tổng số', 'Total'], went),
  count('byPost', ['Qua bưu chính', 'By post'], went),
  count('electronic', ['Bản điện tử', 'Electronically'], went),
  count('overCounter', ['Tại quầy', 'At the counter'], went),
]

/** How much came by post and from home, and how much was sent back. */
export const postHome: TableKind = {
  shape: 'table',
  key: 'buu-chinh-tai-nha',
  title: ['Tiếp nhận, trả kết quả qua bưu chính và tại nhà', 'Post and home visits'],
  about: [
    'Hồ sơ nhận qua bưu chính, tại nhà, qua điện thoại và kết quả trả theo từng cách, theo nơi tiếp nhận.',
    'Dossiers received by post, at home and by telephone, and results by how they were returned, by desk.',
  ],
  group: 'service',
  roles: reportReaders,
  groupings: [
    { value: 'agency', head: ['Nơi tiếp nhận', 'Received at'] },
    { value: 'servicePoint', head: ['Điểm tiếp nhận', 'Service point'] },
    { value: 'field', head: ['Lĩnh vực', 'Field'] },
  ],
  filters: ['field', 'procedure'],
  read: readPostHome,
}

async function readPostHome(ctx: Ctx, asked: Asked): Promise<ReportTable> {
  const [key, label] = groups[asked.by ?? 'agency'] ?? ['a.code', 'a.name']
  const found = await run<Row>(ctx.db, postHomeSql(key, label), await scopeValues(ctx, asked))
  const cellsOf = (row: Row | undefined) => Object.fromEntries(keys.map(name => [name, row?.[name] ?? 0]))
  return {
    label: postHome.groupings?.find(({ value }) => value === asked.by)?.head ?? ['', ''],
    unit: ['Số hồ sơ TTHC', 'Dossiers'],
    columns,
    rows: found
      .filter(row => !row.isTotal)
      .map(row => ({
        ...{ key: row.key, label: row.label, cells: cellsOf(row) },
        english: { label: row.label.replace(NO_POINT, 'No service point') },
      })),
    total: { key: 'total', label: '', cells: cellsOf(found.find(row => row.isTotal)) },
    notes: [
      [
        'Tính tại nơi tiếp nhận; các báo cáo tình hình giải quyết tính tại cơ quan có thẩm quyền.',
        'Counted at the desk that received; reports on solving count at the agency that resolves.',
      ],
    ],
  }
}
