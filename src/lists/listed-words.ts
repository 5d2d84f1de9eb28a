import { roleName } from '#src/accounts/account.ts'
import { dueAt } from '#src/calendar/deadline.ts'
import { timeLeftText, workingDuration } from '#src/calendar/duration-text.ts'
import { localDate } from '#src/calendar/local-date.ts'
import { timeLeft } from '#src/calendar/time-left.ts'
import { type WorkingCalendar, workingMinutesBetween } from '#src/calendar/working-time.ts'
import { dossierRef } from '#src/dossiers/dossier.ts'
import { toneOf } from '#src/dossiers/time-tone.ts'
import { instantText, type T, timeText, wallClock } from '#src/platform/text.ts'
import type { Channel } from '#src/procedures/procedure.ts'
import type { Tone } from '#src/ui/badge.tsx'
import type { ListedDossier } from './dossier-list.ts'

/** `badge`: the time left in words, with its tone; null where no clock runs. `lines`: when, and what is uncertain about it. */
export type Standing = {
  badge: { tone: Tone; text: string } | null
  lines: string[]
  /** The time left of the step it is at; null where none runs. */
  step: { text: string; late: boolean } | null
}

/** How a dossier of a list stands against its deadline at `now`. */
export function standingOf(d: ListedDossier, now: Date, calendar: WorkingCalendar, t: T): Standing {
  return { ...againstDeadline(d, now, calendar, t), step: stepStanding(d, now, calendar, t) }
}

function stepStanding({ stepDueAt: due, pausedAt }: ListedDossier, now: Date, calendar: WorkingCalendar, t: T) {
  if (!due || pausedAt) return null
  const left = timeLeft({ due, paused: false }, now, calendar)
  const words = timeLeftText(left, t)
  const text = t(`Bước này: ${lowered(words)}`, `This step: ${lowered(words)}`)
  return { text, late: toneOf(left) === 'late' }
}

const lowered = (words: string) => words.charAt(0).toLowerCase() + words.slice(1)

type Against = Omit<Standing, 'step'>

function againstDeadline(d: ListedDossier, now: Date, calendar: WorkingCalendar, t: T): Against {
  const by = d.cause ? t(`chậm do ${d.cause}`, `delayed by ${d.cause}`) : ''
  if (d.readyAt) return { badge: judged(d, t), lines: [nearInstant(d.readyAt, now, t), by].filter(Boolean) }
  if (d.state === 'submitted') return toBeExamined(d, now, calendar, t)
  if (!d.receivedAt || !d.holder) return { badge: null, lines: [] }
  if (!d.dueAt) return { badge: null, lines: [timeLeftText({ state: 'no-term' }, t)] }
  const due = d.dueAt
  // A pause after the deadline changes nothing any more.
  const paused = d.pausedAt !== null && d.pausedAt <= due
  const left = timeLeft({ due, paused }, now, calendar)
  const badge = { tone: toneOf(left), text: timeLeftText(left, t) }
  const when = paused && d.pausedAt ? afterPause(d, d.pausedAt, due, calendar, t) : nearInstant(due, now, t)
  const cause = left.state === 'overdue' ? by : ''
  return { badge, lines: [when, cause, provisional(d, t)].filter(Boolean) }
}

/** An online submission has no deadline of its own yet; the desk has one to examine it. */
function toBeExamined(
  { enteredAt, intakeCheckHours }: ListedDossier,
  now: Date,
  calendar: WorkingCalendar,
  t: T,
): Against {
  const { at: due } = dueAt({ amount: intakeCheckHours, unit: 'working-hours' }, enteredAt, [], calendar)
  const left = timeLeft({ due, paused: false }, now, calendar)
  const until = due ? nearInstant(due, now, t) : ''
  const badge = { tone: toneOf(left), text: timeLeftText(left, t) }
  return { badge, lines: [t(`kiểm tra trước ${until}`, `examine before ${until}`)] }
}

