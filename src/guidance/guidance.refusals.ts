import type { RefusalTexts } from '#src/platform/refusal.ts'

export const guidanceRefusals: RefusalTexts = {
  'guidance-procedure-unknown': [
    'Không có thủ tục đang có hiệu lực mang mã này.',
    'No procedure in force has this code.',
  ],
  'guidance-field-unknown': ['Không có lĩnh vực này.', 'There is no such field.'],
  'guidance-point-elsewhere': [
    'Điểm tiếp nhận này không thuộc cơ quan của ông/bà.',
    'This service point is not one of your agency.',
  ],
  'guidance-not-found': ['Không tìm thấy lần hướng dẫn này.', 'There is no such entry in the guidance log.'],
  'guidance-struck': ['Lần hướng dẫn này đã được gạch bỏ.', 'This entry was struck out already.'],
}
