import type { RefusalTexts } from '#src/platform/refusal.ts'

export const accountsRefusals: RefusalTexts = {
  'sign-in-failed': [
    'Tên đăng nhập hoặc mật khẩu chưa đúng. Sau {attempts} lần sai, tài khoản tạm khóa {minutes} phút.',
    'The user name or the password is wrong. After {attempts} failures an account is locked for {minutes} minutes.',
  ],
  'no-assignment': [
    'Tài khoản chưa được phân công ở cơ quan nào. Ông/bà hãy liên hệ người quản trị.',
    'This account has no assignment in any agency. Ask an administrator.',
  ],
  'assignment-not-found': [
    'Không có phân công này, hoặc phân công đã hết hiệu lực.',
    'There is no such assignment, or it is no longer valid.',
  ],
  'one-place-only': [
    'Chỉ chọn một: phân công của mình, hoặc làm thay người vắng mặt.',
    'Choose one only: an assignment of your own, or an absent colleague’s place.',
  ],
  'admin-only': ['Việc này chỉ người quản trị được làm.', 'Only an administrator may do this.'],
  'username-taken': ['Tên đăng nhập này đã có người dùng.', 'This user name is taken.'],
  'account-not-found': ['Không tìm thấy tài khoản này.', 'There is no such account.'],
  'citizen-needs-id-number': ['Tài khoản công dân cần số định danh.', 'A citizen account needs an ID number.'],
  'not-an-officer': ['Chỉ tài khoản cán bộ mới được phân công.', 'Only officers can be given an assignment.'],
  'agency-unknown': ['Không có cơ quan mang mã này.', 'There is no agency with this code.'],
  'service-point-elsewhere': [
    'Điểm tiếp nhận này không thuộc cơ quan đã chọn.',
    'This service point does not belong to the chosen agency.',
  ],
  'already-assigned': ['Cán bộ đã có phân công này.', 'The officer has this assignment already.'],
  'dates-reversed': ['Ngày kết thúc phải sau ngày bắt đầu.', 'The end must be after the beginning.'],
  'own-account': ['Ông/bà không thể ngừng chính tài khoản của mình.', 'You cannot deactivate your own account.'],
}
