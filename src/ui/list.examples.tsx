import type { VNode } from 'preact'
import type { T } from '#src/platform/text.ts'
import { FilterChips, Pager, SearchBox } from './list.tsx'

const t: T = vi => vi

export const examples: Record<string, () => VNode> = {
  pager: () => <Pager t={t} prevHref="?before=a" nextHref="?after=b" note="51–100" />,
  chips: () => (
    <FilterChips
      label="Lọc hồ sơ"
      chips={[
        { href: '?', label: 'Tất cả', count: 14, current: true },
        { href: '?due=late', label: 'Quá hạn', count: 2, tone: 'late' },
        { href: '?due=today', label: 'Hôm nay', count: 3, tone: 'soon' },
        { href: '?state=supplement', label: 'Chờ bổ sung' },
        { href: '?ky=2026-M03', label: 'Tháng 3/2026', note: '15/02 – 14/03/2026' },
      ]}
    />
  ),
  'search box': () => (
    <SearchBox t={t} action="/search" label="Tìm hồ sơ" value="0042" keep={{ due: 'late' }} shortcut />
  ),
  'large search box': () => <SearchBox t={t} action="/procedures" label="Tìm thủ tục" large />,
}
