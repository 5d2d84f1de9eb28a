import type { RefusalTexts } from '#src/platform/refusal.ts'

export const proceduresRefusals: RefusalTexts = {
  'procedure-not-found': [
    'Không có thủ tục này, hoặc thủ tục không còn hiệu lực.',
    'There is no such procedure, or it is no longer in force.',
  ],
  'publication-not-later': [
    'Ngày bắt đầu hiệu lực phải sau ngày của bản đã công bố gần nhất.',
    'The first day in force must be after that of the version published last.',
  ],
}
