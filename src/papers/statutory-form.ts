import type { FormSet } from '#src/procedures/law.ts'

/**
 * The statutory forms of the one-stop mechanism: six in Circular 01/2018/TT-VPCP (to 30/6/2025), seven in Circular
 * 03/2025/TT-VPCP (from 1/7/2025). Which set a dossier prints is decided by its law pack, that is by its day of reception.
 */
export type FormKind = 'receipt' | 'supplement' | 'refusal' | 'apology' | 'stop' | 'control' | 'book'

/** In the order of their numbers. */
const kindsOf: Record<FormSet, readonly FormKind[]> = {
  2018: ['receipt', 'supplement', 'refusal', 'apology', 'control', 'book'],
  2025: ['receipt', 'supplement', 'refusal', 'apology', 'stop', 'control', 'book'],
}

const circulars: Record<FormSet, string> = {
  2018: 'Thông tư số 01/2018/TT-VPCP',
  2025: 'Thông tư số 03/2025/TT-VPCP',
}

/** Broken where a reader would pause: the title of an official paper is set in short centred lines. */
const titles: Record<FormKind, readonly string[]> = {
  receipt: ['Giấy tiếp nhận hồ sơ', 'và hẹn trả kết quả'],
  supplement: ['Phiếu yêu cầu bổ sung,', 'hoàn thiện hồ sơ'],
  refusal: ['Phiếu từ chối tiếp nhận', 'giải quyết hồ sơ'],
  apology: ['Văn bản xin lỗi và đề nghị', 'gia hạn thời gian giải quyết'],
  stop: ['Thông báo', 'dừng giải quyết hồ sơ'],
  control: ['Phiếu kiểm soát', 'quá trình giải quyết hồ sơ'],
  book: ['Sổ theo dõi hồ sơ'],
}
const apologyTitle2018 = ['Phiếu xin lỗi', 'và hẹn lại ngày trả kết quả']

/** The forms of a set, in the order of their numbers. */
export function formKinds(set: FormSet): readonly FormKind[] {
  return kindsOf[set]
}

/** `'01'`…`'07'`; undefined when the set has no such form (there was no stop notice before 1/7/2025). */
export function formNumber(set: FormSet, kind: FormKind): string | undefined {
  const at = kindsOf[set].indexOf(kind)
  return at < 0 ? undefined : `0${at + 1}`
}

/** The lines of a form's title in sentence case; the apology was renamed in 2025. */
export function formTitleLines(set: FormSet, kind: FormKind): readonly string[] {
  return set === '2018' && kind === 'apology' ? apologyTitle2018 : titles[kind]
}

export function formTitle(set: FormSet, kind: FormKind): string {
  return formTitleLines(set, kind).join(' ')
}

/** `Mẫu số 01 – Thông tư số 03/2025/TT-VPCP`. */
export function formCitation(set: FormSet, kind: FormKind): string {
  return `Mẫu số ${formNumber(set, kind)} – ${circulars[set]}`
}

export type FormPaper = 'a5' | 'a4' | 'a4-landscape'

/**
 * The 2018 circular prints all but the book on A5. Of the 2025 set the slips stay A5; the apology, the stop notice (both letters) and
 * the control slip (a row per hand-over) take A4. The book is always A4, turned for its fifteen columns.
 */
export function formPaper(set: FormSet, kind: FormKind): FormPaper {
  if (kind === 'book') return 'a4-landscape'
  return set === '2025' && (kind === 'apology' || kind === 'stop' || kind === 'control') ? 'a4' : 'a5'
}

/** What stands at the head of every form. */
export type FormHeader = {
  /** The superior organ (cơ quan cấp trên); empty for an agency that has none above it on paper. */
  superior: string
  /** The unit that issues the form. */
  unit: string
  /** Where it is issued: `Thanh Bình`. */
  place: string
  at: Date
  /** Number and symbol of the document; null leaves a dotted line to write on. */
  number: string | null
  /** Dossier code; null when there is none (yet). */
  code: string | null
  /** What the QR code opens; null prints no QR code. */
  trackingUrl: string | null
  /** What is typed with the code to follow the dossier where no QR code can be scanned. */
  trackingSecret: string | null
}

/** A paper of the dossier and how many of each kind were handed in or are asked for. */
export type FormComponent = { name: string; originals: number; certified: number; copies: number }

