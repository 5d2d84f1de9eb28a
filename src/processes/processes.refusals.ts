import type { RefusalTexts } from '#src/platform/refusal.ts'

export const processesRefusals: RefusalTexts = {
  'process-not-found': ['Không có quy trình này.', 'There is no such process.'],
  'process-version-not-found': ['Quy trình không có phiên bản này.', 'The process has no such version.'],
  'process-ended': ['Quy trình của hồ sơ này đã kết thúc.', 'The process of this dossier has ended.'],
  'opinion-not-awaited': [
    'Ý kiến này không được hỏi ở bước hiện tại, hoặc đã có rồi.',
    'This opinion is not asked for at the present step, or has been given.',
  ],
  'outcome-unknown': ['Bước “{step}” không có kết quả “{outcome}”.', 'The step “{step}” has no outcome “{outcome}”.'],
}
