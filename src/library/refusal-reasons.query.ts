import type { Ctx } from '#src/platform/ctx.ts'
import { type Asked, type ReportColumn, type ReportTable, reportReaders, type TableKind } from '#src/reports/report.ts'
import { commonGroupings, commonGroups, countEvents, type EventGroups } from './event-reasons.query.ts'
import { scopeHref } from './scope.query.ts'

type Count = 'refused' | 'online' | 'atDoor' | 'afterSupplement'

export const refusals: EventGroups<Count> = {
  type: 'refused-at-intake',
  groups: commonGroups,
  counts: {
    refused: 'count(*)',
    online: `count(*) FILTER (WHERE e.channel = 'online')`,
    atDoor: `count(*) FILTER (WHERE e.channel <> 'online')`,
    afterSupplement: `count(*) FILTER (WHERE EXISTS (
      SELECT FROM dossier_event b WHERE b.dossier_id = e.dossier_id AND b.seq < e.seq AND b.type = 'supplement-requested'))`,
  },
}

const columns: readonly ReportColumn[] = [
  { key: 'refused', head: ['Hồ sơ bị từ chối', 'Refused'], kind: 'count', width: 12 },
  {
    key: 'online',
    head: ['Nộp trực tuyến', 'Filed online'],
    groups: [['Trong đó', 'Of these']],
    kind: 'count',
    width: 12,
  },
  {
    key: 'atDoor',
    head: ['Trực tiếp, bưu chính, tại nhà', 'At a desk, by post, at home'],
    groups: [['Trong đó', 'Of these']],
    kind: 'count',
    width: 16,
  },
  {
    key: 'afterSupplement',
    head: ['Đã yêu cầu bổ sung trước đó', 'After a supplement was asked for'],
    kind: 'count',
    width: 16,
  },
]

/** Why dossiers were refused at the door. */
export const refusalReasons: TableKind = {
  shape: 'table',
  key: 'ly-do-tu-choi',
  title: ['Từ chối tiếp nhận hồ sơ và lý do', 'Dossiers refused at intake and why'],
  about: [
    'Hồ sơ bị từ chối tiếp nhận theo lý do, thủ tục, lĩnh vực, cơ quan.',
    'Dossiers refused at intake by reason, procedure, field and agency.',
  ],
  group: 'work',
  roles: reportReaders,
  groupings: commonGroupings,
  filters: ['field', 'procedure', 'channel'],
  read: readRefusals,
}

async function readRefusals(ctx: Ctx, asked: Asked): Promise<ReportTable> {
  const { rows, total, notes } = await countEvents(ctx, asked, refusals)
  const hrefs = (key: string | null) => {
    const refused = scopeHref(ctx, asked, 'refused_at_intake', key)
    return refused ? { hrefs: { refused } } : {}
  }
  const cellsOf = ({ refused, online, atDoor, afterSupplement }: Record<Count, number>) => ({
    ...{ refused, online, atDoor, afterSupplement },
  })
  return {
    label: refusalReasons.groupings?.find(({ value }) => value === asked.by)?.head ?? ['', ''],
    unit: ['Số hồ sơ TTHC', 'Dossiers'],
    columns,
    rows: rows.map(row => ({ key: row.key, label: row.label, cells: cellsOf(row), ...hrefs(row.key) })),
    total: { key: 'total', label: '', cells: cellsOf(total), ...hrefs(null) },
    notes,
  }
}
