import { z } from '@hono/zod-openapi'
import type { Officer, Role } from '#src/platform/ctx.ts'
import { named, says } from '#src/platform/field-problems.ts'
import { line, rowId } from '#src/platform/form.ts'

/** A text in both languages. */
type Words = readonly [vi: string, en: string]

/** How somebody was guided: at the desk, by a call that came in or was made, in writing online, at home. */
export const guidanceChannels = ['counter', 'call-in', 'call-out', 'chat', 'home'] as const
export type GuidanceChannel = (typeof guidanceChannels)[number]

/** What about, after what Decree 118/2025 art. 16 wants people guided on. */
export const guidanceTopics = ['papers', 'where', 'status', 'online-filing', 'fees', 'other'] as const
export type GuidanceTopic = (typeof guidanceTopics)[number]

/** Whether it led to a dossier there and then. */
export const guidanceOutcomes = ['told', 'dossier'] as const
export type GuidanceOutcome = (typeof guidanceOutcomes)[number]

export const guidanceChannelNames: Readonly<Record<GuidanceChannel, Words>> = {
  counter: ['Trực tiếp', 'In person'],
  'call-in': ['Cuộc gọi đến', 'Incoming call'],
  'call-out': ['Cuộc gọi đi', 'Outgoing call'],
  chat: ['Trực tuyến', 'Online'],
  home: ['Tại nhà', 'At home'],
}

export const guidanceTopicNames: Readonly<Record<GuidanceTopic, Words>> = {
  papers: ['Thành phần hồ sơ', 'Papers needed'],
  where: ['Nơi nộp, thẩm quyền', 'Where to go'],
  status: ['Tình trạng hồ sơ', 'How a dossier stands'],
  'online-filing': ['Nộp trực tuyến', 'Filing online'],
  fees: ['Phí, lệ phí', 'Fees'],
  other: ['Việc khác', 'Something else'],
}

export const guidanceOutcomeNames: Readonly<Record<GuidanceOutcome, Words>> = {
  told: ['Đã hướng dẫn', 'Guided'],
  dossier: ['Đã nộp hồ sơ', 'A dossier followed'],
}

/** Who guides people and writes it down. */
export const guideRoles: readonly Role[] = ['intake', 'postal', 'home']
const overseers: readonly Role[] = ['director', 'control', 'reform']
/** Who reads the log: the desk its own, a leader the agency's, those who watch over the province all of it. */
export const guidanceReaders: readonly Role[] = [...guideRoles, 'leader', ...overseers]

export const seesAllGuidance = ({ role }: Officer): boolean => overseers.includes(role)

/** Nine figures in a row name somebody: a telephone, a citizen number, an account. */
const note = line(300).refine(
  text => !/\d([\s.-]?\d){8}/u.test(text),
  says(
    'Ghi chú không ghi số giấy tờ, số điện thoại của người được hướng dẫn.',
    'Leave ID and telephone numbers of those guided out of the note.',
  ),
)

export const RecordGuidance = z.strictObject({
  channel: named(z.enum(guidanceChannels), 'hình thức hướng dẫn', 'how they were guided'),
  topic: named(z.enum(guidanceTopics), 'nội dung hướng dẫn', 'what it was about'),
  /** A code; what stands after it is for the reader. */
  procedure: named(
    line(400).overwrite(text => text.split(' ')[0] ?? ''),
    'mã thủ tục',
    'the procedure’s code',
  ).optional(),
  field: named(line(60), 'lĩnh vực', 'the field').optional(),
  servicePoint: named(rowId, 'điểm tiếp nhận', 'the service point').optional(),
  outcome: named(z.enum(guidanceOutcomes), 'kết quả', 'the outcome').default('told'),
  note: named(note, 'ghi chú', 'the note').optional(),
})
export type RecordGuidance = z.infer<typeof RecordGuidance>

export const StrikeGuidance = z.strictObject({ reason: named(line(300), 'lý do gạch bỏ', 'the reason') })
export type StrikeGuidance = z.infer<typeof StrikeGuidance>

export type Guidance = {
  id: number
  at: Date
  agency: { id: number; code: string; name: string }
  servicePoint: { id: number; name: string } | null
  officer: { accountId: number; name: string }
  channel: GuidanceChannel
  topic: GuidanceTopic
  field: { code: string; name: string } | null
  procedure: { code: string; name: string } | null
  outcome: GuidanceOutcome
  note: string | null
  struck: { at: Date; by: string; reason: string } | null
}

/** Of one's own, or of the agency one leads. */
export function mayStrike(officer: Officer, one: Pick<Guidance, 'agency' | 'officer' | 'struck'>): boolean {
  if (one.struck || one.agency.id !== officer.agencyId) return false
  return officer.role === 'leader' || (guideRoles.includes(officer.role) && one.officer.accountId === officer.accountId)
}
