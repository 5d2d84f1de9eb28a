import type { RefusalTexts } from '#src/platform/refusal.ts'

export const warningsRefusals: RefusalTexts = {
  'warning-rule-unknown': ['Không có quy tắc cảnh báo này.', 'There is no such warning rule.'],
  'warning-rule-past': ['Ngày áp dụng phải từ ngày mai trở đi.', 'A change applies from tomorrow at the earliest.'],
  'warning-rule-later': [
    'Đã có thay đổi áp dụng từ ngày đó hoặc sau đó.',
    'There is a change from that day or later already.',
  ],
  'warning-rule-share': [
    'Tỷ lệ phần trăm (tối đa 100) chỉ dùng để báo trước hạn của bước xử lý.',
    'A percentage (100 at most) is for warning ahead of a step’s time only.',
  ],
  'warning-rule-ahead': ['Báo trước phải trước ít nhất một phần giờ.', 'A warning ahead needs some time ahead.'],
  'warning-rule-far': ['Ngày áp dụng phải trong vòng một năm tới.', 'A change applies within a year.'],
  'watch-setting-unknown': ['Không có mức này.', 'There is no such setting.'],
  'watch-setting-range': ['Giá trị phải từ {min} đến {max}.', 'The value must be from {min} to {max}.'],
}
