import type { RefusalTexts } from '#src/platform/refusal.ts'

export const caseworkRefusals: RefusalTexts = {
  'dossier-not-found': ['Không tìm thấy hồ sơ này.', 'There is no such dossier.'],
  'command-not-yours': [
    'Việc “{doVi}” không thuộc phần việc của ông/bà đối với hồ sơ này.',
    '“{doEn}” is not yours to do on this dossier.',
  ],
  'wrong-state': [
    'Không thể “{doVi}” khi hồ sơ đang ở trạng thái “{stateVi}”.',
    '“{doEn}” is not possible while the dossier is “{stateEn}”.',
  ],
  'dossier-changed': [
    'Hồ sơ vừa thay đổi: {who} đã “{whatVi}” lúc {at}. Xin xem lại rồi làm tiếp.',
    'The dossier has changed: {who} did “{whatEn}” at {at}. Please look again before going on.',
  ],
  'command-unknown': ['Không có thao tác “{type}”.', 'There is no command “{type}”.'],
  'intake-not-yours': [
    'Vai trò hiện tại của ông/bà không tiếp nhận hồ sơ.',
    'Your current role does not receive dossiers.',
  ],
  'channel-not-yours': [
    'Vai trò hiện tại của ông/bà không tiếp nhận qua kênh này.',
    'Your current role does not receive through this channel.',
  ],
  'receiving-point-unknown': ['Hãy chọn điểm tiếp nhận có trong danh mục.', 'Choose a receiving point from the list.'],
  'receiving-point-not-yours': [
    'Ông/bà không được tiếp nhận tại điểm này.',
    'You may not receive dossiers at this point.',
  ],
  'support-point-unknown': [
    'Hãy chọn nơi hỗ trợ nộp hồ sơ có trong danh mục.',
    'Choose the place of support from the list.',
  ],
  'procedure-unknown': [
    'Không có thủ tục này hoặc thủ tục đã hết hiệu lực.',
    'There is no such procedure, or it is no longer in force.',
  ],
  'procedure-fixed': [
    'Bản nháp thuộc thủ tục khác; hãy tạo bản nháp mới.',
    'The draft is of another procedure; make a new draft.',
  ],
  'case-unknown': ['Thủ tục không có trường hợp “{case}”.', 'The procedure has no case “{case}”.'],
  'case-fixed': [
    'Hồ sơ đã được phân công nên không đổi trường hợp được nữa.',
    'The dossier has been assigned, so its case can no longer be changed.',
  ],
  'competent-agency-needed': [
    'Hãy chọn xã, phường giải quyết thủ tục này.',
    'Choose the commune that resolves this procedure.',
  ],
  'competent-agency-fixed': [
    'Thủ tục này do một cơ quan khác giải quyết, không chọn được.',
    'This procedure is resolved by another agency and cannot be directed elsewhere.',
  ],
  'component-unknown': [
    'Giấy tờ “{code}” không có trong thành phần hồ sơ của thủ tục.',
    'Paper “{code}” is not among the components of the procedure.',
  ],
  'component-twice': ['Mỗi loại giấy tờ chỉ ghi một dòng.', 'Each paper may be listed only once.'],
  'components-missing': [
    'Còn thiếu giấy tờ bắt buộc: {missing}. Hãy lập phiếu yêu cầu bổ sung.',
    'Required papers are missing: {missing}. Issue a request for supplement instead.',
  ],
  'not-in-your-name': [
    'Ông/bà chỉ nộp hồ sơ cho mình, hoặc ghi số giấy tờ của mình ở phần người được ủy quyền.',
    'You file for yourself, or with your own ID number as the representative.',
  ],
  'exemption-not-yours': [
    'Việc miễn phí, lệ phí do cán bộ tiếp nhận xem xét; xin bỏ mục này.',
    'Whether the fee is waived is for the officer to decide; leave this out.',
  ],
  'item-needs-note': [
    'Hãy chọn giấy tờ trong danh mục, hoặc ghi rõ nội dung cần hoàn thiện.',
    'Choose a paper from the list, or say what has to be completed.',
  ],
  'answer-by-past': ['Hạn bổ sung phải từ hôm nay trở đi.', 'The date to answer by must not be in the past.'],
  'second-supplement-needs-ground': [
    'Hồ sơ đã được yêu cầu bổ sung một lần. Yêu cầu thêm phải nêu căn cứ pháp lý và được lãnh đạo chấp thuận.',
    'A supplement has been requested once. A further request needs its legal ground and a leader’s approval.',
  ],
  'assignee-unknown': [
    'Không có chuyên viên “{assignee}” tại cơ quan giải quyết.',
    'There is no specialist “{assignee}” at the resolving agency.',
  ],
  'extension-used-up': [
    'Hồ sơ đã được gia hạn đủ số lần pháp luật cho phép.',
    'The dossier has been extended as often as the law allows.',
  ],
  'until-not-working-day': ['Ngày hẹn lại phải là ngày làm việc.', 'The new date must be a working day.'],
  'until-too-late': [
    'Ngày hẹn lại không được quá hai năm kể từ hôm nay; xin kiểm tra năm.',
    'The new date must be within two years from today; please check the year.',
  ],
  'until-not-later': [
    'Ngày hẹn lại phải sau hạn trả hiện tại và không ở quá khứ.',
    'The new date must be after the present deadline and not in the past.',
  ],
  'amount-differs': ['Số tiền phải thu là {owed} đồng.', 'The amount due is {owed} đồng.'],
  'link-unknown': [
    'Không tìm thấy hồ sơ {code}, hoặc hồ sơ không thuộc phần việc của ông/bà.',
    'There is no dossier {code} that you may see.',
  ],
  'link-to-itself': ['Hồ sơ không gắn với chính nó.', 'A dossier is not linked to itself.'],
  'linked-already': ['Hồ sơ {code} đã được gắn rồi.', 'Dossier {code} is linked already.'],
  'nothing-to-correct': ['Chưa có thông tin nào được đính chính.', 'Nothing has been corrected.'],
}
