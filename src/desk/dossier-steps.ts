import type { Dossier } from '#src/dossiers/dossier.ts'
import type { EventType } from '#src/dossiers/dossier-event.ts'
import type { ReadDossier, ReadEvent } from '#src/dossiers/dossier-page.query.ts'
import { holderOf } from '#src/dossiers/holder.ts'
import { type T, timeText, wallClock } from '#src/platform/text.ts'
import type { Step } from '#src/ui/steps.tsx'

type Stage = { key: string; label: readonly [vi: string, en: string]; done: EventType }

const stages: readonly Stage[] = [
  { key: 'intake', label: ['Tiếp nhận', 'Intake'], done: 'received' },
  { key: 'forward', label: ['Chuyển hồ sơ', 'Forward'], done: 'forwarded' },
  { key: 'assign', label: ['Phân công', 'Assign'], done: 'assigned' },
  { key: 'appraise', label: ['Thẩm định', 'Appraise'], done: 'sent-for-approval' },
  { key: 'approve', label: ['Phê duyệt', 'Approve'], done: 'approved' },
  { key: 'result', label: ['Ký, cấp số', 'Sign, number'], done: 'result-ready' },
  { key: 'hand-over', label: ['Trả kết quả', 'Hand over'], done: 'handed-over' },
]

/** Which stage the dossier is in; null once it has ended. */
function currentStage(d: Dossier): string | null {
  switch (d.state) {
    case 'draft':
    case 'submitted':
    case 'supplement-at-intake':
      return 'intake'
    case 'received':
      return d.forwarded ? 'assign' : 'forward'
    case 'in-process':
    case 'supplement-requested':
    case 'financial-obligation':
      return 'appraise'
    case 'pending-approval':
      return 'approve'
    case 'approved':
      return 'result'
    case 'result-ready':
      return 'hand-over'
    default:
      return null
  }
}

/** `02/03 09:15`; the year is told elsewhere on the page. */
export function shortInstant(at: Date): string {
  const { day, month } = wallClock(at)
  return `${String(day).padStart(2, '0')}/${String(month).padStart(2, '0')} ${timeText(at)}`
}

/** The way from the door to the result: what is done and by whom (when, the ledger beside it tells), and who has to act now. Forwarding only between two agencies. */
export function dossierSteps(read: ReadDossier, t: T): Step[] {
  const { dossier, events } = read
  const shown = stages.filter(({ key }) => key !== 'forward' || dossier.receivingAgencyId !== dossier.competentAgencyId)
  const at = shown.findIndex(({ key }) => key === currentStage(dossier))
  const reached = at >= 0 ? at : lastReached(shown, dossier, events)
  return shown.map((stage, i) => {
    const label = t(...stage.label)
    if (i === at) return { label, state: 'current', note: holderText(read, t) }
    if (i > reached) return { label, state: at >= 0 ? 'todo' : 'skipped' }
    const event = events.findLast(one => one.type === stage.done)
    return { label, state: 'done', note: event ? shortName(event.actorName) : undefined }
  })
}

/** An ended dossier went as far as the last stage some event completed. */
function lastReached(shown: readonly Stage[], dossier: Dossier, events: readonly ReadEvent[]): number {
  if (dossier.state === 'closed') return shown.length - 1
  return shown.findLastIndex(stage => events.some(event => event.type === stage.done))
}

/** `Ng. Minh Tuấn` as in a register: the family name may be cut, the given names not. */
function shortName(name: string | null): string {
  const [family = '', ...given] = (name ?? '').split(' ')
  return given.length > 1 && family.length > 3 ? `${family.slice(0, 2)}. ${given.join(' ')}` : (name ?? '')
}

function holderText({ dossier, specialist, receiving, competent }: ReadDossier, t: T): string {
  const holder = holderOf(dossier)
  if (!holder) return ''
  if (dossier.state === 'supplement-requested' || dossier.state === 'supplement-at-intake') {
    return t('chờ người nộp bổ sung', 'waiting for the applicant')
  }
  if (dossier.state === 'financial-obligation') return t('chờ nghĩa vụ tài chính', 'waiting for payment')
  if (holder.accountId !== null && specialist) return shortName(specialist)
  return holder.agencyId === competent.id ? competent.shortName : receiving.shortName
}
