import { startOfLocalDay } from '#src/calendar/local-date.ts'
import { dateText, wallClock } from '#src/platform/text.ts'
import type { DirectiveFigures } from './directive-figures.ts'
import { guidanceSection, moneySection, reasonsSection, serviceSection } from './directive-service.ts'
import { delaySection, solvingSection } from './directive-solving.ts'

/** Words of a document; with `href` a number that leads to what is behind it, on the screen. */
export type Run = string | { text: string; href?: string | undefined }
export type DocumentTable = {
  caption: string
  head: readonly string[]
  rows: readonly (readonly Run[])[]
  total?: boolean
}
/** `open`: left for whoever signs to write. */
export type DocumentPart =
  | { kind: 'text'; runs: readonly Run[] }
  | { kind: 'table'; table: DocumentTable }
  | { kind: 'open'; prompt: string }
export type DocumentSection = { title: string; parts: readonly DocumentPart[] }

/** An administrative report in the layout of Decree 30/2020, annex I: whoever issues it, number, day, name, body, signature. */
export type DirectiveReport = {
  /** The organ above the one that issues it; empty where there is none. */
  superior: string
  issuer: string
  number: string
  dateline: string
  title: string
  subject: string
  addressee: string
  opening: string
  sections: readonly DocumentSection[]
  closing: string
  recipients: readonly string[]
  signer: string
}

/** The monthly report of what was received and solved, from figures alone: the same figures make the same document. */
export function directiveReport(figures: DirectiveFigures): DirectiveReport {
  const { issuer, above, period, now } = figures
  const { month, year } = wallClock(now)
  const days = `từ ngày ${dateText(startOfLocalDay(period.from))} đến ngày ${dateText(startOfLocalDay(period.to))}`
  const until = figures.countedUntil ? `; số liệu tính đến ${figures.countedUntil}` : ''
  return {
    superior: above ?? '',
    issuer: issuer.name,
    number: `Số:        /BC-${initials(issuer.name)}`,
    dateline: `${placeOf(issuer.kind === 'commune' ? issuer.name : (above ?? issuer.name))}, ngày      tháng ${month} năm ${year}`,
    title: 'BÁO CÁO',
    subject: `Tình hình, kết quả giải quyết thủ tục hành chính ${period.name ?? days}`,
    addressee: `Kính gửi: ${addresseeOf(above)}.`,
    opening: `${issuer.name} báo cáo tình hình, kết quả tiếp nhận và giải quyết thủ tục hành chính của ${figures.scope} (${days}${until}) như sau:`,
    sections: numbered([
      solvingSection(figures),
      delaySection(figures),
      reasonsSection(figures),
      moneySection(figures),
      serviceSection(figures),
      guidanceSection(figures),
      proposals,
    ]),
    closing: `Trên đây là báo cáo của ${issuer.name}, kính trình xem xét, chỉ đạo./.`,
    recipients: ['Như trên;', 'Các cơ quan, đơn vị có liên quan;', 'Lưu: VT.'],
    signer: issuer.kind === 'commune' ? 'CHỦ TỊCH' : issuer.kind === 'centre' ? 'GIÁM ĐỐC' : 'THỦ TRƯỞNG CƠ QUAN',
  }
}

const proposals: DocumentSection = {
  title: 'Đánh giá, kiến nghị, đề xuất',
  parts: [
    { kind: 'open', prompt: '1. Đánh giá chung, tồn tại, nguyên nhân:' },
    { kind: 'open', prompt: '2. Nhiệm vụ trọng tâm kỳ tới:' },
    { kind: 'open', prompt: '3. Kiến nghị, đề xuất:' },
  ],
}

const numerals = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII']

function numbered(sections: readonly DocumentSection[]): DocumentSection[] {
  return sections.map((section, i) => ({ ...section, title: `${numerals[i]}. ${section.title.toUpperCase()}` }))
}

/** "Trung tâm Phục vụ hành chính công tỉnh Đồng Tháp" → TTPVHCC: without the place; what is capitals already stays. */
function initials(name: string): string {
  const words = name.replace(/\s+(tỉnh|thành phố|xã|phường|đặc khu)\s.*$/iu, '').split(/\s+/u)
  return words
    .map(word => (word.length > 1 && word === word.toUpperCase() ? word : (word[0] ?? '').toUpperCase()))
    .join('')
}

/** Of "UBND tỉnh Đồng Tháp" the place: Đồng Tháp. */
function placeOf(name: string): string {
  const place = name
    .replace(/^(UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+/u, '')
    .replace(/^(tỉnh|thành phố|xã|phường|đặc khu)\s+/iu, '')
  return place === name ? '……' : place
}

function addresseeOf(above: string | null): string {
  if (above === null) return 'Văn phòng Chính phủ'
  return /^(UBND|Ủy ban nhân dân|Uỷ ban nhân dân)/u.test(above) ? `Chủ tịch ${above}` : above
}
