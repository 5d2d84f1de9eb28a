import type { Officer, Role } from '#src/platform/ctx.ts'
import type { T } from '#src/platform/text.ts'

/** Who has to answer for an agency's dossiers, and so urges others. */
export const remindRoles: readonly Role[] = ['leader', 'director', 'control']
const answerRoles: readonly Role[] = ['leader', 'director']

export type RemindedDossier = { id: number; ref: string; procedure: string; dueAt: Date | null; seen: boolean }
export type Signer = { person: string; title: string | null; onBehalfOf: string | null }

/** A reminder slip (phiếu đôn đốc): one agency asks another why dossiers do not go on, and gets an answer in writing. */
export type Reminder = {
  id: number
  /** Within the sending agency and year, from 1 without a gap. */
  number: number
  year: number
  from: { id: number; code: string; name: string } & Signer
  to: { id: number; code: string; name: string }
  at: Date
  text: string
  answerBy: Date
  answer: ({ text: string; at: Date } & Signer) | null
  dossiers: RemindedDossier[]
}

/** `12/2026/PĐĐ-H20.01` */
export function reminderNumber({ number, year, from }: Pick<Reminder, 'number' | 'year' | 'from'>): string {
  return `${number}/${year}/PĐĐ-${from.code}`
}

export function mayRemind({ role }: Pick<Officer, 'role'>): boolean {
  return remindRoles.includes(role)
}

export function mayAnswer(
  officer: Pick<Officer, 'role' | 'agencyId'>,
  { to, answer }: Pick<Reminder, 'to' | 'answer'>,
) {
  return answer === null && answerRoles.includes(officer.role) && officer.agencyId === to.id
}

export const reminderStates = ['waiting', 'unanswered', 'answered'] as const
/** Unanswered: its time is over. */
export type ReminderState = (typeof reminderStates)[number]

export function reminderState({ answer, answerBy }: Pick<Reminder, 'answer' | 'answerBy'>, now: Date): ReminderState {
  if (answer) return 'answered'
  return answerBy < now ? 'unanswered' : 'waiting'
}

export function reminderStateText(state: ReminderState, t: T): string {
  const names: Record<ReminderState, readonly [string, string]> = {
    waiting: ['Chờ trả lời', 'Waiting for an answer'],
    unanswered: ['Quá hạn trả lời', 'Not answered in time'],
    answered: ['Đã trả lời', 'Answered'],
  }
  return t(...names[state])
}
