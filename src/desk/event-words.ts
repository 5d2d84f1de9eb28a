import type { SupplementItem } from '#src/dossiers/dossier.ts'
import { type EventPayloads, type EventType, eventLabels, type Imported } from '#src/dossiers/dossier-event.ts'
import type { ReadDossier, ReadEvent } from '#src/dossiers/dossier-page.query.ts'
import { instantText, moneyText, type T } from '#src/platform/text.ts'
import type { Procedure } from '#src/procedures/procedure.ts'
import { moveLines, workWords } from '#src/progress/work-words.ts'

/** What an event says in a line of the timeline, and what was written with it. */
export type EventWords = { title: string; lines: string[] }

type Line = string | null | false
type Words = { [K in EventType]?: (payload: EventPayloads[K], t: T, read: ReadDossier) => Line[] }

const due = (at: string | null | undefined, t: T) =>
  at ? t(`Hạn trả ${instantText(new Date(at))}`, `Due ${instantText(new Date(at))}`) : null

const importedLines = ({ source, number, code, note }: Imported, { dossier }: ReadDossier, t: T): Line[] => [
  t(`Số hồ sơ ở hệ thống cũ (${source}): ${number}`, `Number in the earlier system (${source}): ${number}`),
  code && code !== dossier.code ? t(`Mã hồ sơ cũ: ${code}`, `Earlier code: ${code}`) : null,
  note ?? null,
]

/** Names of what was asked for, with the notes. */
export function itemTexts(items: readonly SupplementItem[], procedure: Procedure): string[] {
  const names = new Map(procedure.content.components.map(one => [one.code, one.name]))
  return items.map(({ component, note }) =>
    [component && (names.get(component) ?? component), note].filter(Boolean).join(': '),
  )
}

const words: Words = {
  received: (p, t, read) => [due(p.due.at, t), ...(p.imported ? importedLines(p.imported, read, t) : [])],
  'refused-at-intake': p => [p.reason],
  'supplement-requested': (p, t, { procedure }) => [
    ...itemTexts(p.items, procedure),
    p.reason,
    p.legalGround && t(`Căn cứ: ${p.legalGround}`, `Ground: ${p.legalGround}`),
    p.approvedBy && t(`Người chấp thuận: ${p.approvedBy}`, `Approved by ${p.approvedBy}`),
  ],
  'supplement-proposed': (p, t, { procedure }) => [
    ...itemTexts(p.items, procedure),
    p.reason,
    p.legalGround && t(`Căn cứ: ${p.legalGround}`, `Ground: ${p.legalGround}`),
  ],
  'supplement-declined': p => [p.reason],
  'supplement-answered': (p, t) => [p.note, due(p.due?.at, t)],
  forwarded: p => [p.note],
  assigned: (p, t) => [t(`Cho ${p.specialist}`, `To ${p.specialist}`), p.note],
  ...workWords,
  appraised: (p, t) => [
    p.opinion === 'eligible' ? t('Đủ điều kiện', 'Eligible') : t('Không đủ điều kiện', 'Not eligible'),
    p.note,
  ],
  approved: p => [p.note],
  'returned-for-rework': p => [p.reason],
  'result-signed': (p, t) => [
    p.number && t(`Số ${p.number}`, `Number ${p.number}`),
    p.signer && t(`Người ký ${p.signer}`, `Signed by ${p.signer}`),
    p.title,
  ],
  'result-ready': (p, t) => [judgementText(p.judgement, t)],
  'handed-over': (p, t) => [
    p.collector &&
      t(`Người nhận: ${p.collector}`, `Collected by ${p.collector}`) + (p.relation ? ` (${p.relation})` : ''),
  ],
  extended: (p, t) => [
    t(`Hẹn lại ${instantText(new Date(p.until))}`, `New date ${instantText(new Date(p.until))}`),
    p.reason,
    p.legalGround,
    p.lateNotice && t('Văn bản xin lỗi gửi muộn hơn quy định', 'The apology was sent later than the law asks'),
  ],
  'financial-obligation-notified': (p, t) => [
    p.notice &&
      t(`Thông báo số ${p.notice}`, `Notice ${p.notice}`) + (p.amount === null ? '' : `: ${moneyText(p.amount)}`),
    p.ground,
  ],
  'financial-obligation-met': (p, t) => [
    p.evidence && t(`Chứng từ: ${p.evidence}`, `Evidence: ${p.evidence}`),
    due(p.due.at, t),
  ],
  'fee-collected': (p, t) => [
    p.number
      ? t(`Biên lai ${p.number}: ${moneyText(p.amount)}`, `Receipt ${p.number}: ${moneyText(p.amount)}`)
      : moneyText(p.amount),
  ],
  stopped: (p, t) => [p.reason, t(`Căn cứ: ${p.ground}`, `Ground: ${p.ground}`)],
  withdrawn: p => [p.reason],
  corrected: (p, t) => [p.reason, due(p.due?.at, t)],
  'due-recomputed': (p, t) => [p.reason, due(p.due.at, t)],
  noted: p => [p.text],
}

export function eventWords(event: ReadEvent, read: ReadDossier, t: T): EventWords {
  const tell = words[event.type] as ((payload: unknown, t: T, read: ReadDossier) => Line[]) | undefined
  const lines = [...(tell?.(event.payload, t, read) ?? []), ...moveLines(event, read, t)]
  return {
    title: t(...eventLabels[event.type]),
    lines: lines.filter(line => typeof line === 'string' && line !== '') as string[],
  }
}

export function judgementText(judgement: EventPayloads['result-ready']['judgement'], t: T): string {
  const texts = {
    early: t('Trước hạn', 'Early'),
    'on-time': t('Đúng hạn', 'On time'),
    late: t('Quá hạn', 'Late'),
    'no-term': t('Không quy định thời hạn', 'No time limit'),
  }
  return texts[judgement]
}
