import type { RefusalTexts } from '#src/platform/refusal.ts'

export const deskRefusals: RefusalTexts = {
  'form-not-found': ['Hồ sơ này chưa có mẫu số {number}.', 'This dossier has no form number {number}.'],
  'form-sent-before': [
    'Biểu mẫu này đã được gửi để lập hồ sơ {ref}. Nếu là hồ sơ khác, xin kiểm tra lại rồi bấm nút một lần nữa.',
    'This form was already sent and made dossier {ref}. If this is another one, check it and press the button again.',
  ],
  'form-sent-already': [
    'Biểu mẫu này đã được gửi một lần với nội dung khác. Xin kiểm tra rồi bấm lại nếu vẫn cần làm.',
    'This form was already sent with other contents. Check it and press again if it is still to be done.',
  ],
  'paper-not-found': ['Không tìm thấy giấy tờ này trong hồ sơ.', 'The dossier has no such paper.'],
}
