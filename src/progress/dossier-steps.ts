import type { Dossier } from '#src/dossiers/dossier.ts'
import type { ReadDossier } from '#src/dossiers/dossier-page.query.ts'
import { holderOf } from '#src/dossiers/holder.ts'
import { type T, timeText, wallClock } from '#src/platform/text.ts'
import type { Step } from '#src/ui/steps.tsx'
import { agencyByCode, agencyName, personText, shortName } from './hands.ts'
import { wayAhead } from './way-ahead.ts'

/** `02/03 09:15`; the year is told elsewhere on the page. */
export function shortInstant(at: Date): string {
  const { day, month } = wallClock(at)
  return `${String(day).padStart(2, '0')}/${String(month).padStart(2, '0')} ${timeText(at)}`
}

/**
 * The way from the door to the result by the dossier's own process: what is done and by whom (when, the ledger beside it tells), who has
 * to act now, and the usual way on.
 */
export function dossierSteps(read: ReadDossier, t: T): Step[] {
  return [intakeStep(read, t), ...workSteps(read, t), handOverStep(read, t)]
}

function intakeStep(read: ReadDossier, t: T): Step {
  const { receivedAt, closedAt } = read.dossier
  const label = t('Tiếp nhận', 'Intake')
  if (!receivedAt && !closedAt) return { label, state: 'current', note: holderText(read, t) }
  const done = read.events.findLast(({ type }) => type === 'received' || type === 'refused-at-intake')
  return { label, state: 'done', note: shortName(done?.actorName ?? null) || undefined }
}

function workSteps(read: ReadDossier, t: T): Step[] {
  const { dossier } = read
  const { step, receivedAt, closedAt, readyAt } = dossier
  if (!receivedAt) return [{ label: t('Giải quyết', 'Resolution'), state: closedAt ? 'skipped' : 'todo' }]
  const ahead = wayAhead(read)
  const again = new Set([step?.key, ...ahead.map(one => one.step.key)])
  const passed = visited(dossier).filter(({ key }) => !again.has(key))
  const done = passed.map(({ key, name, agencyId }): Step => {
    const left = read.events.findLast(({ payload }) => 'move' in payload && payload.move?.left?.step === key)
    return { label: name, state: 'done', note: shortName(left?.actorName ?? null) || agencyName(read, agencyId) }
  })
  if (!step) return done.length > 0 ? done : [resolved(t, readyAt !== null)]
  return [
    ...done,
    { label: step.name, state: 'current', note: holderText(read, t) },
    ...ahead.map((one, n): Step => {
      const agency = agencyByCode(read, one.agency)
      const before = n === 0 ? agencyName(read, step.agencyId) : agencyByCode(read, ahead[n - 1]?.agency ?? null)
      // Told only where the dossier changes hands between agencies.
      return { label: one.step.name, state: 'todo', ...(agency !== before && { note: agency }) }
    }),
  ]
}

/** Dossiers that ended before there were processes tell no more than that. */
const resolved = (t: T, isReady: boolean): Step => ({
  label: t('Giải quyết', 'Resolution'),
  state: isReady ? 'done' : 'skipped',
})

/** Each step once, where it was last. */
function visited({ holdings }: Dossier): { key: string; name: string; agencyId: number }[] {
  const last = new Map<string, { key: string; name: string; agencyId: number }>()
  for (const { step, name, agencyId } of holdings) {
    if (step === null) continue
    last.delete(step)
    last.set(step, { key: step, name: name ?? step, agencyId })
  }
  return [...last.values()]
}

function handOverStep(read: ReadDossier, t: T): Step {
  const { readyAt, closedAt, handOver } = read.dossier
  const label = t('Trả kết quả', 'Hand over')
  if (handOver) {
    const by = read.events.findLast(({ type }) => type === 'handed-over')?.actorName
    return { label, state: 'done', note: shortName(by ?? null) || undefined }
  }
  if (readyAt && !closedAt) return { label, state: 'current', note: holderText(read, t) }
  return { label, state: closedAt ? 'skipped' : 'todo' }
}

function holderText(read: ReadDossier, t: T): string {
  const { dossier } = read
  const holder = holderOf(dossier)
  if (!holder) return ''
  if (dossier.state === 'supplement-requested' || dossier.state === 'supplement-at-intake') {
    return t('chờ người nộp bổ sung', 'waiting for the applicant')
  }
  if (dossier.state === 'financial-obligation') return t('chờ nghĩa vụ tài chính', 'waiting for payment')
  const person = holder.accountId === null ? null : read.people.get(holder.accountId)
  return person && personText(read, holder, t) === person.name
    ? shortName(person.name)
    : (personText(read, holder, t) ?? agencyName(read, holder.agencyId))
}
