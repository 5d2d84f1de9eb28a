import type { RefusalTexts } from '#src/platform/refusal.ts'

export const factsRefusals: RefusalTexts = {
  'facts-building': [
    'Số liệu đang được tính lại từ sổ cái. Xin quay lại sau ít phút.',
    'Numbers are being counted anew from the ledger. Please come back in a few minutes.',
  ],
}
