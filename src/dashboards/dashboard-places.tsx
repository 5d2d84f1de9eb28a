import { type Area, AreaMap, HeatLegend } from '#src/charts/area-map.tsx'
import type { Figure } from '#src/charts/figure.tsx'
import { rateHeat } from '#src/charts/heat.ts'
import { HeatMap, type HeatRow } from '#src/charts/heat-map.tsx'
import { countText, percentText } from '#src/charts/number-text.ts'
import type { T } from '#src/platform/text.ts'
import { Card } from '#src/ui/card.tsx'
import { Empty } from '#src/ui/empty.tsx'
import {
  type Counted,
  countsBy,
  countsOf,
  type Dashboard,
  type DashboardAgency,
  lateShare,
  overdueShare,
  sumCounted,
} from './dashboard.ts'
import { dashboardHref, type Links } from './dashboard-links.ts'

export const measures = ['qua-han', 'tre-han'] as const
/** What places are compared by: what is overdue now, or what was solved late in the last 30 days. */
export type PlaceMeasure = (typeof measures)[number]

/** `plain`: without a way to the other measure. */
export type PlacesProps = { t: T; board: Dashboard; links: Links; measure: PlaceMeasure; plain?: boolean }

const measureText = (measure: PlaceMeasure, t: T) =>
  measure === 'qua-han'
    ? t('Đang quá hạn', 'Overdue now')
    : t('Giải quyết quá hạn trong 30 ngày', 'Solved late in 30 days')

const shareIn = (measure: PlaceMeasure, counts: Counted) =>
  measure === 'qua-han' ? overdueShare(counts) : lateShare(counts)
const countIn = (measure: PlaceMeasure, { c10, c13 }: Counted) => (measure === 'qua-han' ? c13 : c10)

/** Of places without any, on a long map. */
const quietText = (measure: PlaceMeasure, places: number, t: T) =>
  measure === 'qua-han'
    ? t(`${places} nơi không có hồ sơ quá hạn`, `${places} places with nothing overdue`)
    : t(`${places} nơi không có hồ sơ giải quyết quá hạn`, `${places} places where nothing was solved late`)

function drillIn({ board, links, measure }: PlacesProps, more: { agency?: string; field?: string | undefined }) {
  if (measure === 'qua-han') return links.drill('c13', more)
  return links.drill('c10', { ...more, from: board.monthFrom, to: board.today })
}

const scaleText = (t: T) => [
  t('không có', 'none'),
  t('đến 2%', 'up to 2%'),
  t('đến 5%', 'up to 5%'),
  t('đến 10%', 'up to 10%'),
  t('đến 20%', 'up to 20%'),
  t('trên 20%', 'over 20%'),
]

/** The communes of the province, or of whoever has several below them. */
export function CommuneMap(props: PlacesProps) {
  const { t, board, measure } = props
  const communes = board.agencies.filter(({ kind }) => kind === 'commune')
  if (communes.length < 2) return null
  const counts = countsBy(board, row => row.agencyId)
  const title = t(`Các xã, phường: ${measureText(measure, t)}`, `Communes: ${measureText(measure, t)}`)
  const figures = communes.map(commune => ({ commune, counts: countsOf(counts, commune.id) }))
  return (
    <Card title={title} aside={<MeasureLink {...props} />}>
      <AreaMap
        t={t}
        title={title}
        areas={figures.map(({ commune, counts: own }) => areaOf(props, commune, own))}
        scale={scaleText(t)}
        quiet={places => quietText(measure, places, t)}
        table={{
          label: t('Xã, phường', 'Commune'),
          heads: [
            t('Đang giải quyết', 'Open'),
            t('Quá hạn', 'Overdue'),
            t('Giải quyết quá hạn, 30 ngày', 'Solved late, 30 days'),
            t('Tỷ lệ', 'Share'),
          ],
          rows: figures.map(({ commune, counts: own }) => ({
            label: commune.shortName,
            href: dashboardHref(commune.code),
            figures: figuresOf(props, commune.code, own),
          })),
        }}
      />
    </Card>
  )
}

function figuresOf({ t, board, links }: PlacesProps, agency: string, counts: Counted): Figure[] {
  const month = { agency, from: board.monthFrom, to: board.today }
  return [
    { text: countText(counts.open, t), href: links.drill('open', { agency }) },
    { text: countText(counts.c13, t), href: links.drill('c13', { agency }) },
    { text: countText(counts.c10, t), href: links.drill('c10', month) },
    { text: percentText(lateShare(counts), t) },
  ]
}

