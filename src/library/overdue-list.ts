import type { ReportColumn, Words } from '#src/reports/report.ts'

const cause: Words = ['Gây quá hạn', 'Delay caused by']

const text = (key: string, head: Words, width: number, ...groups: Words[]): ReportColumn => ({
  key,
  head,
  kind: 'text',
  width,
  ...(groups.length > 0 && { groups }),
})

/** What the list is read for stands first: by how much each is late, and because of whom. */
export const overdueColumns: readonly ReportColumn[] = [
  text('procedure', ['Thủ tục', 'Procedure'], 44),
  { key: 'due', head: ['Hẹn trả', 'Due'], kind: 'instant', width: 17 },
  { key: 'late', head: ['Quá hạn (giờ làm việc)', 'Late by (working hours)'], kind: 'number', width: 12 },
  text('cause_agency', ['Cơ quan', 'Agency'], 28, cause),
  text('cause_officer', ['Cán bộ', 'Officer'], 24, cause),
  text('state', ['Trạng thái', 'State'], 20),
  { key: 'ended', head: ['Có kết quả', 'Result ready'], kind: 'instant', width: 17 },
  { key: 'received', head: ['Tiếp nhận', 'Received'], kind: 'instant', width: 17 },
  text('agency', ['Cơ quan giải quyết', 'Agency'], 28),
  text('field', ['Lĩnh vực', 'Field'], 22),
  text('applicant', ['Người nộp', 'Applicant'], 26),
  { key: 'apology', head: ['Đã xin lỗi, hẹn lại', 'Apologised'], kind: 'instant', width: 17 },
]

export const waitingColumns: readonly ReportColumn[] = [
  text('agency', ['Cơ quan tiếp nhận', 'Receiving agency'], 28),
  text('procedure', ['Thủ tục', 'Procedure'], 44),
  text('applicant', ['Người nộp', 'Applicant'], 26),
  { key: 'submitted', head: ['Nộp lúc', 'Submitted'], kind: 'instant', width: 17 },
  { key: 'due', head: ['Hạn kiểm tra', 'To be examined by'], kind: 'instant', width: 17 },
  { key: 'examined', head: ['Kiểm tra lúc', 'Examined'], kind: 'instant', width: 17 },
  { key: 'late', head: ['Chậm (giờ làm việc)', 'Late by (working hours)'], kind: 'number', width: 12 },
]
