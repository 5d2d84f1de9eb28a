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
  'simulation-too-long': [
    'Các kết quả đã cho đi qua hơn {max} bước.',
    'The outcomes given lead through more than {max} steps.',
  ],
  'simulation-outcomes-left': [
    'Đường đi không qua bước “{step}” như kết quả thứ {n} đã cho.',
    'The way does not come to step “{step}” as outcome {n} has it.',
  ],
  'sub-process-unknown': [
    'Không có quy trình con “{process}”, hoặc chưa được phê duyệt.',
    'There is no sub-process “{process}”, or it was never approved.',
  ],
  'sub-process-ring': ['Quy trình con “{process}” chứa chính nó.', 'The sub-process “{process}” contains itself.'],
  'process-too-long': ['Quy trình có nhiều nhất {max} bước.', 'A process has at most {max} steps.'],
}
