import { sumFacts } from '#src/facts/fact-sums.query.ts'
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
import { countColumns, countNotes, countRow, mayDrill } from './count-columns.ts'
import { countsOf, sumsAsked } from './counts.query.ts'
import { COUNTED, narrowedTo, receivedWithin } from './dossier-rows.ts'
import { listReportAgencies, type NamedAgency } from './names.query.ts'

const elsewhere: Words = ['Không theo địa giới', 'Regardless of place']
const placeColumns: readonly ReportColumn[] = [
  {
    key: 'from_elsewhere',
    head: ['Nộp tại nơi khác, xã giải quyết', 'Handed in elsewhere, resolved here'],
    groups: [elsewhere],
    kind: 'count',
    width: 14,
  },
  {
    key: 'for_others',
    head: ['Nộp tại xã, nơi khác giải quyết', 'Handed in here, resolved elsewhere'],
    groups: [elsewhere],
    kind: 'count',
    width: 14,
  },
]

const placeNote: Words = [
  'Hồ sơ nộp tại nơi khác đã nằm trong số tiếp nhận của xã giải quyết; hồ sơ nộp tại xã do nơi khác giải quyết chỉ là khối lượng công việc của bộ phận một cửa xã.',
  'What was handed in elsewhere is among what the resolving commune received; what was handed in here for others is only work of this desk.',
]

/** Received in the period by a desk of one agency for another: how many, of those on one side of it. */
export function crossingSql(asked: Asked, side: 'receiving' | 'competent', communes: readonly number[]): Statement {
  const values: unknown[] = []
  const $ = placeholders(values)
  const text = `
SELECT d.${side}_agency_id AS id, count(*) AS n FROM dossier d
WHERE d.${side}_agency_id = ANY (${$(communes, 'int[]')}) AND d.receiving_agency_id <> d.competent_agency_id AND ${COUNTED}
  AND ${[receivedWithin(asked, $), ...narrowedTo(asked, $)].join(' AND ')}
GROUP BY 1`
  return { text, values }
}

async function countCrossing(ctx: Ctx, asked: Asked, side: 'receiving' | 'competent', communes: readonly number[]) {
  const { text, values } = crossingSql(asked, side, communes)
  const rows = await run<{ id: number; n: number }>(ctx.db, text, values)
  return new Map(rows.map(({ id, n }) => [id, n]))
}

/** How each commune and ward stands; those of the period without a single dossier are there too. */
export const byCommune: TableKind = {
  key: 'theo-xa',
  title: ['Tình hình giải quyết theo xã, phường', 'Dossiers by commune'],
  about: [
    'Từng xã, phường, đặc khu: tiếp nhận, giải quyết, quá hạn; hồ sơ nộp không theo địa giới.',
    'Each commune and ward: received, solved, late; and what was handed in regardless of place.',
  ],
  group: 'progress',
  roles: reportReaders,
  filters: ['field', 'procedure', 'channel'],
  shape: 'table',
  read: async (ctx, asked) => {
    const all = (await listReportAgencies(ctx, asked)).filter(({ kind }) => kind === 'commune')
    const ids = all.map(({ id }) => id)
    const [sums, from, others] = await Promise.all([
      sumsAsked(ctx, { ...asked, agencies: ids }, ['agency', 'channel']).then(one => sumFacts(ctx, one)),
      countCrossing(ctx, asked, 'competent', ids),
      countCrossing(ctx, asked, 'receiving', ids),
    ])
    const groups = Map.groupBy(sums, ({ agencyId }) => agencyId)
    const communes = all.filter(one => isThere(one, asked) || groups.has(one.id) || others.has(one.id))
    const rows = communes.map(({ id, code, name }) => {
      const narrowed = mayDrill(ctx) ? { agency: code } : null
      const row = countRow(asked, { key: code, label: name, counts: countsOf(groups.get(id) ?? []), narrowed })
      return withPlaces(row, from.get(id) ?? 0, others.get(id) ?? 0)
    })
    const total = countRow(asked, { key: 'total', label: '', counts: countsOf(sums), narrowed: null })
    return {
      label: ['Xã, phường', 'Commune'],
      unit: ['Số hồ sơ', 'Dossiers'],
      columns: [...countColumns({ byChannel: true }), ...placeColumns],
      rows,
      total: withPlaces(total, sumOf(from), sumOf(others)),
      notes: [...countNotes, placeNote],
    }
  },
}

const isThere = ({ validFrom, validTo }: NamedAgency, { from, to }: Asked) =>
  validFrom <= to && (validTo === null || validTo > from)

const sumOf = (counts: ReadonlyMap<number, number>) => [...counts.values()].reduce((sum, n) => sum + n, 0)

const withPlaces = (row: ReportRow, from_elsewhere: number, for_others: number): ReportRow => ({
  ...row,
  cells: { ...row.cells, from_elsewhere, for_others },
})
