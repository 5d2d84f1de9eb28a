import type { VNode } from 'preact'
import type { T } from '#src/platform/text.ts'
import { DeadlineBar } from './deadline-bar.tsx'

const t: T = vi => vi

export const examples: Record<string, () => VNode> = {
  running: () => (
    <DeadlineBar
      t={t}
      id="running"
      segments={[
        { kind: 'used', minutes: 300 },
        { kind: 'left', minutes: 660 },
      ]}
    />
  ),
  'paused twice, due soon': () => (
    <DeadlineBar
      t={t}
      id="paused"
      tone="soon"
      segments={[
        { kind: 'used', minutes: 500 },
        { kind: 'paused', minutes: 9000, note: 'bổ sung, 2–24/11' },
        { kind: 'used', minutes: 700 },
        { kind: 'paused', minutes: 900, note: 'nghĩa vụ tài chính' },
        { kind: 'left', minutes: 120 },
      ]}
    >
      22 giờ làm việc theo quy định · <a href="#why">Vì sao?</a>
    </DeadlineBar>
  ),
  overdue: () => (
    <DeadlineBar
      t={t}
      id="overdue"
      segments={[
        { kind: 'used', minutes: 1440 },
        { kind: 'over', minutes: 180 },
      ]}
    />
  ),
}
