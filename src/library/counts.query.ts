import { type AskedSums, type Dimension, type SumRow, sumFacts } from '#src/facts/fact-sums.query.ts'
import { addTallies } from '#src/facts/tally.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import type { Channel } from '#src/procedures/procedure.ts'
import { channels } from '#src/procedures/procedure.ts'
import { findAskedField } from '#src/reports/asked.query.ts'
import { type Asked, type ReportRow, reportReaders, type TableKind, type Words } from '#src/reports/report.ts'
import { type Counts, countColumns, countNotes, countRow, mayDrill, type Narrowed, noCounts } from './count-columns.ts'
import { listNamedFields, listNamedProcedures, listReportAgencies } from './names.query.ts'

/** What was asked, as the sums are asked for. */
export async function sumsAsked(ctx: Ctx, asked: Asked, by: readonly Dimension[]): Promise<AskedSums> {
  const { begins: from, until, agencies, filters } = asked
  const { procedure, channel } = filters
  const fieldId = await findAskedField(ctx, asked)
  return { from, until, by, agencies, fieldId, procedure, channel: channel as Channel | undefined }
}

/** The sums of several groups as the counts of one row. */
export function countsOf(sums: readonly SumRow[]): Counts {
  const byChannel = { ...noCounts.byChannel }
  for (const { channel, tally } of sums) byChannel[channel as Channel] += tally.received
  return { tally: addTallies(sums.map(({ tally }) => tally)), byChannel }
}

type RowHead = { key: string; label: string; english?: string; narrowed: Narrowed }
type Heads = (ctx: Ctx, asked: Asked, groups: ReadonlyMap<string, unknown>) => Promise<[group: string, head: RowHead][]>

const numbers = (groups: ReadonlyMap<string, unknown>) => [...groups.keys()].map(Number)

/** How the rows of each dimension are called, in their order. */
const heads: Record<Dimension, Heads> = {
  agency: async (ctx, _, groups) => {
    const agencies = await listReportAgencies(ctx, { agencies: numbers(groups) })
    return agencies.map(({ id, code, name }) => [String(id), { key: code, label: name, narrowed: { agency: code } }])
  },
  field: async (ctx, _, groups) => {
    const fields = await listNamedFields(ctx, numbers(groups))
    return fields.map(({ id, code, name }) => [String(id), { key: code, label: name, narrowed: { field: code } }])
  },
  procedure: async (ctx, asked, groups) => {
    const procedures = await listNamedProcedures(ctx, [...groups.keys()], asked.to)
    return procedures.map(({ code, name }) => [
      code,
      { key: code, label: `${code} ${name}`, narrowed: { procedure: code } },
    ])
  },
  channel: async () =>
    channels.map(one => {
      const [label, english] = channelNames[one]
      return [one, { key: one, label, english, narrowed: { channel: one } }]
    }),
}

const channelNames: Record<Channel, Words> = {
  counter: ['Trực tiếp tại quầy', 'At the counter'],
  online: ['Trực tuyến', 'Online'],
  post: ['Bưu chính công ích', 'By post'],
  home: ['Tại nhà', 'At home'],
  phone: ['Qua điện thoại', 'By phone'],
}

const groupOf: Record<Dimension, (row: SumRow) => string> = {
  agency: ({ agencyId }) => String(agencyId),
  field: ({ fieldId }) => String(fieldId),
  procedure: ({ procedure }) => procedure,
  channel: ({ channel }) => channel,
}

type Head = Pick<TableKind, 'key' | 'title' | 'about' | 'filters'> & { label: Words }

const unit: Words = ['Số hồ sơ', 'Dossiers']

/** A report that counts dossiers by one dimension. */
function countsBy(by: Dimension, { label, ...head }: Head): TableKind {
  return {
    ...head,
    group: 'progress',
    roles: reportReaders,
    shape: 'table',
    read: async (ctx, asked) => {
      const sums = await sumFacts(ctx, await sumsAsked(ctx, asked, by === 'channel' ? [by] : [by, 'channel']))
      const groups = Map.groupBy(sums, groupOf[by])
      const drills = mayDrill(ctx)
      const rowOf = ({ english, ...head }: RowHead, sums: readonly SumRow[]): ReportRow => ({
        ...countRow(asked, { ...head, narrowed: drills ? head.narrowed : null, counts: countsOf(sums) }),
        ...(english && { english: { label: english } }),
      })
      const rows = (await heads[by](ctx, asked, groups)).map(([group, one]) => rowOf(one, groups.get(group) ?? []))
      const total = rowOf({ key: 'total', label: '', narrowed: {} }, sums)
      const columns = countColumns({ byChannel: by !== 'channel' })
      return { label, unit, columns, rows, total, notes: countNotes }
    },
  }
}

export const byAgency = countsBy('agency', {
  key: 'theo-co-quan',
  title: ['Tình hình giải quyết theo cơ quan', 'Dossiers by agency'],
  about: [
    'Tiếp nhận, đã giải quyết, đang giải quyết và quá hạn của từng cơ quan.',
    'Received, solved, open and late of each agency.',
  ],
  filters: ['field', 'procedure', 'channel'],
  label: ['Cơ quan', 'Agency'],
})

export const byField = countsBy('field', {
  key: 'theo-linh-vuc',
  title: ['Tình hình giải quyết theo lĩnh vực', 'Dossiers by field'],
  about: [
    'Tiếp nhận, đã giải quyết, đang giải quyết và quá hạn của từng lĩnh vực.',
    'Received, solved, open and late in each field.',
  ],
  filters: ['procedure', 'channel'],
  label: ['Lĩnh vực', 'Field'],
})

export const byProcedure = countsBy('procedure', {
  key: 'theo-thu-tuc',
  title: ['Tình hình giải quyết theo thủ tục', 'Dossiers by procedure'],
  about: [
    'Tiếp nhận, đã giải quyết, đang giải quyết và quá hạn của từng thủ tục hành chính.',
    'Received, solved, open and late of each procedure.',
  ],
  filters: ['field', 'channel'],
  label: ['Thủ tục hành chính', 'Procedure'],
})

export const byChannel = countsBy('channel', {
  key: 'theo-kenh',
  title: ['Tình hình giải quyết theo kênh tiếp nhận', 'Dossiers by channel'],
  about: [
    'Hồ sơ nộp tại quầy, trực tuyến, qua bưu chính, tại nhà, qua điện thoại và kết quả giải quyết.',
    'What came at the counter, online, by post, at home and by phone, and what became of it.',
  ],
  filters: ['field', 'procedure'],
  label: ['Kênh tiếp nhận', 'Channel'],
})
