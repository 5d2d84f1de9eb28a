import type { VNode } from 'preact'
import { Icon } from './icon.tsx'
import { Timeline } from './timeline.tsx'

const entries = [
  { title: 'Bắt đầu thẩm định', at: '19/11 10:20', meta: 'Nguyễn Minh Tuấn, Sở Xây dựng' },
  { title: 'Nhận bổ sung, đồng hồ chạy tiếp', at: '19/11 09:05', meta: 'nộp trực tuyến · hạn mới 20/11 16:30' },
  {
    title: 'Yêu cầu bổ sung (lần 1/1)',
    at: '18/11 10:12',
    dateTime: '2026-11-18T10:12:00+07:00',
    meta: 'Mẫu 02 số 118',
    children: <p>Thiếu bản vẽ mặt cắt.</p>,
  },
  { title: 'Tiếp nhận, cấp giấy hẹn', at: '17/11 14:03', meta: 'Trần Thu Hà · Mẫu 01 số 107' },
]

export const examples: Record<string, () => VNode> = {
  'ledger of a dossier': () => (
    <Timeline entries={entries}>
      <Icon name="lock" /> Chuỗi băm khớp đến 20/11 14:20 · 7 lượt xem hồ sơ · <a href="#seen">ai đã xem?</a>
    </Timeline>
  ),
}
