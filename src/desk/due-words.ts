import type { DueReason, DueStep, Term } from '#src/calendar/deadline.ts'
import { explainDue } from '#src/calendar/deadline.ts'
import { workingDuration } from '#src/calendar/duration-text.ts'
import { localDate } from '#src/calendar/local-date.ts'
import { type Stretch, stretchesAt, type TimeLeft, timeLeft } from '#src/calendar/time-left.ts'
import { workingMinutesBetween } from '#src/calendar/working-time.ts'
import type { Adjustment, Dossier } from '#src/dossiers/dossier.ts'
import type { ReadDossier } from '#src/dossiers/dossier-page.query.ts'
import { dateText, instantText, type T, timeText } from '#src/platform/text.ts'
import type { DeadlineSegment } from '#src/ui/deadline-bar.tsx'

/** `16:30 hôm nay`, `16:30 24/11/2026`. */
export function dueWhen(due: Date, now: Date, t: T): string {
  return localDate(due) === localDate(now) ? t(`${timeText(due)} hôm nay`, `${timeText(due)} today`) : instantText(due)
}

/** The moment up to which the deadline is told: now, or when the result was ready or the dossier ended. */
function toldUntil(d: Dossier, now: Date): Date {
  return d.readyAt ?? d.closedAt ?? now
}

export function leftOf(read: ReadDossier, now: Date): TimeLeft {
  const { dueAt: due, pausedAt } = read.dossier
  // A pause after the deadline changes nothing any more.
  const paused = pausedAt !== null && due !== null && pausedAt <= due
  return timeLeft({ due, paused }, now, read.calendar)
}

/** The bar's stretches in order of time. An extended deadline is not the term's end any more, so it is measured to the promise. */
export function dueSegments(read: ReadDossier, now: Date): DeadlineSegment[] {
  const { dossier, calendar, policy } = read
  const { receivedAt, term, dueAt } = dossier
  if (!receivedAt || !dueAt) return []
  const until = toldUntil(dossier, now)
  // An extension is a promise of its own, and so is the due time of a dossier whose term is not known (imported).
  if (!dossier.extendedTo && term) return stretchesAt(until, term, receivedAt, dossier.pauses, calendar, policy.resume)
  const stretches: Stretch[] = []
  let reached = receivedAt
  const reach = (kind: Stretch['kind'], to: Date) => {
    const minutes = to > reached ? workingMinutesBetween(reached, to, calendar) : 0
    if (minutes > 0) stretches.push({ kind, minutes })
    if (to > reached) reached = to
  }
  for (const { from, to } of dossier.pauses) {
    reach('used', from)
    reach('paused', to ?? until)
  }
  const isLate = until >= dueAt
  reach('used', isLate ? dueAt : until)
  reach(isLate ? 'over' : 'left', isLate ? until : dueAt)
  return stretches
}

const weekdays: readonly (readonly [vi: string, en: string])[] = [
  ['Thứ Hai', 'Mon'],
  ['Thứ Ba', 'Tue'],
  ['Thứ Tư', 'Wed'],
  ['Thứ Năm', 'Thu'],
  ['Thứ Sáu', 'Fri'],
  ['Thứ Bảy', 'Sat'],
  ['Chủ nhật', 'Sun'],
]

const reasons: Record<DueReason, readonly [vi: string, en: string]> = {
  'start-day': ['Ngày tiếp nhận, không tính', 'Day of reception, not counted'],
  'working-day': ['Ngày làm việc', 'Working day'],
  'swapped-work': ['Ngày làm bù', 'Worked in place of another day'],
  'gap-year': ['Ngày làm việc, năm chưa có thông báo chính thức', 'Working day of a year without official notice'],
  'calendar-day': ['Tính theo ngày lịch', 'Calendar day'],
  partial: ['Tính một phần ngày', 'Part of the day'],
  weekend: ['Ngày nghỉ cuối tuần', 'Weekend'],
  'day-off': ['Ngày nghỉ', 'Day off'],
  paused: ['Tạm dừng', 'Paused'],
  restarted: ['Không tính: thời hạn tính lại từ đầu sau khi tạm dừng', 'Void: the term began again after the pause'],
  'moved-forward': ['Hạn rơi vào ngày nghỉ, chuyển đến ngày làm việc này', 'Moved to this working day from a day off'],
}

