import type { Ctx } from '#src/platform/ctx.ts'
import { type Asked, type ReportColumn, type ReportTable, reportReaders, type TableKind } from '#src/reports/report.ts'
import { commonGroupings, commonGroups, countEvents, type EventGroups } from './event-reasons.query.ts'
import { scopeHref } from './scope.query.ts'

type Count = 'requests' | 'intake' | 'appraisal' | 'dossiers' | 'repeated'

/** A paper is named as the procedure names it; what is asked beyond its papers stands together. */
const PAPER = `
LEFT JOIN LATERAL json_array_elements(e.payload -> 'items') AS item ON true
LEFT JOIN LATERAL (SELECT c ->> 'name' AS name FROM jsonb_array_elements(e.content -> 'components') c
                   WHERE c ->> 'code' = item ->> 'component' LIMIT 1) paper ON true`

export const supplements: EventGroups<Count> = {
  type: 'supplement-requested',
  groups: {
    component: { key: `coalesce(paper.name, '')`, label: `coalesce(paper.name, '')`, join: PAPER },
    ...commonGroups,
  },
  counts: {
    requests: 'count(DISTINCT e.event)',
    intake: `count(DISTINCT e.event) FILTER (WHERE e.payload ->> 'stage' = 'intake')`,
    appraisal: `count(DISTINCT e.event) FILTER (WHERE e.payload ->> 'stage' = 'appraisal')`,
    dossiers: 'count(DISTINCT e.dossier_id)',
    repeated: `count(DISTINCT e.dossier_id) FILTER (WHERE EXISTS (
      SELECT FROM dossier_event b WHERE b.dossier_id = e.dossier_id AND b.seq < e.seq AND b.type = 'supplement-requested'))`,
  },
}

const columns: readonly ReportColumn[] = [
  { key: 'requests', head: ['Lượt yêu cầu', 'Requests'], kind: 'count', width: 12 },
  {
    key: 'intake',
    head: ['Khi tiếp nhận', 'At intake'],
    groups: [['Trong đó', 'Of these']],
    kind: 'count',
    width: 12,
  },
  {
    key: 'appraisal',
    head: ['Khi thẩm định', 'During appraisal'],
    groups: [['Trong đó', 'Of these']],
    kind: 'count',
    width: 12,
  },
  { key: 'dossiers', head: ['Số hồ sơ', 'Dossiers'], kind: 'count', width: 12 },
  { key: 'repeated', head: ['Hồ sơ bị yêu cầu quá một lần', 'Asked more than once'], kind: 'count', width: 16 },
]

/** Why applicants were asked for more: by paper, by reason, by procedure. */
export const supplementReasons: TableKind = {
  shape: 'table',
  key: 'ly-do-bo-sung',
  title: ['Yêu cầu bổ sung hồ sơ và lý do', 'Supplements asked for and why'],
  about: [
    'Giấy tờ nào bị yêu cầu bổ sung, vì lý do gì, ở khâu nào và bao nhiêu hồ sơ bị yêu cầu quá một lần.',
    'Which papers were asked for again, why, at what stage, and how many dossiers were asked more than once.',
  ],
  group: 'work',
  roles: reportReaders,
  groupings: [{ value: 'component', head: ['Thành phần hồ sơ', 'Paper'] }, ...commonGroupings],
  filters: ['field', 'procedure', 'channel'],
  read: readSupplements,
}

async function readSupplements(ctx: Ctx, asked: Asked): Promise<ReportTable> {
  const { rows, total, notes } = await countEvents(ctx, asked, supplements)
  const hrefs = (key: string | null) => {
    const appraisal = scopeHref(ctx, asked, 'supplement_requested', key)
    return appraisal ? { hrefs: { appraisal } } : {}
  }
  const cellsOf = ({ requests, intake, appraisal, dossiers, repeated }: Record<Count, number>) => ({
    ...{ requests, intake, appraisal, dossiers, repeated },
  })
  return {
    label: supplementReasons.groupings?.find(({ value }) => value === asked.by)?.head ?? ['', ''],
    unit: ['Lượt, hồ sơ', 'Requests, dossiers'],
    columns,
    rows: rows.map(row => ({
      key: row.key || 'noi-dung-khac',
      label: row.label || 'Nội dung khác ngoài thành phần hồ sơ',
      ...(!row.label && { english: { label: 'Other than papers of the dossier' } }),
      cells: cellsOf(row),
      ...hrefs(row.key),
    })),
    total: { key: 'total', label: '', cells: cellsOf(total), ...hrefs(null) },
    notes: [
      ...notes,
      [
        'Một lượt yêu cầu có thể gồm nhiều giấy tờ, nên cộng theo giấy tờ có thể lớn hơn tổng cộng.',
        'One request may be for several papers, so the papers may add up to more than the total.',
      ],
    ],
  }
}
