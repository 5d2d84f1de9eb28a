import type { ComponentChildren } from 'preact'
import type { T } from '#src/platform/text.ts'
import { cellText, isNumeric } from './cell-text.ts'
import type { ReportColumn, ReportRow, ReportTable } from './report.ts'
import { headRows, isOrdered, numberRow, orderTexts } from './report-head.ts'
import { totalLabel } from './report-heading.ts'

type Shown = Pick<ReportTable, 'label' | 'labelNumber' | 'rows'> & {
  columns: readonly ReportColumn[]
  total?: ReportTable['total']
}

export type ReportTableProps = {
  t: T
  table: Shown
  caption: string
  captionHidden?: boolean
  /** Instead of rows, where there are none. */
  empty?: string
  /** Numbers stand without links: on paper. */
  plain?: boolean
}

/** With more columns than this a sheet of A4 holds them only in smaller letters. */
const BROAD = 14

/**
 * A report as its form has it: heads of several rows, the columns numbered, the total last. Sideways it scrolls, by keyboard too, while the
 * names of the rows stay.
 */
export function ReportTableView({ t, table, caption, captionHidden, empty, plain = false }: ReportTableProps) {
  const orders = orderTexts(table.rows)
  const lead = isOrdered(table) ? 2 : 1
  const isBroad = table.columns.length > BROAD
  return (
    <section
      class={`table table-wide table-dense report${isBroad ? ' report-many' : ''}`}
      aria-label={caption}
      // What scrolls sideways must be reached by keyboard.
      {...{ tabIndex: 0 }}
    >
      <table>
        <caption class={captionHidden ? 'sr-only' : undefined}>
          <span class="report-caption">{caption}</span>
        </caption>
        <ReportHead t={t} table={table} />
        <tbody>
          {table.rows.map((row, i) => (
            <Line key={row.key} {...{ t, table, row, plain }} order={orders[i] ?? ''} />
          ))}
          {table.rows.length === 0 && (
            <tr>
              <td colSpan={lead + table.columns.length} class="report-none">
                {empty ?? t('Không có số liệu trong kỳ này', 'Nothing in this period')}
              </td>
            </tr>
          )}
        </tbody>
        {table.total && (
          <tfoot>
            <Line {...{ t, table, plain }} row={{ ...table.total, label: totalOf(table.total, t) }} order="" />
          </tfoot>
        )}
      </table>
    </section>
  )
}

const totalOf = (total: ReportRow, t: T) => (total.label ? total.label : t(totalLabel(total), 'Total'))

function ReportHead({ t, table }: { t: T; table: Shown }) {
  const lead = isOrdered(table) ? 2 : 1
  return (
    <thead>
      {headRows(table).map((cells, level) => (
        <tr key={level}>
          {cells.map(({ words, column, span, deep, over }) => (
            <th
              key={column}
              scope={over ? 'colgroup' : 'col'}
              colSpan={span > 1 ? span : undefined}
              rowSpan={deep > 1 ? deep : undefined}
              class={headClass(table, { column: column - lead, over, named: column === lead - 1 })}
            >
              {t(...words)}
            </th>
          ))}
        </tr>
      ))}
      <NumberRow table={table} />
    </thead>
  )
}

function headClass(table: Shown, at: { column: number; over: boolean; named: boolean }): string | undefined {
  if (at.over) return 'report-over'
  if (at.named) return 'report-name'
  if (at.column < 0) return 'report-order'
  const kind = table.columns[at.column]?.kind
  return kind && isNumeric(kind) ? 'numeric' : undefined
}

function NumberRow({ table }: { table: Shown }) {
  const numbers = numberRow(table)
  if (!numbers) return null
  const lead = isOrdered(table) ? 2 : 1
  return (
    <tr class="report-numbers">
      {numbers.map((text, i) => (
        <td key={i} class={i === lead - 1 ? 'report-name' : i < lead ? 'report-order' : 'numeric'}>
          {text}
        </td>
      ))}
    </tr>
  )
}

type LineProps = { table: Shown; row: ReportRow; order: string; plain: boolean }

function Line({ t, table, row, order, plain }: LineProps & { t: T }) {
  const told = (text: string, column: string) => t(text, (text && row.english?.[column]) || text)
  return (
    <tr>
      {isOrdered(table) && <td class="report-order">{order}</td>}
      <th scope="row" class={nameClass(row)}>
        <Linked href={plain ? undefined : row.hrefs?.label}>{told(row.label, 'label')}</Linked>
      </th>
      {table.columns.map(column => (
        <td key={column.key} class={cellClass(column)}>
          <Linked href={plain ? undefined : hrefOf(column, row)}>
            {told(cellText(row.cells[column.key], column.kind, t), column.key)}
          </Linked>
        </td>
      ))}
    </tr>
  )
}

/** Codes are not broken. */
function nameClass({ label, depth = 0 }: ReportRow): string {
  return `report-name report-depth-${Math.min(depth, 3)}${/\s/u.test(label) ? '' : ' report-code'}`
}

/** Characters from which a text wants more room. */
const LONG = 40

function cellClass({ kind, width = 0 }: ReportColumn): string {
  if (isNumeric(kind)) return 'numeric'
  if (kind === 'instant') return 'report-code report-when'
  if (kind !== 'text') return 'report-code'
  return width >= LONG ? 'report-text report-long' : 'report-text'
}

/** A number leads to its list, if it is not nothing; a code to its dossier. */
function hrefOf({ key, kind }: ReportColumn, { cells, hrefs }: ReportRow): string | undefined {
  const cell = cells[key]
  if (cell === 0) return undefined
  if (hrefs?.[key]) return hrefs[key]
  return kind === 'dossier' && typeof cell === 'string' ? `/ho-so/${encodeURIComponent(cell)}` : undefined
}

function Linked({ href, children }: { href: string | undefined; children: string }): ComponentChildren {
  return href && children !== '' ? <a href={href}>{children}</a> : children
}
