import type { Pause, Term } from '#src/calendar/deadline.ts'
import type { T } from '#src/platform/text.ts'
import type { Channel } from '#src/procedures/procedure.ts'
import type { Child, HeldStep, Holding, Opinion } from './held-step.ts'
import type { Applicant, ComponentLine, DeliveryChoice, Representative } from './intake.ts'

export const states = [
  'draft',
  'submitted',
  'supplement-at-intake',
  'refused-at-intake',
  'received',
  'in-process',
  'supplement-requested',
  'financial-obligation',
  'pending-approval',
  'approved',
  'result-ready',
  'closed',
  'withdrawn',
  'stopped',
] as const
/** Business state. Money, delivery and synchronisation have states of their own and never move this one. */
export type State = (typeof states)[number]

export type Finance = 'not-required' | 'due' | 'paid' | 'exempt'
export type Delivery = 'none' | 'at-counter' | 'postal' | 'electronic' | 'delivered'
export type Judgement = 'early' | 'on-time' | 'late' | 'no-term'

export type FeeLine = { name: string; kind: 'phi' | 'le-phi'; amount: number; quantity: number }
export type Receipt = { number: string; amount: number; method: 'cash' | 'transfer' | 'card'; at: Date }

/** Why and for how long the clock stood still. */
export type PauseRecord = Pause & { cause: 'supplement' | 'financial-obligation'; ground: string }

/** Every change of the due time after the first; the original is never overwritten. */
export type Adjustment = {
  kind: 'pause' | 'extension' | 'calendar' | 'correction'
  at: Date
  from: Date | null
  to: Date | null
  reason: string
  legalGround: string | null
  by: string
}

export type SupplementItem = { component: string | null; note: string }
export type SupplementRequest = {
  stage: 'intake' | 'appraisal'
  at: Date
  items: SupplementItem[]
  reason: string
  legalGround: string | null
  answerBy: string | null
  requestedBy: string
  approvedBy: string | null
  answeredAt: Date | null
}

/** Paper and responsibility passing from one agency's desk to the next (phiếu kiểm soát). */
export type Transfer = { at: Date; fromAgencyId: number; toAgencyId: number; by: string; note: string | null }

export type Appraisal = { at: Date; by: string; opinion: 'eligible' | 'ineligible'; note: string | null }
export type Result = {
  kind: 'grant' | 'refusal'
  title: string
  number: string | null
  signer: string | null
  signedAt: Date | null
}
export type HandOver = {
  at: Date
  collector: string
  idNumber: string | null
  relation: string | null
  method: 'counter' | 'post' | 'electronic'
  by: string
}

/** Another dossier that has to do with this one; each is followed on its own. */
export type Link = { id: number; code: string; reason: string; at: Date }

/** One dossier as its events make it (apply.ts). */
export type Dossier = {
  id: number
  version: number
  code: string | null
  trackingSecret: string
  state: State
  finance: Finance
  delivery: Delivery
  procedureCode: string
  procedureVersionId: number
  caseCode: string | null
  lawPack: string
  calendarId: number
  calendarVersion: number
  channel: Channel
  servicePointId: number | null
  receivingAgencyId: number
  competentAgencyId: number
  specialistId: number | null
  /** Version of the internal process it runs by, settled on reception; until then the one in force when it was handed in, if any. */
  processId: number | null
  /** Where it stands in that process; null before reception and once the result is there. */
  step: HeldStep | null
  /** The last way out of each step passed, for the choices that follow. */
  outcomes: Record<string, string>
  opinions: Opinion[]
  holdings: Holding[]
  /** Who has worked on it, by `seat`: a return finds them again. */
  assignees: Record<string, number>
  /** The dossier this one was opened for; reports count only that one. */
  parentId: number | null
  children: Child[]
  /** Agencies of the dossiers it was opened for, which follow what becomes of it. */
  relatives: number[]
  links: Link[]
  /** Where the applicant was helped, if not where the dossier was received. */
  supportPointId: number | null
  partnerIds: number[]
  applicant: Applicant
  representative: Representative | null
  summary: string
  sets: number
  components: ComponentLine[]
  fees: FeeLine[]
  receipts: Receipt[]
  deliveryChoice: DeliveryChoice
  form: Record<string, string | number | boolean>
  createdAt: Date
  submittedAt: Date | null
  receivedAt: Date | null
  term: Term | null
  originalDueAt: Date | null
  dueAt: Date | null
  dueProvisional: boolean
  dueGaps: number[]
  pausedAt: Date | null
  pauses: PauseRecord[]
  adjustments: Adjustment[]
  extendedTo: Date | null
  extensions: number
  supplements: SupplementRequest[]
  /** A further request that waits for a leader's approval. */
  supplementProposal: Omit<SupplementRequest, 'approvedBy' | 'answeredAt'> | null
  transfers: Transfer[]
  forwarded: boolean
  appraisal: Appraisal | null
  result: Result | null
  readyAt: Date | null
  handOver: HandOver | null
  closedAt: Date | null
  endReason: string | null
  judgement: Judgement | null
  /** Who caused the delay of one judged late, as it was then; `causeOver`: working minutes beyond what their steps allowed. */
  causeAgencyId: number | null
  causeAccountId: number | null
  causeOver: number | null
  /** Working minutes from its reception to its result, pauses left out; null without a result, or with one from before this was kept. */
  workedMinutes: number | null
}

