import { type GeoPath, geoCentroid, geoDistance, geoMercator, geoPath } from 'd3-geo'
import type { MultiPolygon, Point } from 'geojson'
import type { T } from '#src/platform/text.ts'
import { Disclosure } from '#src/ui/details.tsx'
import { ChartFigure, type FigureTable, Mark, Unsaid } from './figure.tsx'
import type { Heat } from './heat.ts'

/** A commune. `text`: its number as written; `said`: the whole of it in words. Without geometry it is a tile. */
export type Area = {
  key: string
  label: string
  text: string
  said: string
  heat: Heat
  href?: string | undefined
  geometry: MultiPolygon | Point | null
}

export type AreaMapProps = {
  t: T
  title: string
  areas: readonly Area[]
  table: FigureTable
  /** What the shades mean, lightest first; the first is "none". */
  scale: readonly string[]
  /** "90 nơi không có hồ sơ quá hạn": what is said of those places of a long list that are folded away. */
  quiet: (places: number) => string
}

type Drawn = Area & { geometry: MultiPolygon | Point }

const WIDTH = 400
const HIGHEST = 360
const MARGIN = 12
/** Radians from the middle of all: some 150 km. Islands farther out would shrink everything else, so they are named beside the map. */
const FAR = 0.024

/** Communes on a map where their borders are known; tiles in the order given for the others, so that none is ever left out. */
export function AreaMap({ t, title, areas, table, scale, quiet }: AreaMapProps) {
  const drawn = nearOnes(areas.filter((area): area is Drawn => area.geometry !== null))
  const onMap = new Set(drawn.map(({ key }) => key))
  const tiles = areas.filter(({ key }) => !onMap.has(key))
  return (
    <ChartFigure t={t} title={title} legend={<HeatLegend scale={scale} />} table={table}>
      {drawn.length > 0 && <Borders title={title} areas={drawn} />}
      {drawn.length > 0 && tiles.length > 0 && (
        <p class="chart-note">{t('Ngoài khung bản đồ:', 'Outside the frame of the map:')}</p>
      )}
      {tiles.length > 0 && <Tiles areas={tiles} quiet={quiet} />}
    </ChartFigure>
  )
}

function nearOnes(areas: readonly Drawn[]): Drawn[] {
  const placed = areas.map(area => ({ area, at: geoCentroid(area.geometry) }))
  const middle = (n: 0 | 1) => placed.map(({ at }) => at[n]).sort((a, b) => a - b)[Math.floor(placed.length / 2)] ?? 0
  const centre: [number, number] = [middle(0), middle(1)]
  return placed.filter(({ at }) => geoDistance(at, centre) <= FAR).map(({ area }) => area)
}

function Borders({ title, areas }: { title: string; areas: readonly Drawn[] }) {
  const geometry = { type: 'GeometryCollection' as const, geometries: areas.map(area => area.geometry) }
  // As wide as the drawing may be, or as high; what is left below is not drawn.
  const box: [[number, number], [number, number]] = [
    [MARGIN, MARGIN],
    [WIDTH - MARGIN, HIGHEST - MARGIN],
  ]
  const projection = geoMercator().fitExtent(box, geometry)
  const [[, top], [, bottom]] = geoPath(projection).bounds(geometry)
  const height = Math.ceil(bottom - top) + 2 * MARGIN
  const path = geoPath(projection).pointRadius(9).digits(1)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture with links in it, not a fieldset
    <svg
      class="chart-svg area-map"
      role="group"
      aria-label={title}
      viewBox={`0 ${Math.floor(top) - MARGIN} ${WIDTH} ${height}`}
    >
      {areas.map(area => (
        <Mark key={area.key} href={area.href} said={area.said}>
          <title>{area.said}</title>
          <path class={`area heat-${area.heat}`} d={path(area.geometry) ?? ''} />
        </Mark>
      ))}
      <Unsaid>
        {areas.map(area => (
          <AreaNumber key={area.key} area={area} path={path} />
        ))}
      </Unsaid>
    </svg>
  )
}

/** A number that does not fit into its commune would be read as its neighbour's; the table has them all. */
function AreaNumber({ area, path }: { area: Drawn; path: GeoPath }) {
  const room = area.geometry.type === 'Point' ? 40 : Math.sqrt(path.area(area.geometry))
  if (area.heat === 0 || room < 10 + 5 * area.text.length) return null
  const [x, y] = path.centroid(area.geometry)
  return (
    <text class="area-text" x={x} y={y + 4}>
      {area.text}
    </text>
  )
}

/** A province has a hundred communes: past this many, those without anything are folded away. */
const MANY = 40

function Tiles({ areas, quiet }: Pick<AreaMapProps, 'areas' | 'quiet'>) {
  const folded = areas.length > MANY ? areas.filter(({ heat }) => heat === 0) : []
  const shown = areas.filter(area => !folded.includes(area))
  return (
    <>
      <TileList areas={shown} />
      {folded.length > 0 && (
        <Disclosure summary={quiet(folded.length)}>
          <TileList areas={folded} />
        </Disclosure>
      )}
    </>
  )
}

function TileList({ areas }: { areas: readonly Area[] }) {
  return (
    <ul class="tiles">
      {areas.map(({ key, heat, label, text, href }) => {
        const content = (
          <>
            <span>{label}</span> <strong>{text}</strong>
          </>
        )
        return (
          <li key={key} class={`tile heat-${heat}`}>
            {href ? <a href={href}>{content}</a> : content}
          </li>
        )
      })}
    </ul>
  )
}

/** What the shades of a map or heat map mean. */
export function HeatLegend({ scale }: { scale: readonly string[] }) {
  return (
    <ul class="chart-legend heat-legend">
      {scale.map((words, n) => (
        <li key={words} class={`heat-${n}`}>
          {words}
        </li>
      ))}
    </ul>
  )
}
