import type { Due, Term } from '#src/calendar/deadline.ts'
import type { Channel } from '#src/procedures/procedure.ts'
import type { FeeLine, Judgement, Receipt, Result, SupplementItem } from './dossier.ts'
import type { Applicant, ComponentLine, DeliveryChoice, Representative } from './intake.ts'

/** Instants inside payloads are ISO 8601 text, as they stand in the ledger. */
export type Instant = string

/** A due time as recorded: the fold never computes one, so that history keeps what was promised. */
export type RecordedDue = { at: Instant | null; provisional: boolean; gaps: number[] }

export function recordedDue(due: Due): RecordedDue {
  return { at: due.at?.toISOString() ?? null, provisional: due.provisional, gaps: due.gaps }
}

/** What was handed in, with the rules that were in force. */
export type Opening = {
  secret: string
  procedure: string
  versionId: number
  case: string | null
  lawPack: string
  calendarId: number
  calendarVersion: number
  channel: Channel
  servicePointId: number | null
  receivingAgencyId: number
  competentAgencyId: number
  applicant: Applicant
  representative: Representative | null
  summary: string
  sets: number
  components: ComponentLine[]
  fees: FeeLine[]
  feeExempt: boolean
  delivery: DeliveryChoice
  form: Record<string, string | number | boolean>
}

export type Correction = Partial<
  Pick<Opening, 'applicant' | 'representative' | 'summary' | 'sets' | 'components' | 'delivery' | 'case' | 'fees'>
> & { term?: Term | null }

type SupplementPayload = {
  stage: 'intake' | 'appraisal'
  items: SupplementItem[]
  reason: string
  legalGround: string | null
  answerBy: string | null
  requestedBy: string
}

/** Every kind of event and what it carries. */
export type EventPayloads = {
  drafted: Opening
  submitted: Opening
  received: Opening & { term: Term | null; due: RecordedDue }
  'refused-at-intake': { reason: string; opening?: Opening }
  'supplement-requested': SupplementPayload & { approvedBy: string | null; opening?: Opening }
  'supplement-proposed': SupplementPayload
  'supplement-declined': { reason: string }
  'supplement-answered': { components: ComponentLine[]; note: string | null; due: RecordedDue | null }
  forwarded: { fromAgencyId: number; toAgencyId: number; note: string | null }
  assigned: { specialistId: number; specialist: string; note: string | null }
  appraised: { opinion: 'eligible' | 'ineligible'; note: string | null }
  'sent-for-approval': { kind: Result['kind']; title: string; note: string | null }
  approved: { note: string | null }
  'returned-for-rework': { reason: string }
  'result-signed': { number: string; title: string; signer: string; signedAt: Instant }
  'result-ready': { judgement: Judgement; late: boolean }
  'handed-over': {
    collector: string
    idNumber: string | null
    relation: string | null
    method: 'counter' | 'post' | 'electronic'
  }
  extended: {
    reason: string
    legalGround: string | null
    agencyAtFault: number
    until: Instant
    provisional: boolean
    gaps: number[]
    lateNotice: boolean
  }
  'financial-obligation-notified': { notice: string; ground: string; amount: number | null }
  'financial-obligation-met': { evidence: string; due: RecordedDue }
  'fee-collected': Omit<Receipt, 'at'>
  stopped: { reason: string; ground: string }
  withdrawn: { reason: string }
  corrected: { changes: Correction; reason: string; due: RecordedDue | null }
  'due-recomputed': { due: RecordedDue; reason: string; calendarVersion: number }
  noted: { text: string }
}
export type EventType = keyof EventPayloads

/** What a decision yields; the ledger adds who, when and the chain. */
export type NewEvent = {
  [K in EventType]: { type: K; payload: EventPayloads[K]; form?: string; givesCode?: boolean }
}[EventType]

/** An event as the ledger keeps it. */
export type DossierEvent = NewEvent & {
  seq: number
  at: Date
  actor: string
  code: string | null
}

export const eventLabels: Record<EventType, readonly [vi: string, en: string]> = {
  drafted: ['Lưu bản nháp', 'Draft saved'],
  submitted: ['Nộp hồ sơ trực tuyến', 'Submitted online'],
  received: ['Tiếp nhận, cấp giấy hẹn', 'Received, slip issued'],
  'refused-at-intake': ['Từ chối tiếp nhận', 'Refused at intake'],
  'supplement-requested': ['Yêu cầu bổ sung', 'Supplement requested'],
  'supplement-proposed': ['Đề nghị yêu cầu bổ sung thêm', 'Further supplement proposed'],
  'supplement-declined': ['Không chấp thuận yêu cầu bổ sung', 'Further supplement declined'],
  'supplement-answered': ['Đã nhận giấy tờ bổ sung', 'Supplement answered'],
  forwarded: ['Chuyển hồ sơ', 'Forwarded'],
  assigned: ['Phân công thụ lý', 'Assigned'],
  appraised: ['Thẩm định', 'Appraised'],
  'sent-for-approval': ['Trình phê duyệt', 'Sent for approval'],
  approved: ['Phê duyệt', 'Approved'],
  'returned-for-rework': ['Trả lại để làm lại', 'Returned for rework'],
  'result-signed': ['Ký, cấp số kết quả', 'Result signed and numbered'],
  'result-ready': ['Có kết quả tại bộ phận một cửa', 'Result ready at the desk'],
  'handed-over': ['Trả kết quả', 'Result handed over'],
  extended: ['Xin lỗi và gia hạn', 'Apology and extension'],
  'financial-obligation-notified': ['Thông báo nghĩa vụ tài chính', 'Financial obligation notified'],
  'financial-obligation-met': ['Đã hoàn thành nghĩa vụ tài chính', 'Financial obligation met'],
  'fee-collected': ['Thu phí, lệ phí', 'Fee collected'],
  stopped: ['Dừng giải quyết', 'Stopped'],
  withdrawn: ['Rút hồ sơ', 'Withdrawn'],
  corrected: ['Đính chính thông tin tiếp nhận', 'Intake corrected'],
  'due-recomputed': ['Tính lại hạn trả theo lịch mới', 'Deadline recomputed'],
  noted: ['Ghi chú', 'Note'],
}
