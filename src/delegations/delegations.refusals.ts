import type { RefusalTexts } from '#src/platform/refusal.ts'

export const delegationsRefusals: RefusalTexts = {
  'delegation-chain': [
    'Ông/bà đang làm thay người khác nên không cử và không thu hồi người làm thay. Xin đổi về nơi làm việc của mình.',
    'You are acting in a colleague’s place, so you cannot name or take back substitutes. Switch to your own place first.',
  ],
  'delegation-period': [
    'Thời điểm kết thúc phải sau lúc này và sau thời điểm bắt đầu.',
    'The end must be after now and after the beginning.',
  ],
  'delegation-too-long': [
    'Mỗi lần cử người làm thay không quá {days} ngày.',
    'A substitute is named for {days} days at most.',
  ],
  'role-not-delegable': [
    'Vai trò quản trị và kiểm soát thủ tục hành chính không giao cho người làm thay.',
    'The roles of administrator and procedure control are not given to a substitute.',
  ],
  'substitute-elsewhere': [
    'Người làm thay phải đang công tác tại cơ quan này hoặc cơ quan cấp trên trực tiếp.',
    'The substitute must work in this agency or in the one directly above it.',
  ],
  'substitute-is-absent': [
    'Người làm thay phải là người khác với người vắng mặt.',
    'The substitute must be someone other than the absent officer.',
  ],
  'substitute-is-self': [
    'Ông/bà không tự cử mình làm thay người khác.',
    'You cannot name yourself as a colleague’s substitute.',
  ],
  'delegation-overlaps': [
    'Người này đã được cử làm thay ở vị trí này trong một phần của thời gian đã chọn.',
    'This person is already a substitute in this place for part of that time.',
  ],
  'delegation-not-found': ['Không tìm thấy lần cử người làm thay này.', 'There is no such delegation.'],
  'delegation-over': [
    'Lần làm thay này đã kết thúc hoặc đã được thu hồi.',
    'This delegation has ended or was taken back already.',
  ],
}
