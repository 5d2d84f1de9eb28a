import type { RefusalTexts } from '#src/platform/refusal.ts'

export const watchRefusals: RefusalTexts = {
  'reminder-not-found': ['Không tìm thấy phiếu đôn đốc này.', 'There is no such reminder slip.'],
  'reminder-answered': ['Phiếu đôn đốc này đã được trả lời.', 'This reminder slip has been answered.'],
  'reminder-dossier-unknown': ['Không tìm thấy hồ sơ {ref}.', 'There is no dossier {ref}.'],
  'reminder-dossier-ended': [
    'Hồ sơ {ref} đã kết thúc, không cần đôn đốc.',
    'Dossier {ref} has ended and needs no reminder.',
  ],
  'reminder-agency-apart': [
    'Cơ quan này không tham gia giải quyết hồ sơ {ref}.',
    'That agency takes no part in dossier {ref}.',
  ],
  'reminder-own-agency': [
    'Phiếu đôn đốc gửi cho cơ quan khác; trong cơ quan, ông/bà giao việc trực tiếp.',
    'A reminder slip goes to another agency; within your own, give the work out directly.',
  ],
  'anomaly-period': [
    'Khoảng thời gian phải từ 1 đến {days} ngày.',
    'The period must be between 1 and {days} days long.',
  ],
}
