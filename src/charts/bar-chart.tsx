import { scaleLinear } from 'd3-scale'
import type { T } from '#src/platform/text.ts'
import { ChartFigure, type Figure, Hatch, Legend, Mark, type Tone, Unsaid } from './figure.tsx'

export type BarSeries = { key: string; label: string; tone: Tone }
/** `values` by series; `figures`: the same as written, with their lists. `href`: where the row as a whole leads. */
export type BarRow = {
  key: string
  label: string
  href?: string | undefined
  values: Readonly<Record<string, number>>
  figures: Readonly<Record<string, Figure>>
}

export type BarChartProps = {
  t: T
  /** Unique on its page. */
  id: string
  title: string
  /** Head of the column that names the rows. */
  label: string
  series: readonly BarSeries[]
  rows: readonly BarRow[]
  /** Stacked: parts of one whole, end to end. Grouped: side by side, to be compared. Centred: stacked about the middle, as a funnel. */
  layout?: 'stacked' | 'grouped' | 'centred'
}

const WIDTH = 400
const BAR = 14
const HEAD = 22
const GAP = 10
/** Letters of a label that fit above a bar at the size telephones show them. */
const LETTERS = 38

/** Lying bars with their names above them, so that long names are read on a telephone too. */
export function BarChart(props: BarChartProps) {
  const { t, id, title, label, series, rows } = props
  const legend = series.length > 1 && <Legend id={id} items={series} />
  return (
    <ChartFigure
      t={t}
      title={title}
      legend={legend}
      table={{
        label,
        heads: series.map(one => one.label),
        rows: rows.map(row => ({
          label: row.label,
          href: row.href,
          figures: series.map(({ key }) => row.figures[key] ?? { text: '0' }),
        })),
      }}
    >
      <Bars {...props} />
    </ChartFigure>
  )
}

function Bars({ id, title, series, rows, layout = 'stacked' }: BarChartProps) {
  const rowHeight = HEAD + GAP + BAR * (layout === 'grouped' ? series.length : 1)
  const sums = rows.map(row => {
    const values = series.map(({ key }) => row.values[key] ?? 0)
    return layout === 'grouped' ? Math.max(...values) : values.reduce((sum, value) => sum + value, 0)
  })
  const x = scaleLinear([0, Math.max(1, ...sums)], [0, WIDTH])
  const height = rows.length * rowHeight
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture with links in it, not a fieldset
    <svg class="chart-svg" role="group" aria-label={title} viewBox={`0 0 ${WIDTH} ${height}`}>
      <Hatch id={id} />
      {rows.map((row, n) => (
        <g key={row.key} transform={`translate(0 ${n * rowHeight})`}>
          <Mark href={row.href} said={saidOf(row, series)}>
            <rect class="chart-band" width={WIDTH} height={rowHeight - 2} />
            {partsOf({ row, series, layout, x }).map(({ key, ...part }) => (
              <Part key={key} id={id} {...part} />
            ))}
          </Mark>
          <Unsaid>
            <text class="chart-label" x="0" y="16">
              {cut(row.label)}
            </text>
            <text class="chart-value" x={WIDTH} y="16">
              {written(row, series)}
            </text>
          </Unsaid>
        </g>
      ))}
    </svg>
  )
}

const cut = (label: string) => (label.length > LETTERS ? `${label.slice(0, LETTERS - 1).trimEnd()}…` : label)

const written = (row: BarRow, series: readonly BarSeries[]) =>
  series.map(({ key }) => row.figures[key]?.text ?? '0').join(' · ')

/** `Sở Xây dựng: trong hạn 12, quá hạn 3` */
function saidOf(row: BarRow, series: readonly BarSeries[]): string {
  return `${row.label}: ${series.map(({ key, label }) => `${label} ${row.figures[key]?.text ?? '0'}`).join(', ')}`
}

type LaidPart = { key: string; tone: Tone; x: number; y: number; width: number }
type Laying = { row: BarRow; series: readonly BarSeries[]; layout: string; x: (value: number) => number }

function partsOf({ row, series, layout, x }: Laying): LaidPart[] {
  const whole = series.reduce((sum, { key }) => sum + (row.values[key] ?? 0), 0)
  let before = layout === 'centred' ? (WIDTH - x(whole)) / 2 : 0
  return series.map(({ key, tone }, n) => {
    const width = x(row.values[key] ?? 0)
    const part = { key, tone, x: before, y: HEAD + (layout === 'grouped' ? n * BAR : 0), width }
    if (layout !== 'grouped') before += width
    return part
  })
}

function Part({ id, tone, x, y, width }: Omit<LaidPart, 'key'> & { id: string }) {
  const box = { x, y, width, height: BAR - 2 }
  return (
    <>
      <rect class={`tone-${tone}`} {...box} />
      {tone === 'late' && <rect fill={`url(#${id}-hatch)`} {...box} />}
    </>
  )
}
