import type { RefusalTexts } from '#src/platform/refusal.ts'

export const agenciesRefusals: RefusalTexts = {
  'agency-not-found': ['Không tìm thấy cơ quan này.', 'There is no such agency.'],
  'agency-admin-only': ['Việc này chỉ người quản trị được làm.', 'Only an administrator may do this.'],
  'agency-code-taken': ['Mã cơ quan này đã được dùng.', 'This agency code is taken.'],
  'agency-parent-unknown': ['Không có cơ quan cấp trên mang mã này.', 'There is no parent agency with this code.'],
  'agency-dates-reversed': ['Ngày kết thúc phải sau ngày bắt đầu.', 'The end must be after the beginning.'],
  'calendar-unknown': ['Không có lịch làm việc này.', 'There is no such working calendar.'],
  'service-point-name-taken': [
    'Cơ quan đã có điểm tiếp nhận mang tên này.',
    'The agency has a service point of this name already.',
  ],
  'service-point-not-found': ['Không tìm thấy điểm tiếp nhận này.', 'There is no such service point.'],
  'counter-name-taken': [
    'Điểm tiếp nhận đã có quầy mang tên này.',
    'The service point has a counter of this name already.',
  ],
}
