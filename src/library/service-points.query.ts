import { placeholders, type Statement } from '#src/lists/dossier-list.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { channels } from '#src/procedures/procedure.ts'
import { type Asked, type ReportColumn, type ReportRow, reportReaders, type TableKind } from '#src/reports/report.ts'
import { countColumns } from './count-columns.ts'
import { COUNTED, narrowedTo, receivedWithin } from './dossier-rows.ts'
import { listReportAgencyIds } from './names.query.ts'

/**
 * `point`: null for what agencies' desks received without saying where. Each point of the agencies asked of is there, and each at which
 * something was received or handed over for them.
 */
type PointRow = {
  point: number | null
  name: string | null
  agency: string | null
  received: number
  handedOver: number
  supported: number
} & Record<string, number>

export function pointsSql(asked: Asked, agencies: readonly number[]): Statement {
  const values: unknown[] = []
  const $ = placeholders(values)
  const ids = $(agencies, 'int[]')
  const [begins, until] = [$(asked.begins, 'timestamptz'), $(asked.until, 'timestamptz')]
  const narrowed = [COUNTED, ...narrowedTo(asked, $)].join(' AND ')
  const point = asked.filters.servicePoint === undefined ? null : $(Number(asked.filters.servicePoint), 'int')
  const byChannel = channels.map(one => `count(*) FILTER (WHERE d.channel = '${one}') AS received_${one}`)
  const text = `
WITH received AS (
  SELECT d.service_point_id AS id, count(*) AS n, ${byChannel.join(', ')} FROM dossier d
  WHERE d.receiving_agency_id = ANY (${ids}) AND ${receivedWithin(asked, $)} AND ${narrowed} GROUP BY 1
), handed AS (
  SELECT d.service_point_id AS id, count(*) AS n FROM dossier d
  WHERE d.receiving_agency_id = ANY (${ids}) AND d.delivery = 'delivered' AND d.closed_at >= ${begins} AND d.closed_at < ${until}
    AND ${narrowed} GROUP BY 1
), supported AS (
  SELECT d.support_point_id AS id, count(*) AS n FROM dossier d
  WHERE d.support_point_id IN (SELECT s.id FROM service_point s WHERE s.agency_id = ANY (${ids}))
    AND d.received_at >= ${begins} AND d.received_at < ${until} AND ${narrowed} GROUP BY 1
), point AS (
  SELECT s.id FROM service_point s WHERE s.agency_id = ANY (${ids})
  UNION SELECT id FROM received UNION SELECT id FROM handed
)
SELECT p.id AS point, s.name, a.name AS agency, coalesce(r.n, 0) AS received,
  ${channels.map(one => `coalesce(r.received_${one}, 0) AS received_${one}`).join(', ')},
  coalesce(h.n, 0) AS "handedOver", coalesce(u.n, 0) AS supported
FROM point p LEFT JOIN service_point s ON s.id = p.id LEFT JOIN agency a ON a.id = s.agency_id
LEFT JOIN received r ON r.id IS NOT DISTINCT FROM p.id LEFT JOIN handed h ON h.id IS NOT DISTINCT FROM p.id
LEFT JOIN supported u ON u.id = p.id
${point ? `WHERE p.id = ${point}` : ''}
ORDER BY a.code NULLS LAST, s.kind, s.name LIMIT 5000`
  return { text, values }
}

const columns: readonly ReportColumn[] = [
  { key: 'agency', head: ['Cơ quan', 'Agency'], kind: 'text', width: 32 },
  ...countColumns({ byChannel: true }).filter(({ key }) => key.startsWith('received')),
  { key: 'handedOver', head: ['Đã trả kết quả', 'Results handed over'], kind: 'count', width: 12 },
  { key: 'supported', head: ['Hỗ trợ nộp ở nơi khác', 'Helped to hand in elsewhere'], kind: 'count', width: 14 },
]
const added = columns.filter(({ kind }) => kind === 'count').map(({ key }) => key)

/** What was received, handed over and helped with at each desk and post office. */
export const byServicePoint: TableKind = {
  key: 'theo-diem-tiep-nhan',
  title: ['Khối lượng theo điểm tiếp nhận', 'Work of service points'],
  about: [
    'Hồ sơ tiếp nhận theo kênh, kết quả đã trả và lượt hỗ trợ nộp hồ sơ của từng điểm tiếp nhận.',
    'Received by channel, handed over and helped with at each service point.',
  ],
  group: 'work',
  roles: reportReaders,
  filters: ['field', 'procedure', 'channel', 'servicePoint'],
  shape: 'table',
  read: async (ctx: Ctx, asked) => {
    const { text, values } = pointsSql(asked, await listReportAgencyIds(ctx, asked))
    const found = await run<PointRow>(ctx.db, text, values)
    const rows = found.map(
      ({ point, name, agency, ...counts }): ReportRow => ({
        key: point === null ? 'none' : String(point),
        label: name ?? 'Không ghi điểm tiếp nhận',
        ...(name === null && { english: { label: 'No service point recorded' } }),
        cells: { agency, ...counts },
      }),
    )
    const totals = added.map(key => [key, rows.reduce((sum, { cells }) => sum + Number(cells[key]), 0)])
    return {
      label: ['Điểm tiếp nhận', 'Service point'],
      unit: ['Số hồ sơ', 'Dossiers'],
      columns,
      rows,
      total: { key: 'total', label: '', cells: { agency: null, ...Object.fromEntries(totals) } },
      notes: [
        [
          'Hồ sơ do bộ phận một cửa tiếp nhận trong kỳ, kể cả hồ sơ do cơ quan khác giải quyết. Kết quả tính theo điểm đã tiếp nhận hồ sơ và ngày trả.',
          'What desks received in the period, also for other agencies to resolve. Results count at the point that received the dossier, by the day they were handed over.',
        ],
      ],
    }
  },
}
