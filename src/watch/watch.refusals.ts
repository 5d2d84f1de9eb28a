import type { RefusalTexts } from '#src/platform/refusal.ts'

export const watchRefusals: RefusalTexts = {
  'reminder-not-found': ['Không tìm thấy phiếu đôn đốc này.', 'There is no such reminder slip.'],
  'reminder-answered': ['Phiếu đôn đốc này đã được trả lời.', 'This reminder slip has been answered.'],
  'reminder-dossier-unknown': ['Không tìm thấy hồ sơ {ref}.', 'There is no dossier {ref}.'],
  'reminder-dossier-ended': [
    'Hồ sơ {ref} đã kết thúc, không cần đôn đốc.',
    'Dossier {ref} has ended and needs no reminder.',
  ],
  'reminder-agency-apart': [
    'Cơ quan này không tham gia giải quyết hồ sơ {ref}.',
    'That agency takes no part in dossier {ref}.',
  ],
  'reminder-own-agency': [
    'Phiếu đôn đốc gửi cho cơ quan khác; trong cơ quan, ông/bà giao việc trực tiếp.',
    'A reminder slip goes to another agency; within your own, give the work out directly.',
  ],
  'warning-rule-unknown': ['Không có quy tắc cảnh báo này.', 'There is no such warning rule.'],
  'warning-rule-past': ['Ngày áp dụng phải từ ngày mai trở đi.', 'A change applies from tomorrow at the earliest.'],
  'warning-rule-later': [
    'Quy tắc này đã có thay đổi áp dụng từ ngày đó hoặc sau đó.',
    'This rule has a change from that day or later already.',
  ],
  'warning-rule-share': [
    'Tỷ lệ phần trăm (tối đa 100) chỉ dùng để báo trước hạn của bước xử lý.',
    'A percentage (100 at most) is for warning ahead of a step’s time only.',
  ],
  'warning-rule-ahead': ['Báo trước phải trước ít nhất một phần giờ.', 'A warning ahead needs some time ahead.'],
  'anomaly-period': [
    'Khoảng thời gian phải từ 1 đến {days} ngày.',
    'The period must be between 1 and {days} days long.',
  ],
}
