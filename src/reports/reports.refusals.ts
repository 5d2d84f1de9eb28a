import type { RefusalTexts } from '#src/platform/refusal.ts'

export const reportsRefusals: RefusalTexts = {
  'book-agency-unknown': [
    'Hãy chọn cơ quan có tiếp nhận hồ sơ trong danh mục.',
    'Choose an agency that receives dossiers from the list.',
  ],
  'book-crosses-form-sets': [
    'Kỳ này đi qua ngày đổi mẫu sổ ({day}). Xin tải riêng từng phần, trước và từ ngày đó.',
    'This period crosses the day on which the form changed ({day}). Download each part on its own.',
  ],
  'book-too-long': [
    'Kỳ này có hơn {max} hồ sơ nên không in được một lần. Xin chọn kỳ ngắn hơn, hoặc tải bảng tính.',
    'This period has more than {max} dossiers and cannot be printed at once. Choose a shorter one, or the spreadsheet.',
  ],
  'report-period-reversed': ['Đến ngày phải từ “từ ngày” trở đi.', 'The last day must not be before the first.'],
  'report-period-to-come': ['Kỳ báo cáo này chưa bắt đầu.', 'This period has not begun yet.'],
  'report-instant-to-come': [
    'Thời điểm tính số liệu không được ở tương lai.',
    'The instant to count as of must not be in the future.',
  ],
  'report-instant-before-period': [
    'Thời điểm tính số liệu không được trước ngày đầu kỳ.',
    'The instant to count as of must not be before the period begins.',
  ],
  'report-period-unknown': [
    'Không có kỳ báo cáo mang mã này. Xin chọn kỳ khác hoặc nhập ngày.',
    'There is no period of this code. Choose another, or enter days.',
  ],
  'report-period-twice': [
    'Xin chọn kỳ báo cáo hoặc nhập ngày, không dùng cả hai.',
    'Give either the period or its days, not both.',
  ],
  'report-agency-unknown': ['Không có cơ quan mang mã này.', 'There is no agency of this code.'],
  'report-filter-unknown': [
    'Mục lọc này không có trong phạm vi báo cáo.',
    'There is no such thing in the scope of the report.',
  ],
}