function areaOf(props: PlacesProps, { code, shortName, geometry }: DashboardAgency, counts: Counted): Area {
  const { t, measure } = props
  const [n, share] = [countIn(measure, counts), shareIn(measure, counts)]
  const words = measureText(measure, t).toLowerCase()
  return {
    key: code,
    label: shortName,
    text: countText(n, t),
    said: `${shortName}: ${countText(n, t)} ${words} (${percentText(share, t)})`,
    heat: n === 0 ? 0 : rateHeat(share),
    href: n > 0 ? drillIn(props, { agency: code }) : undefined,
    geometry,
  }
}

/** The other measure of the same places. */
function MeasureLink({ board, measure, t, plain }: PlacesProps) {
  if (plain) return null
  const other = measures.find(one => one !== measure) ?? measure
  const agency = board.isProvince ? undefined : board.agency.code
  return <a href={dashboardHref(agency, other)}>{measureText(other, t)}</a>
}

const ROWS = 12
const COLUMNS = 7

/** Agencies by field, the worst first; fields beyond the worst few stand together in a last column. */
export function FieldHeat(props: PlacesProps) {
  const { t, board, measure } = props
  const alone = board.agencies.length === 1
  const title = alone
    ? t(`Theo lĩnh vực: ${measureText(measure, t)}`, `By field: ${measureText(measure, t)}`)
    : t(`Cơ quan theo lĩnh vực: ${measureText(measure, t)}`, `Agencies by field: ${measureText(measure, t)}`)
  const fields = worst(
    props,
    countsBy(board, row => row.fieldId),
    COLUMNS,
  )
  const rows = worst(
    props,
    countsBy(board, row => row.agencyId),
    ROWS,
  ).map(id => heatRow(props, id, fields))
  const hasOthers = rows.some(({ cells }) => cells.at(-1) !== null)
  const heads = fields.map(id => board.fields.get(id)?.name ?? '')
  return (
    <Card title={title} aside={<MeasureLink {...props} />}>
      {rows.length === 0 && <Empty title={t('Chưa có hồ sơ nào trong 30 ngày', 'No dossiers in 30 days')} />}
      {rows.length > 0 && (
        <>
          <HeatLegend scale={scaleText(t)} />
          <HeatMap
            title={title}
            label={t('Cơ quan', 'Agency')}
            heads={hasOthers ? [...heads, t('Lĩnh vực khác', 'Other fields')] : heads}
            rows={hasOthers ? rows : rows.map(row => ({ ...row, cells: row.cells.slice(0, -1) }))}
          />
          <p class="chart-note">
            {!alone && t('Nơi có nhiều nhất đứng trước. ', 'Those with most come first. ')}
            <a href={alone ? `/bao-cao/theo-linh-vuc?co-quan=${board.agency.code}` : '/bao-cao/theo-co-quan'}>
              {t('Xem đầy đủ trong báo cáo', 'All of them are in the report')}
            </a>
          </p>
        </>
      )}
    </Card>
  )
}

/** Those with most of what is measured, then those with most of anything. */
function worst({ measure }: PlacesProps, places: ReadonlyMap<number, Counted>, most: number): number[] {
  const weight = (counts: Counted) => countIn(measure, counts) * 1e6 + counts.c11 + counts.c10
  const sorted = [...places].sort(([, a], [, b]) => weight(b) - weight(a))
  return sorted.slice(0, most).map(([id]) => id)
}

function heatRow(props: PlacesProps, agencyId: number, fields: readonly number[]): HeatRow {
  const { board } = props
  const agency = board.agencies.find(({ id }) => id === agencyId)
  const own = board.month.filter(row => row.agencyId === agencyId)
  const others = sumCounted(
    own.filter(({ fieldId }) => !fields.includes(fieldId)),
    board,
  )
  return {
    key: String(agencyId),
    label: agency?.shortName ?? '',
    href: board.agencies.length > 1 ? dashboardHref(agency?.code) : undefined,
    cells: [
      ...fields.map(id => {
        const ofField = own.filter(({ fieldId }) => fieldId === id)
        return cellOf(props, sumCounted(ofField, board), agency?.code, id)
      }),
      cellOf(props, others, agency?.code),
    ],
  }
}

/** Without a field: of several, which no one list holds. */
function cellOf(props: PlacesProps, counts: Counted, agency: string | undefined, fieldId?: number) {
  const { t, board, measure } = props
  const share = shareIn(measure, counts)
  if (share === null || !agency) return null
  const n = countIn(measure, counts)
  const whole = measure === 'qua-han' ? counts.c11 : counts.c7
  return {
    text: countText(n, t),
    note: `/ ${countText(whole, t)}`,
    heat: rateHeat(share),
    href:
      n > 0 && fieldId !== undefined ? drillIn(props, { agency, field: board.fields.get(fieldId)?.code }) : undefined,
  }
}
