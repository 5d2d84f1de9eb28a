import type { VNode } from 'preact'
import type { T } from '#src/platform/text.ts'
import { Card } from './card.tsx'
import { MonthGrid, MonthList } from './month-grid.tsx'

const t: T = vi => vi

export const examples: Record<string, () => VNode> = {
  'month with days off and a day worked': () => (
    <Card title="Tháng 2" aside="15 ngày làm việc">
      <MonthGrid
        t={t}
        caption="Tháng 2 năm 2026"
        startsOn={7}
        days={Array.from({ length: 28 }, (_, n) => ({
          number: n + 1,
          kind: n >= 15 && n < 20 ? 'off' : n === 27 ? 'swapped' : n % 7 === 0 || n % 7 === 6 ? 'rest' : 'work',
          note: n >= 15 && n < 20 ? 'Tết Nguyên đán' : undefined,
        }))}
      />
      <MonthList>
        <li>16–20/02: Tết Nguyên đán</li>
      </MonthList>
    </Card>
  ),
}
