import type { RefusalTexts } from '#src/platform/refusal.ts'

export const designRefusals: RefusalTexts = {
  'process-designers-only': [
    'Chỉ cán bộ kiểm soát thủ tục hành chính soạn quy trình.',
    'Only procedure control officers draft processes.',
  ],
  'process-approvers-only': [
    'Quy trình do giám đốc trung tâm hoặc lãnh đạo cơ quan giải quyết thủ tục phê duyệt.',
    'A process is approved by the centre director or a leader of the agency that resolves the procedure.',
  ],
  'process-exists': [
    'Đã có quy trình cho thủ tục hoặc trường hợp này. Hãy mở quy trình đó để sửa.',
    'This procedure or case has a process already. Open that one to change it.',
  ],
  'process-name-needed': [
    'Hãy đặt tên cho quy trình, hoặc chọn thủ tục của quy trình.',
    'Name the process, or choose the procedure it is for.',
  ],
  'process-case-unknown': ['Thủ tục không có trường hợp này.', 'The procedure has no such case.'],
  'process-source-unknown': [
    'Không có quy trình mẫu này, hoặc quy trình đó chưa được phê duyệt.',
    'There is no such process to start from, or it was never approved.',
  ],
  'process-draft-changed': [
    'Bản soạn thảo vừa được {who} sửa lúc {at}. Xin xem bản mới rồi làm lại.',
    'The draft was changed by {who} at {at}. Please look at it as it is now, then try again.',
  ],
  'process-draft-gone': [
    'Không còn bản soạn thảo này: đã được phê duyệt hoặc đã bỏ.',
    'This draft is no longer there: approved or thrown away.',
  ],
  'process-submitted': [
    'Quy trình đang chờ phê duyệt nên chưa sửa được. Người phê duyệt có thể trả lại để sửa.',
    'The process waits for approval and cannot be changed now. Who approves may return it.',
  ],
  'process-not-submitted': ['Không có bản nào đang chờ phê duyệt.', 'Nothing waits for approval.'],
  'process-has-problems': [
    'Quy trình còn {count} lỗi cần sửa, lỗi đầu tiên: {firstVi}',
    'The process still has {count} errors, the first: {firstEn}',
  ],
  'process-own-approval': [
    'Người trình không tự phê duyệt quy trình của mình.',
    'Who submitted a process does not approve it.',
  ],
  'process-from-past': ['Ngày áp dụng phải từ hôm nay trở đi.', 'The first day in force must be today or later.'],
  'process-not-later': [
    'Ngày áp dụng phải sau ngày {day}, ngày áp dụng của phiên bản trước.',
    'The first day in force must be after {day}, that of the version before.',
  ],
  'process-needs-step': ['Quy trình phải còn ít nhất một bước.', 'A process needs at least one step.'],
  'process-step-not-found': ['Quy trình không có bước này.', 'The process has no such step.'],
  'bpmn-missing': ['Hãy chọn một tệp BPMN.', 'Choose a BPMN file.'],
}
