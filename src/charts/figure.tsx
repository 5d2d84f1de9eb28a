import type { ComponentChildren } from 'preact'
import type { T } from '#src/platform/text.ts'
import { Disclosure } from '#src/ui/details.tsx'
import { type Column, DataTable } from '#src/ui/table.tsx'

/** A number as it is written, and the list behind it. */
export type Figure = { text: string; href?: string | undefined }

/** The same numbers as a table: for those who cannot see the picture, and to copy. */
export type FigureTable = {
  /** Of the column that names the rows. */
  label: string
  heads: readonly string[]
  rows: readonly { label: string; href?: string | undefined; figures: readonly Figure[] }[]
}

/** Colour and pattern of a part: the usual, beside it, good, about to be bad, bad. */
export type Tone = 'main' | 'calm' | 'ok' | 'soon' | 'late'

export type ChartFigureProps = {
  t: T
  /** What it shows, for assistive technology; the card around it has a heading of its own. */
  title: string
  legend?: ComponentChildren
  children: ComponentChildren
  table: FigureTable
}

/** A picture of numbers, and the numbers. */
export function ChartFigure({ t, title, legend, children, table }: ChartFigureProps) {
  return (
    <figure class="chart">
      {legend}
      {children}
      <Disclosure summary={t('Xem bằng số', 'As numbers')}>
        <FiguresTable caption={title} table={table} />
      </Disclosure>
    </figure>
  )
}

/** The table alone. */
export function FiguresTable({ caption, table }: { caption: string; table: FigureTable }) {
  type Row = FigureTable['rows'][number]
  const columns: Column<Row>[] = [
    {
      key: 'label',
      head: table.label,
      cell: ({ label, href }) => (href ? <a href={href}>{label}</a> : label),
      rowHeader: true,
    },
    ...table.heads.map((head, n) => ({
      key: String(n),
      head,
      numeric: true,
      cell: ({ figures }: Row) => <FigureText figure={figures[n]} of={head} />,
    })),
  ]
  return <DataTable caption={caption} captionHidden columns={columns} rows={table.rows} dense bare wide />
}

/** A number that leads to its list, if it has one and is not nothing. */
export function FigureText({ figure, of }: { figure: Figure | undefined; of?: string }) {
  if (!figure) return null
  if (!figure.href || figure.text === '0') return <>{figure.text}</>
  return (
    <a href={figure.href}>
      {figure.text}
      {of && <span class="sr-only"> {of}</span>}
    </a>
  )
}

/** Hatching over what is late, so that it is told apart without colour. `id`: of the chart, unique on its page. */
export function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}-hatch`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path class="chart-hatch" d="M0 0V6" />
      </pattern>
    </defs>
  )
}

/** What each colour and pattern stands for. */
export function Legend({ id, items }: { id: string; items: readonly { label: string; tone: Tone }[] }) {
  return (
    <ul class="chart-legend">
      {items.map(({ label, tone }) => (
        <li key={label}>
          <svg viewBox="0 0 16 12" aria-hidden="true">
            <rect class={`tone-${tone}`} width="16" height="12" />
            {tone === 'late' && <rect width="16" height="12" fill={`url(#${id}-hatch)`} />}
          </svg>
          {label}
        </li>
      ))}
    </ul>
  )
}

/** A part of a drawing that leads to its list, or at least says what it shows. */
export function Mark({
  href,
  said,
  children,
}: {
  href: string | undefined
  said: string
  children: ComponentChildren
}) {
  if (href) {
    return (
      <a href={href} aria-label={said}>
        {children}
      </a>
    )
  }
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a group of a drawing takes no part in anything
    <g role="img" aria-label={said}>
      {children}
    </g>
  )
}

/** A part of a drawing that is told elsewhere: axes, the lines between points that are read one by one. */
export function Unsaid({ class: className, children }: { class?: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of a drawing takes no focus
    <g class={className} aria-hidden="true">
      {children}
    </g>
  )
}