/** One day of the way to the due time, ready to be read. */
export type DueDay = { day: string; counted: string; why: string }

/** Why the due time is what it is, day by day; empty without a term. */
export function dueDays(read: ReadDossier, t: T): DueDay[] {
  const { dossier, calendar, policy } = read
  if (!dossier.receivedAt || !dossier.term) return []
  const { receivedAt, term, pauses } = dossier
  const { steps, at } = explainDue(term, receivedAt, pauses, calendar, policy.resume)
  const marks: [at: Date | null, text: string][] = [
    [receivedAt, t('tiếp nhận', 'received')],
    ...pauses.flatMap((pause): [Date | null, string][] => [
      [pause.from, t('tạm dừng từ', 'paused from')],
      [pause.to, t('tính tiếp từ', 'counted again from')],
    ]),
    [at, t('hết hạn', 'due')],
  ]
  return steps.map(step => ({
    day: `${t(...(weekdays[step.weekday - 1] ?? ['', '']))} ${dateText(new Date(`${step.day}T12:00:00+07:00`))}`,
    counted: step.counted ? countedText(step, term, t) : t('không tính', 'not counted'),
    why: whyText(step, marks, t),
  }))
}

/** 'Tính một phần ngày: tiếp nhận 09:00, tạm dừng từ 10:00' */
function whyText({ day, why, note }: DueStep, marks: readonly [at: Date | null, text: string][], t: T): string {
  const today = marks.flatMap(([at, text]) => (at && localDate(at) === day ? [`${text} ${timeText(at)}`] : []))
  const more = [note, today.join(', ')].filter(Boolean).join('; ')
  return more ? `${t(...reasons[why])}: ${more}` : t(...reasons[why])
}

const DATE_MINUTES = 1440

/** Calendar days and months count dates, everything else working time. */
function countedText({ minutes }: DueStep, { unit }: Term, t: T): string {
  if (unit !== 'days' && unit !== 'months') return workingDuration(minutes, t)
  if (minutes === DATE_MINUTES) return t('1 ngày', '1 day')
  return t(`${Math.round(minutes / 6) / 10} giờ`, `${Math.round(minutes / 6) / 10} h`)
}

/** How the days are counted, in one sentence. */
export function countingText({ unit, policy }: Term, t: T): string {
  if (unit === 'working-hours' || (unit === 'working-days' && policy !== 'civil-day')) {
    return t(
      'Chỉ tính giờ làm việc; 1 ngày làm việc là 8 giờ, tính từ lúc tiếp nhận.',
      'Only office hours count; a working day is 8 of them, from the moment of reception.',
    )
  }
  if (unit === 'working-days') {
    return t(
      'Tính theo ngày làm việc, không kể ngày tiếp nhận; hạn là cuối giờ làm việc của ngày cuối.',
      'Working days after the day of reception; due at the close of the last one.',
    )
  }
  return t(
    'Tính theo ngày lịch, không kể ngày tiếp nhận; hạn rơi vào ngày nghỉ thì chuyển đến ngày làm việc tiếp theo.',
    'Calendar days after the day of reception; moved to the next working day from a day off.',
  )
}

export function adjustmentText({ kind, from, to, reason, legalGround }: Adjustment, t: T): string {
  const kinds = {
    pause: t('Tạm dừng', 'Pause'),
    extension: t('Gia hạn', 'Extension'),
    calendar: t('Tính lại theo lịch mới', 'New calendar'),
    correction: t('Đính chính', 'Correction'),
  }
  const causes: Record<string, string> = {
    supplement: t('chờ bổ sung', 'supplement'),
    'financial-obligation': t('nghĩa vụ tài chính', 'financial obligation'),
  }
  const move = `${from ? instantText(from) : '—'} → ${to ? instantText(to) : '—'}`
  const why = kind === 'pause' ? causes[reason] : [reason, legalGround].filter(Boolean).join(', ')
  return `${kinds[kind]} (${why}): ${move}`
}
