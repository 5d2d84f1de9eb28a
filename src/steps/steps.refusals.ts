import type { RefusalTexts } from '#src/platform/refusal.ts'

export const stepsRefusals: RefusalTexts = {
  'return-needs-reason': ['Hãy ghi lý do trả lại bước trước.', 'Give the reason for the return.'],
  'step-papers-missing': ['Bước này cần đính kèm: {missing}.', 'This step needs these attached: {missing}.'],
  'step-needs-signature': ['Bước này cần số văn bản và người ký.', 'This step needs a document number and a signer.'],
  'fact-unknown': ['Bước này không hỏi thông tin “{field}”.', 'This step does not ask for “{field}”.'],
  'fact-needed': ['Hãy ghi “{name}”.', 'Give “{name}”.'],
  'step-agency-unknown': [
    'Quy trình giao bước tiếp theo cho cơ quan mã {code}, hiện không có cơ quan này. Đề nghị cán bộ kiểm soát thủ tục sửa quy trình.',
    'The process gives the next step to agency {code}, which does not exist. The process needs mending.',
  ],
  'opinion-unknown': ['Không có ý kiến nào như vậy đang chờ.', 'No such opinion is awaited.'],
  'opinion-needs-note': ['Hãy nêu rõ nội dung ý kiến.', 'Say what the opinion is.'],
  'opinions-not-due': ['Chưa hết hạn cho ý kiến.', 'The time to answer is not over.'],
  'child-ended-already': ['Hồ sơ liên thông này đã có kết quả.', 'That dossier has ended already.'],
  'process-not-for-dossier': [
    'Phiên bản quy trình này không dùng cho thủ tục của hồ sơ.',
    'That version of a process is not for this dossier’s procedure.',
  ],
  'process-step-unknown': [
    'Quy trình không có bước này để hồ sơ đi tiếp.',
    'The process has no such step to go on at.',
  ],
  'process-step-unapproved': [
    'Hồ sơ chưa được phê duyệt nên không chuyển được đến bước sau phê duyệt.',
    'The dossier is not approved yet, so it cannot go on at a step that follows the approval.',
  ],
  'process-already': [
    'Hồ sơ đang ở đúng bước này của quy trình này.',
    'The dossier is at that step of that process already.',
  ],
}
