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
}
