import type { RefusalTexts } from '#src/platform/refusal.ts'

export const exportsRefusals: RefusalTexts = {
  'export-many-waiting': [
    'Ông/bà đang có {max} tệp chờ tạo. Xin đợi một tệp xong rồi yêu cầu tiếp.',
    'You have {max} files in the making. Please wait until one is done.',
  ],
  'export-unknown': ['Không có tệp này.', 'There is no such file.'],
  'export-not-ready': ['Tệp này chưa tạo xong.', 'This file is not ready yet.'],
  'export-removed': [
    'Tệp này đã hết thời gian lưu. Xin yêu cầu lại.',
    'This file is no longer kept. Please ask for it again.',
  ],
  'report-kind-unknown': ['Không có báo cáo này.', 'There is no such report.'],
  'schedule-unknown': ['Không có lịch gửi báo cáo này.', 'There is no such schedule.'],
  'schedule-grouping-unknown': ['Báo cáo này không có cách chia đó.', 'This report has no such grouping.'],
  'schedule-day-far': ['Ngày áp dụng phải trong vòng một năm.', 'The first day must be within a year.'],
  'schedule-scheme-unknown': ['Không có loại kỳ báo cáo này.', 'There is no such scheme of periods.'],
  'schedule-kind-unknown': ['Loại kỳ đã chọn không có kỳ này.', 'The scheme has no periods of this kind.'],
  'schedule-nobody': [
    'Hãy chọn ít nhất một vai trò hoặc một người nhận.',
    'Choose at least one role or person to receive it.',
  ],
  'schedule-role-not-reader': ['Vai trò này không được xem báo cáo đã chọn.', 'This role may not read the report.'],
  'schedule-person-unknown': [
    'Không có cán bộ “{username}”, hoặc người đó không được xem báo cáo này.',
    'There is no officer “{username}”, or they may not read this report.',
  ],
}
