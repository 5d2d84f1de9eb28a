import type { RefusalTexts } from '#src/platform/refusal.ts'

export const calendarRefusals: RefusalTexts = {
  'calendar-not-found': ['Không có lịch làm việc này.', 'There is no such calendar.'],
  'day-outside-year': ['Ngày {day} không thuộc năm của thông báo.', '{day} is not in the year of the notice.'],
  'day-twice': ['Ngày {day} được nêu hai lần.', '{day} is named twice.'],
  'calendar-admin-only': [
    'Chỉ người quản trị được lập lịch làm việc.',
    'Only an administrator may make a working calendar.',
  ],
  'calendar-name-taken': ['Đã có lịch làm việc mang tên này.', 'There is a working calendar of this name already.'],
  'calendar-monday-needed': [
    'Cần có giờ làm việc của thứ Hai: ngày làm bù được làm theo giờ này.',
    'Monday needs hours: days worked in exchange are worked by them.',
  ],
  'deadline-senseless': ['Thời hạn hoặc khoảng tạm dừng không hợp lý.', 'The term or a pause makes no sense.'],
}