export type ReceiptForm = FormHeader & {
  /** Where it is resolved and where the applicant was helped, each if not where it is received. */
  resolvingAgency?: string | null
  supportPlace?: string | null
  applicantName: string
  /** Channel in words: `trực tiếp`, `trực tuyến`. */
  channel: string
  applicantAddress: string | null
  phone: string | null
  email: string | null
  idNumber: string | null
  /** Who handed the dossier in for the applicant. */
  representative: string | null
  /** Nội dung yêu cầu giải quyết. */
  content: string
  ownerName: string
  ownerAddress: string | null
  components: FormComponent[]
  /** Số bộ hồ sơ. */
  setCount: number
  /** `5 ngày làm việc`; null when the procedure has no term. */
  termText: string | null
  receivedAt: Date
  /** null: no term, so no appointment. */
  dueAt: Date | null
  /** Years without an official calendar notice that `dueAt` reaches into; empty when it is final. */
  provisionalYears: number[]
  /** Where or how the result is handed over. */
  resultPlace: string | null
  book: { volume: string; order: string } | null
  receiverName: string
  /** null: nobody signs for the applicant (online); empty: signs by hand. */
  submitterName: string | null
  /** Whole đồng. */
  fees: { name: string; amount: number }[]
  /** Set when reprinted after a correction of the intake. */
  correctedAt: Date | null
}

export type SupplementForm = FormHeader & {
  applicantName: string
  applicantAddress: string | null
  phone: string | null
  email: string | null
  content: string
  /** `note` says what has to be completed. */
  items: (FormComponent & { note: string | null })[]
  reason: string
  contactOfficer: string
  contactPhone: string | null
  website: string | null
  answerBy: Date | null
  /** At intake the term has not begun; during appraisal it pauses. */
  stage: 'intake' | 'appraisal'
}

export type RefusalForm = FormHeader & {
  applicantName: string
  applicantAddress: string | null
  phone: string | null
  email: string | null
  idNumber: string | null
  content: string
  /** When an online dossier was submitted; null at the counter. */
  submittedAt: Date | null
  reason: string
  contactOfficer: string | null
  contactPhone: string | null
  website: string | null
  /** null: nobody signs for the applicant (online); empty: signs by hand. */
  submitterName: string | null
  refuserName: string
}

export type ApologyForm = FormHeader & {
  recipientName: string
  recipientAddress: string | null
  recipientPhone: string | null
  receivedAt: Date
  content: string
  originalDue: Date
  /** The agency whose result was not ready in time. */
  agencyAtFault: string
  reason: string
  newDue: Date
  resultPlace: string
  /** Extensions granted before this one. */
  timesExtended: number
  signerTitle: string
  signerName: string
}

export type StopForm = FormHeader & {
  recipientName: string
  recipientAddress: string | null
  recipientPhone: string | null
  receivedAt: Date | null
  content: string
  /** Whose request was considered: the applicant or an authority. */
  requestedBy: string | null
  ground: string
  stoppedAt: Date
  papersHandling: string
  feesHandling: string
  contactOfficer: string | null
  contactPhone: string | null
  signerTitle: string
  signerName: string
}

export type ControlParty = { agency: string; officer: string | null }
export type ControlHandOver = {
  from: ControlParty
  to: ControlParty
  /** null: to be filled in by hand. */
  at: Date | null
  /** When the receiver took it over, where that is a step of its own. */
  takenAt: Date | null
  result: 'Trước hạn' | 'Đúng hạn' | 'Quá hạn' | ''
  note: string | null
}
export type ControlForm = FormHeader & {
  content: string
  applicantName: string
  applicantAddress: string | null
  phone: string | null
  email: string | null
  ownerName: string
  receivedAt: Date
  termText: string | null
  dueAt: Date | null
  components: FormComponent[]
  setCount: number
  resolvingAgency: string
  coordinatingAgencies: string[]
  handOvers: ControlHandOver[]
}

export type BookRow = {
  /** Số thứ tự within the volume. */
  order: number
  code: string
  procedureName: string
  setCount: number
  applicantName: string
  address: string | null
  phone: string | null
  resolvingAgency: string
  receivedAt: Date
  dueAt: Date | null
  forwardedAt: Date | null
  resultReceivedAt: Date | null
  returnedAt: Date | null
  /** Phương thức nhận kết quả. */
  returnMethod: string | null
  /** Ký nhận: who collected. */
  collectedBy: string | null
  note: string | null
}
/** A thousand rows take about 0.3 GB while they are laid out; a longer period is printed in parts. */
export const BOOK_ROWS_MAX = 2_000

/** `from` and `to` are both inside the period. */
export type BookForm = FormHeader & { volume: string | null; from: Date; to: Date; rows: BookRow[] }

export type FormModels = {
  receipt: ReceiptForm
  supplement: SupplementForm
  refusal: RefusalForm
  apology: ApologyForm
  stop: StopForm
  control: ControlForm
  book: BookForm
}
