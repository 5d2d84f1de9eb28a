import type { RefusalTexts } from '#src/platform/refusal.ts'

export const calendarRefusals: RefusalTexts = {
  'calendar-not-found': ['Không có lịch làm việc này.', 'There is no such calendar.'],
  'day-outside-year': ['Ngày {day} không thuộc năm của thông báo.', '{day} is not in the year of the notice.'],
  'day-twice': ['Một ngày chỉ được nêu một lần.', 'A day may be named only once.'],
  'deadline-senseless': ['Thời hạn hoặc khoảng tạm dừng không hợp lý.', 'The term or a pause makes no sense.'],
}
