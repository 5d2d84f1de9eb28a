import type { RefusalTexts } from '#src/platform/refusal.ts'

export const listsRefusals: RefusalTexts = {
  'cursor-unusable': [
    'Không đọc tiếp được danh sách từ đây. Ông/bà hãy mở lại danh sách từ đầu.',
    'The list cannot be continued from here. Please open it again from the start.',
  ],
}
