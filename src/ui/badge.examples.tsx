import type { VNode } from 'preact'
import { StateBadge, TimeLeft } from './badge.tsx'

export const examples: Record<string, () => VNode> = {
  'time left': () => (
    <p>
      <TimeLeft tone="ok" text="Còn 1 ngày 3 giờ" /> <TimeLeft tone="soon" text="Còn 2 giờ 10 phút" />{' '}
      <TimeLeft tone="late" text="Quá hạn 3 giờ" /> <TimeLeft tone="paused" text="Tạm dừng" />{' '}
      <TimeLeft tone="done" text="Xong trước hạn 2 giờ" />
    </p>
  ),
  states: () => (
    <p>
      <StateBadge text="Bản nháp" /> <StateBadge tone="active" text="Đang thẩm định" />{' '}
      <StateBadge tone="done" text="Đã ký số" /> <StateBadge tone="warning" text="Thiếu 1 giấy tờ" />{' '}
      <StateBadge tone="bad" text="Từ chối" />
    </p>
  ),
}
