import { dueAt } from '#src/calendar/deadline.ts'
import { MINUTE } from '#src/calendar/local-date.ts'
import { HORIZON_DAYS, type Minutes, type WorkingCalendar, workingMinutesBetween } from '#src/calendar/working-time.ts'
import type { Role } from '#src/platform/ctx.ts'
import type { T } from '#src/platform/text.ts'

/** Who looks at warnings: those whose work they are about, and those over them. */
export const watcherRoles: readonly Role[] = ['intake', 'specialist', 'clerk', 'leader', 'director', 'control']

export const subjects = ['step', 'dossier', 'intake'] as const
/** What a warning is about: the step under way, the whole dossier, or a submission not yet examined. */
export type Subject = (typeof subjects)[number]

export const escalations = ['holder', 'leader', 'above', 'director'] as const
/** Whom it is taken up to: whose turn it is, the head of their agency, of the agency above, or of the centre. */
export type Escalation = (typeof escalations)[number]

export const moments = ['before', 'after'] as const
export const units = ['hours', 'percent'] as const

/** A rule in force from a local day until just before another. `amount`: working hours, or percent of the time a step allows. */
export type WarningRule = {
  id: number
  key: string
  subject: Subject
  moment: (typeof moments)[number]
  amount: number
  unit: (typeof units)[number]
  escalateTo: Escalation
  enabled: boolean
  ground: string
  validFrom: string
  validTo: string | null
}

/** How an officer is told: the kind of their notice. */
export function noticeKind({ subject, moment, escalateTo }: Pick<WarningRule, 'subject' | 'moment' | 'escalateTo'>) {
  if (moment === 'before') return `${subject}-soon`
  return escalateTo === 'holder' || subject === 'intake' ? `${subject}-late` : 'escalated'
}

/** Half-open stretch of instants in which what a rule looks at (a due time, a submission) makes it fire. */
export type Reach = { from: Date; to: Date }

const EVER = new Date(0)
const justAfter = (at: Date) => new Date(at.getTime() + 1)

/** Due times a rule fires for at `now`. `allowed`: the working minutes a share is taken of. */
export function reachOfDue(
  rule: Pick<WarningRule, 'moment' | 'amount' | 'unit'>,
  now: Date,
  calendar: WorkingCalendar,
  allowed: Minutes = 0,
): Reach {
  const minutes = rule.unit === 'percent' ? (allowed * rule.amount) / 100 : rule.amount * 60
  if (rule.moment === 'after') return { from: EVER, to: begunBefore(minutes, now, calendar) }
  if (Math.round(minutes) < 1) return { from: now, to: justAfter(now) }
  const { at } = dueAt({ amount: minutes / 60, unit: 'working-hours' }, now, [], calendar)
  return { from: now, to: justAfter(at ?? now) }
}

/** Submissions a rule fires for at `now`, when one is to be examined within `allowed` working minutes. */
export function reachOfSubmission(
  rule: Pick<WarningRule, 'moment' | 'amount'>,
  now: Date,
  calendar: WorkingCalendar,
  allowed: Minutes,
): Reach {
  const minutes = rule.amount * 60
  if (rule.moment === 'after') return { from: EVER, to: begunBefore(allowed + minutes, now, calendar) }
  return { from: begunBefore(allowed, now, calendar), to: begunBefore(Math.max(0, allowed - minutes), now, calendar) }
}

/** What began before this instant has used up at least so many working minutes at `now`. */
export function begunBefore(minutes: Minutes, now: Date, calendar: WorkingCalendar): Date {
  if (minutes <= 0) return now
  const last = Math.floor(now.getTime() / MINUTE)
  const used = (minute: number) => workingMinutesBetween(new Date(minute * MINUTE), now, calendar)
  let early = last - 1_440
  for (let back = 2_880; used(early) < minutes; back *= 2) {
    if (back > HORIZON_DAYS * 1_440) return EVER
    early = last - back
  }
  let late = last
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2)
    if (used(middle) >= minutes) early = middle
    else late = middle
  }
  return new Date((early + 1) * MINUTE)
}

/** As a delay grows: of each subject first what is told before it, then what is told longest after it. */
export function byStage(a: WarningRule, b: WarningRule): number {
  const stage = ({ moment, unit, amount }: WarningRule) => {
    if (moment === 'after') return amount
    return unit === 'percent' ? Number.NEGATIVE_INFINITY : -amount
  }
  return subjects.indexOf(a.subject) - subjects.indexOf(b.subject) || stage(a) - stage(b) || 0
}

export function subjectText(subject: Subject, t: T): string {
  const names: Record<Subject, readonly [string, string]> = {
    step: ['Bước xử lý', 'Step'],
    dossier: ['Cả hồ sơ', 'Whole dossier'],
    intake: ['Tiếp nhận trực tuyến', 'Online submission'],
  }
  return t(...names[subject])
}

export function escalationText(to: Escalation, t: T): string {
  const names: Record<Escalation, readonly [string, string]> = {
    holder: ['người đang giữ hồ sơ', 'whose turn it is'],
    leader: ['lãnh đạo cơ quan đang giữ', 'the head of that agency'],
    above: ['lãnh đạo cấp trên trực tiếp', 'the head of the agency above'],
    director: ['giám đốc trung tâm', 'the director of the centre'],
  }
  return t(...names[to])
}

/** `Trước hạn 8 giờ làm việc`, `Khi quá hạn`, `Còn 25% thời gian của bước`. */
export function momentText({ moment, amount, unit }: Pick<WarningRule, 'moment' | 'amount' | 'unit'>, t: T): string {
  if (unit === 'percent') return t(`Còn ${amount}% thời gian của bước`, `${amount}% of the step’s time left`)
  if (moment === 'before') return t(`Trước hạn ${amount} giờ làm việc`, `${amount} working hours before`)
  if (amount === 0) return t('Khi quá hạn', 'When it is missed')
  return t(`Quá hạn ${amount} giờ làm việc`, `${amount} working hours after`)
}
