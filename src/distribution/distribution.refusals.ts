import type { RefusalTexts } from '#src/platform/refusal.ts'

export const distributionRefusals: RefusalTexts = {
  'too-many-at-once': [
    'Mỗi lần phân công tối đa {most} hồ sơ. Ông/bà hãy chọn ít hơn.',
    'At most {most} dossiers are given out at once. Please choose fewer.',
  ],
  'nobody-to-share': [
    'Cơ quan chưa có chuyên viên nào đang làm việc để chia hồ sơ.',
    'The agency has no specialist at work to share dossiers among.',
  ],
}
