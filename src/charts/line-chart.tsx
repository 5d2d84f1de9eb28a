import { scaleLinear, scalePoint } from 'd3-scale'
import { line } from 'd3-shape'
import type { T } from '#src/platform/text.ts'
import { ChartFigure, type Figure, Mark, Unsaid } from './figure.tsx'
import { countText } from './number-text.ts'

/** At most three: each has a dash and a mark of its own. */
export type LineSeries = { key: string; label: string }
export type LinePoint = {
  key: string
  /** On the axis: "16/11". */
  label: string
  /** Spoken: "Tuần từ 16/11". */
  name: string
  href?: string | undefined
  values: Readonly<Record<string, number>>
  figures: Readonly<Record<string, Figure>>
}

export type LineChartProps = {
  t: T
  title: string
  /** Head of the column that names the points. */
  label: string
  series: readonly LineSeries[]
  points: readonly LinePoint[]
}

const WIDTH = 400
const HEIGHT = 190
const LEFT = 38
const RIGHT = 10
const TOP = 10
const FLOOR = 160

/** How numbers went over time; a band for each point leads to its list. */
export function LineChart(props: LineChartProps) {
  const { t, title, label, series, points } = props
  return (
    <ChartFigure
      t={t}
      title={title}
      legend={<LineLegend series={series} />}
      table={{
        label,
        heads: series.map(one => one.label),
        rows: points.map(point => ({
          label: point.name,
          figures: series.map(({ key }) => point.figures[key] ?? { text: '0' }),
        })),
      }}
    >
      <Lines {...props} />
    </ChartFigure>
  )
}

function Lines({ t, title, series, points }: LineChartProps) {
  const x = scalePoint(
    points.map(({ key }) => key),
    [LEFT, WIDTH - RIGHT],
  ).padding(0.5)
  const most = Math.max(1, ...points.flatMap(point => series.map(({ key }) => point.values[key] ?? 0)))
  const y = scaleLinear([0, most], [FLOOR, TOP]).nice(4)
  const ticks = y.ticks(4).filter(Number.isInteger)
  const every = Math.ceil(points.length / 6)
  const at = (point: LinePoint) => x(point.key) ?? 0
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture with links in it, not a fieldset
    <svg class="chart-svg" role="group" aria-label={title} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
      {ticks.map(tick => (
        <Unsaid key={tick}>
          <path class="chart-grid" d={`M${LEFT} ${y(tick)}H${WIDTH - RIGHT}`} />
          <text class="chart-tick chart-tick-y" x={LEFT - 6} y={y(tick) + 4}>
            {countText(tick, t)}
          </text>
        </Unsaid>
      ))}
      {points.map((point, n) => (
        <Band
          key={point.key}
          point={point}
          series={series}
          x={at(point)}
          width={x.step()}
          isTold={(points.length - 1 - n) % every === 0}
        />
      ))}
      {series.map(({ key }, n) => {
        const path = line<LinePoint>(at, point => y(point.values[key] ?? 0))(points)
        return (
          <Unsaid key={key} class={`chart-line line-${n + 1}`}>
            <path class="chart-line-path" d={path ?? ''} />
            {points.map(point => (
              <path key={point.key} d={markAt(n, at(point), y(point.values[key] ?? 0))} />
            ))}
          </Unsaid>
        )
      })}
    </svg>
  )
}

type BandProps = { point: LinePoint; series: readonly LineSeries[]; x: number; width: number; isTold: boolean }

function Band({ point, series, x, width, isTold }: BandProps) {
  const said = series.map(({ key, label }) => `${label} ${point.figures[key]?.text ?? '0'}`).join(', ')
  return (
    <>
      <Mark href={point.href} said={`${point.name}: ${said}`}>
        <rect class="chart-band" x={x - width / 2} y={TOP} width={width} height={HEIGHT - TOP} />
      </Mark>
      {isTold && (
        <Unsaid>
          <text class="chart-tick" x={x} y={FLOOR + 20}>
            {point.label}
          </text>
        </Unsaid>
      )}
    </>
  )
}

/** A round mark, a square, a triangle: lines are told apart without colour. */
function markAt(n: number, x: number, y: number): string {
  if (n === 0) return `M${x - 3.5} ${y}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0`
  if (n === 1) return `M${x - 3} ${y - 3}h6v6h-6z`
  return `M${x} ${y - 4}l4 7h-8z`
}

function LineLegend({ series }: { series: readonly LineSeries[] }) {
  return (
    <ul class="chart-legend">
      {series.map(({ key, label }, n) => (
        <li key={key}>
          <svg class="legend-line" viewBox="0 0 32 12" aria-hidden="true">
            <g class={`chart-line line-${n + 1}`}>
              <path class="chart-line-path" d="M0 6H32" />
              <path d={markAt(n, 16, 6)} />
            </g>
          </svg>
          {label}
        </li>
      ))}
    </ul>
  )
}
