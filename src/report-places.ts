import { FILES_PATH } from '#src/exports/export-file.ts'
import { SCHEDULES_PATH } from '#src/exports/schedule.ts'
import type { Role } from '#src/platform/ctx.ts'
import { reportReaders } from '#src/reports/report.ts'
import type { ReportAction } from '#src/reports/report-page.tsx'

/** What belongs to reporting beside the reports themselves, as the page of reports names it. */
export const reportPlaces: readonly (ReportAction & { roles: readonly Role[] })[] = [
  { href: FILES_PATH, label: ['Tệp báo cáo của tôi', 'My report files'], roles: reportReaders },
  { href: SCHEDULES_PATH, label: ['Lịch gửi báo cáo', 'Scheduled reports'], roles: ['control'] },
  { href: '/bao-cao/ky', label: ['Kỳ báo cáo', 'Reporting periods'], roles: reportReaders },
  { href: '/bao-cao/dinh-nghia', label: ['Cách tính số liệu', 'How numbers are counted'], roles: reportReaders },
  { href: '/so-theo-doi', label: ['Sổ theo dõi hồ sơ', 'Tracking book'], roles: ['leader', 'director', 'control'] },
]
