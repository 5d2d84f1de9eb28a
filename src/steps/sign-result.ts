import { z } from '@hono/zod-openapi'
import type { WorkingCalendar } from '#src/calendar/working-time.ts'
import { causeOf, workedMinutes } from '#src/dossiers/answerability.ts'
import { command } from '#src/dossiers/command.ts'
import type { Dossier, Result } from '#src/dossiers/dossier.ts'
import { judge } from '#src/dossiers/dossier-deadline.ts'
import type { NewEvent } from '#src/dossiers/dossier-event.ts'
import { named } from '#src/platform/field-problems.ts'
import { line } from '#src/platform/form.ts'
import { findStep, isWork, type Process } from '#src/processes/process.ts'
import { completed } from './complete-step.ts'

export const REFUSAL_TITLE = 'Thông báo không giải quyết hồ sơ'

/** What is issued: as the process says of the step, as it was sent for approval, or as the appraisal found. */
function kindOf({ step, result, appraisal }: Dossier, process: Process | null): Result['kind'] {
  const at = step && process && findStep(process, step.key)
  if (at && isWork(at) && at.refuses) return 'refusal'
  return result?.kind ?? (appraisal?.opinion === 'ineligible' ? 'refusal' : 'grant')
}

/** What the signed result is filed under. */
export const RESULT_FILE = 'Kết quả giải quyết'

/** The clerk numbers, dates and seals what the leader signed, and files it: a result without its file stands out (`watch`). */
export const signResult = command({
  type: 'sign-result',
  label: ['Ký số, cấp số', 'Sign and number'],
  roles: ['clerk'],
  place: 'taking-part',
  steps: ['sign'],
  when: dossier => !dossier.result?.number,
  /** `number`: số, ký hiệu of the result; `signer`: the leader whose name stands under it. */
  input: z.strictObject({
    number: named(line(60), 'số, ký hiệu kết quả', 'the number of the result'),
    signer: named(line(200), 'người ký', 'the signer'),
    title: line(500).optional(),
    /** The signed result itself. */
    papers: z
      .array(z.strictObject({ id: z.uuid(), component: line(200).default(RESULT_FILE) }))
      .max(20)
      .default([]),
  }),
  decide: (dossier, { number, signer, title }, { at, procedure, process }) => {
    const kind = kindOf(dossier, process)
    const drafted = dossier.result?.kind === kind ? dossier.result.title : undefined
    const usual = kind === 'refusal' ? REFUSAL_TITLE : (procedure.content.results[0]?.name ?? procedure.name)
    const payload = { kind, number, signer, title: title ?? drafted ?? usual.slice(0, 500) }
    return [{ type: 'result-signed', payload: { ...payload, signedAt: at.toISOString() } }]
  },
})

/**
 * The signed result leaves its clerk: it is at the desk, unless the process sends it on to another agency first. The moment it is at
 * the desk a dossier is judged early, on time or late (`judgedReady`).
 */
export const readyResult = command({
  type: 'result-ready',
  label: ['Chuyển kết quả về một cửa', 'Result ready'],
  roles: ['clerk'],
  place: 'taking-part',
  steps: ['sign'],
  when: dossier => typeof dossier.result?.number === 'string',
  act: () => ({ outcome: 'ready' }),
  input: z.strictObject({}),
  decide: (dossier, _, { at, next, process, calendar }) =>
    next === 'end' ? [judgedReady(dossier, at, calendar)] : [completed(dossier, process, { outcome: 'ready' })],
})

/**
 * The result is at the desk. Whatever command brings a dossier to the end of its process, this is what it comes to: what is late says who
 * caused it, however shortly it was late, and each how long it was worked on.
 */
export function judgedReady(dossier: Dossier, at: Date, calendar: WorkingCalendar): NewEvent {
  const judgement = judge(at, dossier.dueAt)
  const late = judgement === 'late'
  const worked = workedMinutes(dossier, at, calendar)
  const cause = late && { cause: causeOf(dossier, calendar, at) }
  return { type: 'result-ready', payload: { judgement, late, worked, ...cause } }
}
