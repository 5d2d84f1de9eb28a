import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { type Asked, type ReportColumn, type ReportTable, reportReaders, type TableKind } from '#src/reports/report.ts'
import { scopeSql, scopeValues } from './scope.query.ts'

const counts = ['dossiers', 'receipts'] as const
const sums = ['phi', 'lePhi', 'exempt', 'owed', 'paid', 'unpaid', 'cash', 'transfer', 'card', 'collected'] as const
type FeeKey = (typeof counts)[number] | (typeof sums)[number]
type FeeRow = { key: string; label: string; isTotal: boolean } & Record<FeeKey, number>

/**
 * Fees asked for, as they stood at the end of the period, of dossiers received in it; receipts of the period with their way of payment.
 * Both at the desk: where the dossier was received, and where the money was. Money is counted whatever became of the dossier, those
 * opened at other agencies included.
 */
export const feesSql = (key: string, label: string) => `
WITH asked AS (
  SELECT d.receiving_agency_id AS agency_id, d.procedure_code, v.field_id, v.name, d.id, opened.exempt, lines.*
  FROM dossier d JOIN procedure_version v ON v.id = d.procedure_version_id
  JOIN LATERAL (SELECT (e.payload ->> 'feeExempt')::boolean AS exempt FROM dossier_event e
                WHERE e.dossier_id = d.id AND e.type = 'received' LIMIT 1) opened ON true
  JOIN LATERAL (SELECT coalesce(e.payload #> '{changes,fees}', e.payload -> 'fees') AS fees FROM dossier_event e
                WHERE e.dossier_id = d.id AND e.at < $2::timestamptz
                  AND (e.type = 'received' OR (e.type = 'corrected' AND e.payload #> '{changes,fees}' IS NOT NULL))
                ORDER BY e.seq DESC LIMIT 1) stood ON true
  CROSS JOIN LATERAL (SELECT
      coalesce(sum(amount) FILTER (WHERE kind = 'phi'), 0) AS phi, coalesce(sum(amount) FILTER (WHERE kind = 'le-phi'), 0) AS le_phi
    FROM (SELECT x ->> 'kind' AS kind, (x ->> 'amount')::bigint * (x ->> 'quantity')::bigint AS amount
          FROM json_array_elements(stood.fees) x) line) lines
  WHERE d.received_at IS NOT NULL AND coalesce(d.received_at, d.created_at) >= $1::timestamptz
    AND coalesce(d.received_at, d.created_at) < $2::timestamptz AND ${scopeSql('d.receiving_agency_id')}
), entry AS (
  SELECT agency_id, procedure_code, field_id, name, 1 AS dossiers, 0 AS receipts,
    CASE WHEN exempt THEN 0 ELSE phi END AS phi, CASE WHEN exempt THEN 0 ELSE le_phi END AS "lePhi",
    CASE WHEN exempt THEN phi + le_phi ELSE 0 END AS exempt, CASE WHEN exempt THEN 0 ELSE phi + le_phi END AS owed,
    coalesce((SELECT sum((e.payload ->> 'amount')::bigint) FROM dossier_event e
              WHERE e.dossier_id = asked.id AND e.type = 'fee-collected' AND e.at < $2::timestamptz), 0) AS paid,
    NULL AS method, 0::bigint AS amount
  FROM asked WHERE phi + le_phi > 0
  UNION ALL
  SELECT coalesce(e.agency_id, d.receiving_agency_id), d.procedure_code, v.field_id, v.name, 0, 1, 0, 0, 0, 0, 0,
    e.payload ->> 'method', (e.payload ->> 'amount')::bigint
  FROM dossier_event e JOIN dossier d ON d.id = e.dossier_id JOIN procedure_version v ON v.id = d.procedure_version_id
  WHERE e.type = 'fee-collected' AND e.at >= $1::timestamptz AND e.at < $2::timestamptz
    AND ${scopeSql('coalesce(e.agency_id, d.receiving_agency_id)')}
)
SELECT ${key} AS key, min(${label}) AS label, GROUPING(${key}) = 1 AS "isTotal",
  ${[...counts, 'phi', 'lePhi', 'exempt', 'owed', 'paid'].map(name => `coalesce(sum(n."${name}"), 0)::bigint AS "${name}"`).join(', ')},
  coalesce(sum(greatest(n.owed - n.paid, 0)), 0)::bigint AS unpaid,
  ${['cash', 'transfer', 'card'].map(way => `coalesce(sum(n.amount) FILTER (WHERE n.method = '${way}'), 0)::bigint AS ${way}`).join(', ')},
  coalesce(sum(n.amount), 0)::bigint AS collected
FROM entry n JOIN agency a ON a.id = n.agency_id JOIN field f ON f.id = n.field_id
GROUP BY GROUPING SETS ((${key}), ()) ORDER BY key`

