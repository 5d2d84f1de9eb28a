import type { Tally } from '#src/facts/tally.ts'
import type { Actor, Ctx } from '#src/platform/ctx.ts'
import { drillHref } from '#src/reports/drill.ts'
import {
  type Asked,
  type ReportColumn,
  type ReportRow,
  type ReportTable,
  reportReaders,
  type TableKind,
} from '#src/reports/report.ts'
import { type Cell, ownCell, termsOf } from './cell.ts'
import { groupedSums, type SumGroup } from './grouped-sums.query.ts'
import { ii06aColumns, ii06aKeys, sumOf } from './ii06a.ts'

export const byFieldOrAgency = [
  { value: 'field', head: ['Lĩnh vực', 'Field'] },
  { value: 'agency', head: ['Cơ quan, đơn vị', 'Agency'] },
] as const satisfies TableKind['groupings']

/** Form II.06a: what came in, what was solved and what is open, by field or by agency. */
export const ii06a: TableKind = {
  shape: 'table',
  key: 'ii06a',
  title: ['Tình hình, kết quả giải quyết thủ tục hành chính', 'Handling of administrative procedures'],
  about: [
    'Biểu II.06a: hồ sơ tiếp nhận, đã giải quyết và đang giải quyết, theo lĩnh vực hoặc theo cơ quan.',
    'Form II.06a: dossiers received, solved and being solved, by field or by agency.',
  ],
  group: 'statutory',
  form: 'Biểu II.06a/VPCP/KSTT',
  roles: reportReaders,
  groupings: byFieldOrAgency,
  filters: ['field', 'procedure'],
  read: (ctx, asked) => readCells(ctx, asked, { columns: ii06aColumns, cellOf: cellsOf(ii06aKeys) }),
}

/** Columns that bear the names of the numbers they show. */
export function cellsOf(keys: readonly Cell[]): Record<string, Cell> {
  return Object.fromEntries(keys.map(key => [key, key]))
}

/** A table all of whose columns are numbers of dossiers: `cellOf` says which, by column. */
export async function readCells(
  ctx: Ctx,
  asked: Asked,
  { columns, cellOf }: { columns: readonly ReportColumn[]; cellOf: Readonly<Record<string, Cell>> },
): Promise<ReportTable> {
  const { groups, all } = await groupedSums(ctx, asked)
  const drills = mayDrill(ctx.actor)
  const row = (key: string, label: string, tally: Tally, group: SumGroup | null): ReportRow => ({
    key,
    label,
    cells: Object.fromEntries(
      Object.entries(cellOf).map(([column, cell]) => [column, sumOf(termsOf(cell, asked.definitions), tally)]),
    ),
    ...(drills && {
      hrefs: Object.fromEntries(Object.entries(cellOf).map(([column, cell]) => [column, cellHref(asked, cell, group)])),
    }),
  })
  const isByAgency = asked.by === 'agency'
  return {
    label: isByAgency
      ? ['Cơ quan, đơn vị', 'Agency']
      : ['Lĩnh vực, công việc giải quyết theo cấp', 'Field, work handled by level'],
    labelNumber: '(2)',
    unit: ['Số hồ sơ TTHC', 'Dossiers'],
    columns,
    rows: groups.map(group => row(group.key, group.label, group.tally, group)),
    total: row('total', 'Tổng cộng', all, null),
  }
}

/** Whoever measures reform reads numbers, not dossiers. */
function mayDrill(actor: Actor): boolean {
  return actor.kind !== 'officer' || actor.role !== 'reform'
}

/** The list behind a number: of a row, or of the total when `group` is null. */
function cellHref(asked: Asked, cell: Cell, group: SumGroup | null): string {
  const { from, to, asOf, agency, filters } = asked
  const isOfAgency = asked.by === 'agency' && group !== null
  return drillHref({
    cell: isOfAgency ? ownCell(cell) : cell,
    ...{ from, to, asOf },
    agency: isOfAgency ? group.key : agency.code,
    field: group && !isOfAgency ? group.key : filters.field,
    procedure: filters.procedure,
  })
}
