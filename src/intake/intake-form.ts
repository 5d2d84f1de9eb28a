import type { z } from 'zod'
import { refuse } from '#src/casework/refuse-intake.ts'
import { SupplementInput } from '#src/casework/request-supplement.ts'
import { type Checked, check, nested, numberOf, readCounts, textOf } from '#src/desk/form-input.ts'
import { asPapers, type Scan } from '#src/desk/scans.ts'
import { readItems } from '#src/desk/supplement-items.tsx'
import { Intake } from '#src/dossiers/intake.ts'
import type { T } from '#src/platform/text.ts'

/** What the page's fields are called, on the page and in its errors. */
export function intakeLabels(t: T): Map<string, string> {
  return new Map([
    ['applicant.kind', t('Người nộp là', 'Applicant is')],
    ['applicant.idNumber', t('Số định danh', 'ID number')],
    ['applicant.name', t('Họ và tên', 'Name')],
    ['applicant.phone', t('Số điện thoại', 'Phone')],
    ['applicant.email', t('Thư điện tử', 'E-mail')],
    ['applicant.address', t('Địa chỉ', 'Address')],
    ['representative.name', t('Họ và tên người nộp thay', 'Representative’s name')],
    ['representative.idNumber', t('Số định danh người nộp thay', 'Representative’s ID number')],
    ['representative.phone', t('Điện thoại người nộp thay', 'Representative’s phone')],
    ['representative.relation', t('Quan hệ với chủ hồ sơ', 'Relation to the applicant')],
    ['case', t('Trường hợp', 'Case')],
    ['channel', t('Cách nộp', 'Handed in')],
    ['competentAgency', t('Xã, phường giải quyết', 'Commune that resolves it')],
    ['supportPoint', t('Được hỗ trợ tại', 'Helped at')],
    ['summary', t('Nội dung yêu cầu', 'Request')],
    ['sets', t('Số bộ hồ sơ', 'Sets')],
    ['delivery.method', t('Nhận kết quả', 'Delivery')],
    ['delivery.address', t('Địa chỉ nhận kết quả', 'Delivery address')],
    ['supplement.reason', t('Lý do yêu cầu bổ sung', 'Why a supplement is needed')],
    ['supplement.answerBy', t('Đề nghị bổ sung trước ngày', 'To be answered by')],
    ['refusal.reason', t('Lý do từ chối', 'Reason for refusing')],
  ])
}

const lines = [
  'procedure',
  'case',
  'channel',
  'competentAgency',
  'summary',
  'applicant.kind',
  'applicant.name',
  'applicant.idNumber',
  'applicant.phone',
  'applicant.email',
  'applicant.address',
  'representative.name',
  'representative.idNumber',
  'representative.phone',
  'representative.relation',
  'delivery.method',
  'delivery.address',
]

/** The intake as typed; `codes` are the papers the page asked for. */
export function readIntake(
  form: FormData,
  { codes, scans, t }: { codes: readonly string[]; scans: readonly Scan[]; t: T },
): Checked<Intake> {
  const counts = readCounts(form, codes)
  const raw = {
    ...nested(Object.fromEntries(lines.map(name => [name, textOf(form, name)]))),
    sets: numberOf(form, 'sets'),
    supportPoint: numberOf(form, 'supportPoint'),
    components: counts.lines,
    papers: asPapers(scans.filter(scan => codes.includes(scan.component))),
    feeExempt: form.get('feeExempt') !== null,
  }
  return check(Intake as z.ZodType<Intake>, raw, { t, rename: counts.rename })
}

/** The request for supplement written beside the intake. */
export function readSupplement(form: FormData, codes: readonly string[], t: T): Checked<SupplementInput> {
  const { items, rename } = readItems(form, codes)
  const raw = { items, reason: textOf(form, 'supplement.reason'), answerBy: textOf(form, 'supplement.answerBy') }
  const named = (name: string) => (name === 'reason' || name === 'answerBy' ? `supplement.${name}` : rename(name))
  return check(SupplementInput as z.ZodType<SupplementInput>, raw, { t, rename: named })
}

/** Why the desk refuses to take it in. */
export function readReason(form: FormData, t: T): Checked<{ reason: string }> {
  const schema = refuse.input as z.ZodType<{ reason: string }>
  return check(schema, nested({ reason: textOf(form, 'refusal.reason') }), { t, rename: () => 'refusal.reason' })
}
