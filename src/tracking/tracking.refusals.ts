import type { RefusalTexts } from '#src/platform/refusal.ts'

export const trackingRefusals: RefusalTexts = {
  'tracking-not-found': [
    'Mã hồ sơ hoặc mã tra cứu chưa đúng. Xin ông/bà xem lại hai mã in trên giấy tiếp nhận.',
    'The dossier code or the tracking code is not right. Please check both codes on the receipt slip.',
  ],
}
