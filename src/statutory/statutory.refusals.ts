import type { RefusalTexts } from '#src/platform/refusal.ts'

export const statutoryRefusals: RefusalTexts = {
  'seal-sealers-only': [
    'Chỉ giám đốc trung tâm và cán bộ kiểm soát thủ tục hành chính chốt số liệu.',
    'Only the director of the centre and procedure control seal numbers.',
  ],
  'seal-too-early': [
    'Kỳ này chưa kết thúc. Chốt được số liệu từ {at}.',
    'This period is not over. Its numbers can be sealed from {at}.',
  ],
  'seal-already': ['Số liệu kỳ này đã được chốt.', 'The numbers of this period are sealed already.'],
  'seal-not-found': ['Số liệu kỳ này chưa được chốt.', 'The numbers of this period are not sealed.'],
  'seal-version-not-found': ['Không có bản chốt này.', 'There is no such sealed version.'],
  'seal-nothing-to-correct': [
    'Số liệu hiện tại giống hệt bản đã chốt, không có gì để điều chỉnh.',
    'Today’s numbers are those sealed: there is nothing to correct.',
  ],
  'seal-correction-waits': ['Đã có một đề nghị điều chỉnh đang chờ duyệt.', 'A correction waits for approval already.'],
  'seal-correction-not-found': ['Không có đề nghị điều chỉnh này.', 'There is no such correction.'],
  'seal-correction-decided': [
    'Đề nghị điều chỉnh này đã được quyết định.',
    'This correction has been decided already.',
  ],
  'seal-own-correction': [
    'Người đề nghị điều chỉnh không tự duyệt. Xin để người khác duyệt.',
    'Whoever proposed a correction cannot approve it. Leave it to somebody else.',
  ],
}
