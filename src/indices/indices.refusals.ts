import type { RefusalTexts } from '#src/platform/refusal.ts'

export const indicesRefusals: RefusalTexts = {
  'index-set-unknown': ['Không có bộ chỉ số này.', 'There is no such index set.'],
  'index-set-past': ['Ngày áp dụng phải từ ngày mai trở đi.', 'A change applies from tomorrow at the earliest.'],
  'index-set-far': ['Ngày áp dụng phải trong vòng một năm tới.', 'A change applies within a year.'],
  'index-set-later': [
    'Đã có phiên bản áp dụng từ ngày đó hoặc sau đó.',
    'There is a version from that day or later already.',
  ],
  'index-agency-unknown': [
    'Không có cơ quan này trong phạm vi của ông/bà.',
    'There is no such agency within your reach.',
  ],
  'index-indicator-unknown': [
    'Chỉ số này không nhập bằng tay, hoặc không có trong bộ chỉ số của kỳ.',
    'This indicator is not entered by hand, or is not in the set of that period.',
  ],
  'index-value-early': ['Kỳ này chưa bắt đầu.', 'This period has not begun yet.'],
  'index-value-too-much': ['Số đạt được nhiều nhất là {max}.', 'The number reached is at most {max}.'],
  'rating-unknown': [
    'Không có phiếu đánh giá của hồ sơ này. Phiếu được lập sau khi hồ sơ có kết quả.',
    'There is no rating of this dossier. One is made once its result is there.',
  ],
}
