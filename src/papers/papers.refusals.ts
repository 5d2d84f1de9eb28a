import type { RefusalTexts } from '#src/platform/refusal.ts'

export const papersRefusals: RefusalTexts = {
  'paper-upload-not-yours': [
    'Vai trò hiện tại của ông/bà không được tải giấy tờ lên.',
    'Your present role may not upload papers.',
  ],
  'paper-nameless': ['Tệp không có tên. Hãy chọn lại tệp.', 'The file has no name. Choose it again.'],
  'paper-empty': ['Tệp “{name}” không có nội dung. Hãy chọn tệp khác.', 'The file “{name}” is empty. Choose another.'],
  'paper-too-large': [
    'Tệp “{name}” lớn hơn {max} MB. Hãy quét lại ở độ phân giải thấp hơn hoặc chia thành nhiều tệp.',
    'The file “{name}” is larger than {max} MB. Scan it again at a lower resolution or split it.',
  ],
  'paper-type-not-taken': [
    'Không nhận loại tệp của “{name}”. Hãy dùng một trong các loại: {types}.',
    'The type of “{name}” is not accepted. Use one of: {types}.',
  ],
  'paper-type-untrue': [
    'Tệp “{name}” mang đuôi {claimed} nhưng nội dung là {real}. Hãy đặt lại đúng đuôi tệp hoặc chọn tệp khác.',
    'The file “{name}” is named as {claimed} but contains {real}. Rename it or choose another.',
  ],
  'paper-unreadable': [
    'Nội dung tệp “{name}” không phải là {claimed}, hoặc tệp đã hỏng. Hãy chọn tệp khác.',
    'The file “{name}” does not contain {claimed}, or it is damaged. Choose another.',
  ],
  'paper-not-yours': [
    'Có giấy tờ không phải do ông/bà tải lên, hoặc đã nằm trong hồ sơ khác. Hãy tải lên lại.',
    'Some papers were not uploaded by you, or already belong to a dossier. Upload them again.',
  ],
}
