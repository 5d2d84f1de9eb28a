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
import { definitionNotes } from './definition-notes.ts'
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
  columns: ii06aColumns,
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
  const write = rowWriter(asked, { cellOf, drills: mayDrill(ctx.actor) })
  const rows = groups.map(group => write(group, group.key))
  return {
    label:
      asked.by === 'agency'
        ? ['Cơ quan, đơn vị', 'Agency']
        : ['Lĩnh vực, công việc giải quyết theo cấp', 'Field, work handled by level'],
    labelNumber: '(2)',
    unit: ['Số hồ sơ TTHC', 'Dossiers'],
    columns,
    // A field or agency may have only what these columns do not show.
    rows: rows.filter(({ cells }) => Object.values(cells).some(n => n !== 0)),
    total: write({ key: 'total', label: 'Tổng cộng', tally: all }, null),
    notes: definitionNotes(asked.definitions),
  }
}

/** Of a group, or of all when `group` is null, its numbers with their lists. */
function rowWriter(asked: Asked, { cellOf, drills }: { cellOf: Readonly<Record<string, Cell>>; drills: boolean }) {
  return ({ key, label, tally }: SumGroup, group: string | null): ReportRow => {
    const counts = Object.entries(cellOf).map(([column, cell]) => {
      return { column, cell, n: sumOf(termsOf(cell, asked.definitions), tally) }
    })
    const linked = counts.filter(({ n }) => drills && n !== 0)
    return {
      ...{ key, label },
      cells: Object.fromEntries(counts.map(({ column, n }) => [column, n])),
      ...(linked.length > 0 && {
        hrefs: Object.fromEntries(linked.map(({ column, cell }) => [column, cellHref(asked, cell, group)])),
      }),
    }
  }
}

/** Whoever measures reform reads numbers, not dossiers. */
function mayDrill(actor: Actor): boolean {
  return actor.kind !== 'officer' || actor.role !== 'reform'
}

/** The list behind a number: of a row by the code of its group, or of the total when `group` is null. */
function cellHref(asked: Asked, cell: Cell, group: string | null): string {
  const { from, to, asOf, agency, filters } = asked
  const byAgency = asked.by === 'agency' ? group : null
  return drillHref({
    cell: byAgency === null ? cell : ownCell(cell),
    ...{ from, to, asOf },
    agency: byAgency ?? agency.code,
    field: byAgency === null ? (group ?? filters.field) : filters.field,
    procedure: filters.procedure,
  })
}
