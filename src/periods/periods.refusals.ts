import type { RefusalTexts } from '#src/platform/refusal.ts'

export const periodsRefusals: RefusalTexts = {
  'definition-unknown': ['Không có định nghĩa này.', 'There is no such definition.'],
  'definition-answer-unknown': ['Hãy chọn một cách tính trong danh sách.', 'Choose one of the answers listed.'],
  'period-scheme-unknown': ['Không có loại kỳ báo cáo này.', 'There is no such scheme of periods.'],
}