const groups: Readonly<Record<string, [key: string, label: string]>> = {
  agency: ['a.code', 'a.name'],
  field: ['f.code', 'f.name'],
  procedure: ['n.procedure_code', `n.procedure_code || ' ' || n.name`],
}

const money = (key: FeeKey, head: readonly [string, string], group: readonly [string, string]): ReportColumn => ({
  ...{ key, head, groups: [group], kind: 'money', width: 16 },
})
const asked = ['Hồ sơ tiếp nhận trong kỳ', 'Of dossiers received in the period'] as const
const taken = ['Biên lai lập trong kỳ', 'Receipts of the period'] as const
const columns: readonly ReportColumn[] = [
  { key: 'dossiers', head: ['Hồ sơ có phí, lệ phí', 'With fees'], groups: [asked], kind: 'count', width: 12 },
  money('phi', ['Phí phải thu', 'Charges owed'], asked),
  money('lePhi', ['Lệ phí phải thu', 'Fees owed'], asked),
  money('owed', ['Tổng phải thu', 'Owed in all'], asked),
  money('paid', ['Đã thu', 'Paid'], asked),
  money('unpaid', ['Còn phải thu', 'Still owed'], asked),
  money('exempt', ['Miễn', 'Exempted'], asked),
  { key: 'receipts', head: ['Số biên lai', 'Receipts'], groups: [taken], kind: 'count', width: 12 },
  money('cash', ['Tiền mặt', 'Cash'], taken),
  money('transfer', ['Chuyển khoản', 'Transfer'], taken),
  money('card', ['Thẻ', 'Card'], taken),
  money('collected', ['Tổng thu', 'Collected in all'], taken),
]

/** Fees owed, paid and exempted, and what was collected how. */
export const fees: TableKind = {
  shape: 'table',
  key: 'phi-le-phi',
  title: ['Phí, lệ phí', 'Charges and fees'],
  about: [
    'Phí, lệ phí phải thu, đã thu, được miễn và tiền thu theo phương thức, tại nơi tiếp nhận và thu.',
    'Charges and fees owed, paid and exempted, and money by way of payment, at the desk that received and collected.',
  ],
  group: 'service',
  roles: reportReaders,
  groupings: [
    { value: 'agency', head: ['Đơn vị thu', 'Collected at'] },
    { value: 'field', head: ['Lĩnh vực', 'Field'] },
    { value: 'procedure', head: ['Thủ tục', 'Procedure'] },
  ],
  filters: ['field', 'procedure', 'channel'],
  read: readFees,
}

async function readFees(ctx: Ctx, asked: Asked): Promise<ReportTable> {
  const [key, label] = groups[asked.by ?? 'agency'] ?? ['a.code', 'a.name']
  const found = await run<FeeRow>(ctx.db, feesSql(key, label), await scopeValues(ctx, asked))
  const cellsOf = (row: FeeRow | undefined) =>
    Object.fromEntries([...counts, ...sums].map(name => [name, Number(row?.[name] ?? 0)]))
  return {
    label: fees.groupings?.find(({ value }) => value === asked.by)?.head ?? ['', ''],
    unit: ['Đồng', 'Đồng'],
    columns,
    rows: found.filter(row => !row.isTotal).map(row => ({ key: row.key, label: row.label, cells: cellsOf(row) })),
    total: { key: 'total', label: '', cells: cellsOf(found.find(row => row.isTotal)) },
    notes: [
      [
        'Biên lai lập trong kỳ có thể của hồ sơ tiếp nhận trước kỳ, nên tổng thu có thể khác số đã thu của hồ sơ trong kỳ.',
        'Receipts of the period may be for dossiers received before it, so what was collected may differ from what was paid.',
      ],
    ],
  }
}
