import type { Due, Term } from '#src/calendar/deadline.ts'
import type { Channel } from '#src/procedures/procedure.ts'
import type { Cause } from './answerability.ts'
import type { FeeLine, Judgement, Receipt, Result, SupplementItem } from './dossier.ts'
import type { OpinionAnswer } from './held-step.ts'
import type { Applicant, ComponentLine, DeliveryChoice, Representative } from './intake.ts'
import type { Move } from './move.ts'

/** Instants inside payloads are ISO 8601 text, as they stand in the ledger. */
export type Instant = string

/** A due time as recorded: the fold never computes one, so that history keeps what was promised. */
export type RecordedDue = {
  at: Instant | null
  provisional: boolean
  gaps: number[]
  /** By when the step under way is to be done, where that moved too. */
  step?: Instant | null
}

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
  /** Version of the internal process; absent in what was recorded before there were any. */
  processId?: number
  /** The dossier it was opened for at another agency. */
  parentId?: number
  /** Receiving and resolving agencies of that dossier and of those it was opened for in turn. */
  relatives?: number[]
  supportPointId?: number
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

/** What was written down when a step was done, where its process asks for it. */
type StepDone = {
  document: { number: string; signer: string | null } | null
  data: Record<string, string | number | boolean>
}

/**
 * Where a dossier came from that was imported after it had ended: the other system, its number and code there, the file, and what that noted.
 */
export type Imported = { source: string; number: string; file: string; code?: string; note?: string }

/** Every kind of event and what it carries. */
export type EventPayloads = {
  drafted: Opening
  submitted: Opening
  received: Opening & { term: Term | null; due: RecordedDue; imported?: Imported }
  'refused-at-intake': { reason: string; opening?: Opening }
  'supplement-requested': SupplementPayload & { approvedBy: string | null; opening?: Opening }
  'supplement-proposed': SupplementPayload
  'supplement-declined': { reason: string }
  'supplement-answered': { components: ComponentLine[]; note: string | null; due: RecordedDue | null }
  forwarded: { fromAgencyId: number; toAgencyId: number; note: string | null }
  /** `opinion`: of the consultation whose answer is given to this person; else the work of the agency on the dossier. */
  assigned: { specialistId: number; specialist: string; note: string | null; agencyId?: number; opinion?: string }
  'step-completed': {
    step: string
    outcome: string
    outcomeName: string
    back: boolean
    note: string | null
  } & StepDone
  claimed: { accountId: number; name: string; opinion: string | null }
  released: { reason: string; name: string; opinion: string | null }
  'opinion-given': {
    opinion: string
    name: string
    agencyId: number
    answer: Exclude<OpinionAnswer, 'none'>
    document: string | null
    note: string | null
  }
  'opinion-missing': { opinions: { key: string; name: string; agencyId: number }[] }
  'process-changed': { processId: number; name: string; ground: string }
  'child-opened': { id: number; code: string | null; procedure: string; name: string; agencyId: number; step: string }
  'child-ended': { id: number; outcome: 'granted' | 'refused' | 'ended'; note: string | null }
  linked: { id: number; code: string; reason: string }
  appraised: { opinion: 'eligible' | 'ineligible'; note: string | null }
  'sent-for-approval': { kind: Result['kind']; title: string; note: string | null } & Partial<StepDone>
  approved: { note: string | null }
  'returned-for-rework': { reason: string }
  'result-signed': { kind?: Result['kind']; number: string; title: string; signer: string; signedAt: Instant }
  /**
   * `cause`: of the delay of what is late; `worked`: working minutes since its reception, pauses left out. Both are absent in what was
   * recorded before they were worked out.
   */
  'result-ready': { judgement: Judgement; late: boolean; worked?: number; cause?: Cause | null }
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

/** Whatever the event, it may move the dossier along its process. */
export type Moving = { move?: Move }

/** What a decision yields; the ledger adds who, when and the chain. */
export type NewEvent = {
  [K in EventType]: { type: K; payload: EventPayloads[K] & Moving; form?: string; givesCode?: boolean }
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
  'step-completed': ['Hoàn thành bước', 'Step completed'],
  claimed: ['Nhận việc', 'Work claimed'],
  released: ['Trả lại việc', 'Work handed back'],
  'opinion-given': ['Cho ý kiến', 'Opinion given'],
  'opinion-missing': ['Quá hạn không có ý kiến', 'No opinion in time'],
  'process-changed': ['Chuyển sang quy trình khác', 'Moved to another process'],
  'child-opened': ['Mở hồ sơ liên thông', 'Interconnected dossier opened'],
  'child-ended': ['Hồ sơ liên thông có kết quả', 'Interconnected dossier ended'],
  linked: ['Gắn hồ sơ liên quan', 'Related dossier linked'],
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
