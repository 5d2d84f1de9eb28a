// biome-ignore-all lint/a11y/noRedundantRoles: display:block on narrow screens takes the native roles away
import type { ComponentChildren } from 'preact'
import { Empty } from './empty.tsx'

export type Column<Row> = {
  key: string
  head: string
  cell: (row: Row) => ComponentChildren
  /** A smaller second line. */
  sub?: (row: Row) => ComponentChildren
  /** Right-aligned figures. */
  numeric?: boolean
  /** Names the row for assistive technology and carries the row's link. The first column unless another says so. */
  rowHeader?: boolean
  /** Kept on one line where there is room: codes, dates, badges. */
  nowrap?: boolean
  /** The head is read but not shown. */
  headHidden?: boolean
}

export type DataTableProps<Row> = {
  /** What the table lists; required, may be hidden. */
  caption: string
  captionHidden?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey?: (row: Row) => string | number
  /** Where a row leads: the row's header cell becomes the link. */
  rowHref?: (row: Row) => string
  /** Less air, for officers and for tables inside cards. */
  dense?: boolean
  /** Without its own frame, inside a card. */
  bare?: boolean
  /** Many columns of figures: scrolls sideways, by keyboard too, instead of becoming cards. */
  wide?: boolean
  /** Shown instead of the table when there are no rows. */
  empty?: string
  /** Name of the island that moves between rows by keyboard. */
  island?: string
}

/** A table that becomes one card a row on narrow screens; the roles keep it a table for assistive technology then. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, captionHidden, columns, rows, rowKey, dense, bare, wide, empty, island } = props
  if (rows.length === 0 && empty) return <Empty title={empty} />
  const headerKey = columns.find(column => column.rowHeader)?.key ?? columns[0]?.key
  return (
    <div
      class={`table${wide ? ' table-wide' : ' table-cards'}${dense ? ' table-dense' : ''}${bare ? ' table-bare' : ''}`}
      {...(wide && { role: 'region', 'aria-label': caption, tabIndex: 0 })}
    >
      <table role="table" data-island={island}>
        <caption class={captionHidden ? 'sr-only' : undefined}>{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(column => (
              <th key={column.key} role="columnheader" scope="col" class={column.numeric ? 'numeric' : undefined}>
                {column.headHidden ? <span class="sr-only">{column.head}</span> : column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row, n) => (
            <tr key={rowKey?.(row) ?? n} role="row" class={props.rowHref ? 'row-linked' : undefined}>
              {columns.map(column => (
                <Cell
                  key={column.key}
                  column={column}
                  row={row}
                  href={column.key === headerKey ? props.rowHref?.(row) : undefined}
                  isHeader={column.key === headerKey}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type CellProps<Row> = { column: Column<Row>; row: Row; href: string | undefined; isHeader: boolean }

function Cell<Row>({ column, row, href, isHeader }: CellProps<Row>) {
  const content = column.cell(row)
  const sub = column.sub?.(row)
  const inside = (
    <>
      {href === undefined ? (
        content
      ) : (
        <a class="row-link" href={href}>
          {content}
        </a>
      )}
      {sub && <span class="cell-sub">{sub}</span>}
    </>
  )
  const className = cellClass(column, false)
  if (isHeader) {
    return (
      <th role="rowheader" scope="row" class={className}>
        {inside}
      </th>
    )
  }
  const blank = content === undefined || content === null || content === ''
  return (
    <td role="cell" class={cellClass(column, blank)} data-label={column.headHidden ? undefined : column.head}>
      {inside}
    </td>
  )
}

function cellClass<Row>(column: Column<Row>, blank: boolean): string | undefined {
  return (
    [column.numeric && 'numeric', column.nowrap && 'nowrap', blank && 'blank'].filter(Boolean).join(' ') || undefined
  )
}
