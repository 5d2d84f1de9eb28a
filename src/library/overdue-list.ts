import { Refusal } from '#src/platform/refusal.ts'
import type { ReportColumn, Words } from '#src/reports/report.ts'

const cause: Words = ['Gây quá hạn', 'Delay caused by']

const text = (key: string, head: Words, width: number, ...groups: Words[]): ReportColumn => ({
  key,
  head,
  kind: 'text',
  width,
  ...(groups.length > 0 && { groups }),
})

export const overdueColumns: readonly ReportColumn[] = [
  text('agency', ['Cơ quan giải quyết', 'Agency'], 28),
  text('field', ['Lĩnh vực', 'Field'], 22),
  text('procedure', ['Thủ tục', 'Procedure'], 44),
  text('state', ['Trạng thái', 'State'], 20),
  text('applicant', ['Người nộp', 'Applicant'], 26),
  { key: 'received', head: ['Tiếp nhận', 'Received'], kind: 'instant', width: 17 },
  { key: 'due', head: ['Hẹn trả', 'Due'], kind: 'instant', width: 17 },
  { key: 'ended', head: ['Có kết quả', 'Result ready'], kind: 'instant', width: 17 },
  { key: 'late', head: ['Quá hạn (giờ làm việc)', 'Late by (working hours)'], kind: 'number', width: 12 },
  text('cause_agency', ['Cơ quan', 'Agency'], 28, cause),
  text('cause_officer', ['Cán bộ', 'Officer'], 24, cause),
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

/**
 * Where a page of a list ends: in which of its parts, at which agency, by which instant (microseconds since 1970, null for none) and which
 * dossier. `after`: null at the beginning of the part.
 */
export type ListPlace = { part: number; after: { agencyId: number; key: number | null; id: number } | null }

export function placeText({ part, after }: ListPlace): string {
  return [part, after?.agencyId ?? 0, after?.key ?? '-', after?.id ?? 0].join('.')
}

/** Throws `invalid` for anything placeText did not write. */
export function readPlace(text: string | null): ListPlace {
  if (text === null) return { part: 0, after: null }
  const found = /^([0-2])\.(\d{1,9})\.(-|\d{1,17})\.(\d{1,15})$/u.exec(text)
  if (!found) throw new Refusal('invalid', 'cursor-unusable', { field: 'cursor' })
  const [, part, agencyId, key, id] = found
  return {
    part: Number(part),
    after: { agencyId: Number(agencyId), key: key === '-' ? null : Number(key), id: Number(id) },
  }
}