const labels: Record<State, readonly [vi: string, en: string]> = {
  draft: ['Bản nháp', 'Draft'],
  submitted: ['Chờ tiếp nhận', 'Waiting to be received'],
  'supplement-at-intake': ['Chờ bổ sung trước tiếp nhận', 'Supplement needed before intake'],
  'refused-at-intake': ['Từ chối tiếp nhận', 'Refused at intake'],
  received: ['Đã tiếp nhận', 'Received'],
  'in-process': ['Đang giải quyết', 'In process'],
  'supplement-requested': ['Chờ bổ sung', 'Supplement requested'],
  'financial-obligation': ['Chờ nghĩa vụ tài chính', 'Waiting for financial obligation'],
  'pending-approval': ['Chờ phê duyệt', 'Waiting for approval'],
  approved: ['Đã duyệt, chờ phát hành', 'Approved, result to be issued'],
  'result-ready': ['Có kết quả, chờ trả', 'Result ready'],
  closed: ['Đã trả kết quả', 'Result handed over'],
  withdrawn: ['Đã rút hồ sơ', 'Withdrawn'],
  stopped: ['Dừng giải quyết', 'Stopped'],
}

export function stateLabel(state: State, t: T): string {
  return t(...labels[state])
}

/** National status codes 1–10 (TrangThaiHoSo), used only where dossiers are synchronised to the national portal. */
export function nationalStatus(state: State): number | null {
  const codes: Record<State, number | null> = {
    draft: null,
    submitted: 1,
    'supplement-at-intake': 5,
    'refused-at-intake': 3,
    received: 2,
    'in-process': 4,
    'supplement-requested': 5,
    'financial-obligation': 6,
    'pending-approval': 4,
    approved: 4,
    'result-ready': 9,
    closed: 10,
    withdrawn: 7,
    stopped: 8,
  }
  return codes[state]
}

export const openStates: readonly State[] = [
  'received',
  'in-process',
  'supplement-requested',
  'financial-obligation',
  'pending-approval',
  'approved',
]

/** The clock of the administration runs: received, no result yet, not ended. */
export function isOpen(state: State): boolean {
  return openStates.includes(state)
}

export function channelLabel(channel: Channel, t: T): string {
  const names: Record<Channel, readonly [string, string]> = {
    counter: ['Trực tiếp tại quầy', 'At the counter'],
    online: ['Trực tuyến', 'Online'],
    post: ['Bưu chính công ích', 'By post'],
    home: ['Tại nhà', 'At home'],
    phone: ['Qua điện thoại', 'By phone'],
  }
  return t(...names[channel])
}

/** How officers and addresses name a dossier: its code, or `D12` while it has none. */
export function dossierRef(dossier: { id: number; code: string | null }): string {
  return dossier.code ?? `D${dossier.id}`
}

/** The number in a reference such as `D12`; undefined when it is a code. */
export function draftNumber(ref: string): string | undefined {
  return /^D(\d{1,15})$/u.exec(ref)?.[1]
}

/** Whole đồng still to be paid. */
export function owedOn({ fees, receipts }: Pick<Dossier, 'fees' | 'receipts'>): number {
  const asked = fees.reduce((sum, fee) => sum + fee.amount * fee.quantity, 0)
  return Math.max(0, asked - receipts.reduce((sum, receipt) => sum + receipt.amount, 0))
}
