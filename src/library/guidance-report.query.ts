import { guidanceChannelNames, guidanceChannels, guidanceTopicNames, guidanceTopics } from '#src/guidance/guidance.ts'
import {
  countGuidance,
  type GuidanceCount,
  type GuidanceDimension,
  guidanceDimensions,
} from '#src/guidance/guidance-counts.query.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { findAskedField } from '#src/reports/asked.query.ts'
import {
  type Asked,
  type ReportColumn,
  type ReportTable,
  reportReaders,
  type TableKind,
  type Words,
} from '#src/reports/report.ts'

const columns: readonly ReportColumn[] = [
  { key: 'total', head: ['Lượt hướng dẫn', 'Guided'], kind: 'count', width: 12 },
  ...guidanceChannels.map(key => ({
    key,
    head: guidanceChannelNames[key],
    groups: [['Hình thức', 'How'] as const],
    kind: 'count' as const,
    width: 11,
  })),
  ...guidanceTopics.map(key => ({
    key: `topic-${key}`,
    head: guidanceTopicNames[key],
    groups: [['Nội dung', 'What about'] as const],
    kind: 'count' as const,
    width: 11,
  })),
  { key: 'dossiers', head: ['Nộp hồ sơ ngay sau đó', 'A dossier followed'], kind: 'count', width: 12 },
]

/** What people were guided on, how and where. */
export const guidanceReport: TableKind = {
  shape: 'table',
  key: 'huong-dan',
  title: ['Hướng dẫn tổ chức, cá nhân', 'Guidance given'],
  about: [
    'Số lượt hướng dẫn trực tiếp, qua điện thoại, trực tuyến, tại nhà, theo nội dung và nơi hướng dẫn.',
    'Guidance given in person, by telephone, online and at home, by what it was about and where.',
  ],
  group: 'service',
  roles: reportReaders,
  groupings: [
    { value: 'servicePoint', head: ['Điểm tiếp nhận', 'Service point'] },
    { value: 'agency', head: ['Cơ quan', 'Agency'] },
    { value: 'channel', head: ['Hình thức', 'How'] },
    { value: 'topic', head: ['Nội dung', 'What about'] },
    { value: 'field', head: ['Lĩnh vực', 'Field'] },
  ],
  filters: ['field'],
  read: readGuidance,
}

async function readGuidance(ctx: Ctx, asked: Asked): Promise<ReportTable> {
  const by = guidanceDimensions.find(one => one === asked.by) ?? 'servicePoint'
  const { begins, until, agencies } = asked
  const of = { begins, until, agencies, fieldId: await findAskedField(ctx, asked) }
  const [rows, [total]] = await Promise.all([
    countGuidance(ctx, { ...of, by }),
    countGuidance(ctx, { ...of, by: null }),
  ])
  return {
    label: guidanceReport.groupings?.find(({ value }) => value === by)?.head ?? ['', ''],
    unit: ['Lượt hướng dẫn', 'Times'],
    columns,
    rows: rows.map(row => {
      const [label, english] = namesOf(row, by)
      return { key: row.key || 'khong-ro', label, english: { label: english }, cells: cellsOf(row) }
    }),
    total: { key: 'total', label: '', cells: cellsOf(total) },
  }
}

function cellsOf(row: GuidanceCount | undefined): Record<string, number> {
  return {
    total: row?.total ?? 0,
    ...Object.fromEntries(guidanceChannels.map(key => [key, row?.channels[key] ?? 0])),
    ...Object.fromEntries(guidanceTopics.map(key => [`topic-${key}`, row?.topics[key] ?? 0])),
    dossiers: row?.dossiers ?? 0,
  }
}

function namesOf({ key, label }: GuidanceCount, by: GuidanceDimension): Words {
  const names: Readonly<Record<string, Words>> =
    by === 'channel' ? guidanceChannelNames : by === 'topic' ? guidanceTopicNames : {}
  if (names[key]) return names[key]
  if (label) return [label, label]
  return by === 'field'
    ? ['Không rõ lĩnh vực', 'Field not known']
    : ['Không ghi điểm tiếp nhận', 'No service point recorded']
}
