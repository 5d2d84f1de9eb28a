import type { VNode } from 'preact'
import type { T } from '#src/platform/text.ts'
import { type Area, AreaMap } from './area-map.tsx'
import { BarChart, type BarRow } from './bar-chart.tsx'
import { type Heat, rateHeat } from './heat.ts'
import { HeatMap } from './heat-map.tsx'
import { LineChart } from './line-chart.tsx'
import { countText, percentText } from './number-text.ts'

const t: T = vi => vi
const figure = (n: number, href?: string) => ({ text: countText(n, t), href })

const bars: BarRow[] = (
  [
    ['Sở Nông nghiệp và Môi trường', 1_204, 37],
    ['Sở Xây dựng', 640, 12],
    ['UBND phường Mỹ Tho', 85, 0],
  ] as const
).map(([label, open, late]) => ({
  key: label,
  label,
  href: `#${late}`,
  values: { open, late },
  figures: { open: figure(open, '#open'), late: figure(late, '#late') },
}))
const series = [
  { key: 'open', label: 'Trong hạn', tone: 'main' as const },
  { key: 'late', label: 'Quá hạn', tone: 'late' as const },
]

const weeks = [210, 230, 190, 250, 240, 260].map((received, n) => ({
  key: String(n),
  label: `${2 + 7 * n}/11`,
  name: `Tuần từ ${2 + 7 * n}/11`,
  href: `#w${n}`,
  values: { received, solved: received - 12, overdue: 4 + n },
  figures: { received: figure(received, '#r'), solved: figure(received - 12), overdue: figure(4 + n) },
}))

const names = ['Phường Mỹ Tho', 'Phường Đạo Thạnh', 'Xã Thanh Bình', 'Xã Tân Long']
const areas: Area[] = names.map((label, n) => ({
  key: label,
  label,
  text: String(n * 3),
  said: `${label}: ${n * 3} hồ sơ quá hạn`,
  heat: rateHeat(n * 7),
  href: `#${n}`,
  geometry: null,
}))
const square = (lon: number, lat: number): Area['geometry'] => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [lon, lat],
        [lon, lat + 0.2],
        [lon + 0.2, lat + 0.2],
        [lon + 0.2, lat],
        [lon, lat],
      ],
    ],
  ],
})
const table = {
  label: 'Xã, phường',
  heads: ['Quá hạn'],
  rows: areas.map(area => ({ label: area.label, figures: [{ text: area.text, href: area.href }] })),
}
const scale = ['không', 'ít', 'vừa', 'khá nhiều', 'nhiều', 'nhiều nhất']
const quiet = (places: number) => `${places} nơi không có hồ sơ quá hạn`
const map = { t, title: 'Hồ sơ quá hạn theo xã', table, scale, quiet }
const cell = (share: number, heat: Heat) => ({ text: percentText(share, t), heat, href: '#list', note: '3/40' })

export const examples: Record<string, () => VNode> = {
  'stacked bars': () => <BarChart t={t} id="a" title="Đang giải quyết" label="Cơ quan" series={series} rows={bars} />,
  'grouped bars': () => (
    <BarChart t={t} id="b" title="So sánh" label="Cơ quan" series={series} rows={bars} layout="grouped" />
  ),
  funnel: () => <BarChart t={t} id="c" title="Theo bước" label="Bước" series={series} rows={bars} layout="centred" />,
  'bars of one kind without lists': () => (
    <BarChart
      t={t}
      id="d"
      title="Đang mở"
      label="Cơ quan"
      series={series.slice(0, 1)}
      rows={bars.map(row => ({ ...row, href: undefined }))}
    />
  ),
  'weeks as lines': () => (
    <LineChart
      t={t}
      title="Diễn biến theo tuần"
      label="Tuần"
      series={[
        { key: 'received', label: 'Tiếp nhận' },
        { key: 'solved', label: 'Giải quyết' },
        { key: 'overdue', label: 'Quá hạn cuối tuần' },
      ]}
      points={weeks}
    />
  ),
  'one point, and nothing at all': () => (
    <LineChart
      t={t}
      title="Một tuần"
      label="Tuần"
      series={[{ key: 'late', label: 'Quá hạn' }]}
      points={weeks.slice(0, 1)}
    />
  ),
  'heat map': () => (
    <HeatMap
      title="Tỷ lệ trễ"
      label="Cơ quan"
      heads={['Đất đai', 'Hộ tịch']}
      rows={[
        { key: '1', label: 'Sở Xây dựng', href: '#so', cells: [cell(0, rateHeat(0)), cell(7.5, rateHeat(7.5))] },
        { key: '2', label: 'UBND xã Thanh Bình', cells: [cell(31, rateHeat(31)), null] },
      ]}
    />
  ),
  'communes as tiles': () => <AreaMap {...map} areas={areas} />,
  'communes on a map, one without a border, one far out at sea': () => (
    <AreaMap
      {...map}
      areas={areas.map((area, n) => ({
        ...area,
        geometry: [square(105, 10), square(105.2, 10), null, square(112, 9)][n] ?? null,
      }))}
    />
  ),
  'communes as points': () => (
    <AreaMap
      {...map}
      areas={areas.map((area, n) => ({
        ...area,
        geometry: { type: 'Point', coordinates: [105 + n / 10, 10 + (n % 2) / 10] },
      }))}
    />
  ),
}