function judged({ judgement }: ListedDossier, t: T): Standing['badge'] {
  switch (judgement) {
    case 'late':
      return { tone: 'late', text: t('Có kết quả, quá hạn', 'Ready, late') }
    case 'early':
      return { tone: 'done', text: t('Có kết quả, trước hạn', 'Ready, early') }
    case 'on-time':
      return { tone: 'done', text: t('Có kết quả, đúng hạn', 'Ready, on time') }
    default:
      return { tone: 'done', text: t('Có kết quả', 'Ready') }
  }
}

function afterPause(d: ListedDossier, pausedAt: Date, due: Date, calendar: WorkingCalendar, t: T): string {
  if (d.resume === 'restart') return t('tính lại từ đầu khi nối lại', 'the term starts again after the pause')
  const left = workingDuration(workingMinutesBetween(pausedAt, due, calendar), t)
  return t(`còn ${left} khi nối lại`, `${left} left after the pause`)
}

function provisional({ dueProvisional, dueGaps }: ListedDossier, t: T): string {
  if (!dueProvisional) return ''
  const years = dueGaps.join(', ')
  return t(`tạm tính, chưa có lịch nghỉ ${years}`, `provisional: no official calendar for ${years}`)
}

const two = (n: number) => String(n).padStart(2, '0')

/** `hôm nay 16:30`, `24/11 10:15`, with the year when it is another. */
export function nearInstant(at: Date, now: Date, t: T): string {
  if (localDate(at) === localDate(now)) return `${t('hôm nay', 'today')} ${timeText(at)}`
  const { day, month, year } = wallClock(at)
  return year === wallClock(now).year ? `${two(day)}/${two(month)} ${timeText(at)}` : instantText(at)
}

const channels: Record<Channel, readonly [vi: string, en: string]> = {
  counter: ['Tại quầy', 'Counter'],
  online: ['Trực tuyến', 'Online'],
  post: ['Bưu chính', 'Post'],
  home: ['Tại nhà', 'At home'],
  phone: ['Điện thoại', 'Telephone'],
}

/** `Tại quầy · 17/11 14:03`: the door it came through, and when. */
export function cameInText({ channel, receivedAt, enteredAt }: ListedDossier, now: Date, t: T): string {
  return `${t(...channels[channel])} · ${nearInstant(receivedAt ?? enteredAt, now, t)}`
}

/** Who has to act: the applicant while papers or money are awaited, else the agency; with the person or the role. */
export function whereText({ state, holder }: ListedDossier, t: T): { place: string; who: string } {
  const applicant = t('Người nộp', 'Applicant')
  if (state === 'supplement-requested' || state === 'supplement-at-intake') {
    return { place: applicant, who: t('bổ sung giấy tờ', 'to supplement') }
  }
  if (state === 'financial-obligation') return { place: applicant, who: t('nộp tiền', 'to pay') }
  if (state === 'result-ready') return { place: holder?.agencyName ?? '', who: t('chờ người nhận', 'to be fetched') }
  return { place: holder?.agencyName ?? '', who: holder ? whoText(holder, t) : '' }
}

/** Nobody's turn while a dossier at another agency is waited for. */
function whoText({ name, role }: NonNullable<ListedDossier['holder']>, t: T): string {
  return name ?? (role ? roleName(role, t) : t('chờ hồ sơ liên thông', 'waits for another dossier'))
}

/** `0912 ••• 345`, on one line: enough to tell two people of one name apart, not enough to call. */
export function maskedContact({ kind, phone, idNumber }: ListedDossier['applicant'], t: T): string {
  if (kind === 'citizen' && phone) return `${phone.slice(0, 4)}\u00a0•••\u00a0${phone.slice(-3)}`
  if (!idNumber) return ''
  return `${kind === 'citizen' ? t('CCCD', 'ID') : t('MST', 'Tax code')} ${idNumber.slice(0, 3)}•••••${idNumber.slice(-2)}`
}

export function dossierHref(dossier: { id: number; code: string | null }): string {
  return `/ho-so/${dossierRef(dossier)}`
}
