import { command } from '#src/dossiers/command.ts'
import { line, paragraph } from '#src/platform/form.ts'
import { getStep, type WorkStep } from '#src/processes/process.ts'
import { checkDone, Done } from './complete-step.ts'
import { REFUSAL_TITLE } from './sign-result.ts'

/** Sends the draft result to the leader: what was asked for, or a refusal with reasons, as the appraisal found. */
export const submitForApproval = command({
  type: 'submit-for-approval',
  label: ['Trình duyệt', 'Send for approval'],
  roles: ['specialist'],
  place: 'taking-part',
  steps: ['appraise'],
  when: dossier => dossier.appraisal !== null,
  act: () => ({ outcome: 'submitted' }),
  data: ({ data }) => data,
  /** `title`: name of the result (trích yếu); the procedure's own result when left out. */
  input: Done.extend({ title: line(500).optional(), note: paragraph(4000).optional() }),
  decide: (dossier, input, { procedure, process }) => {
    const { title, note, document, data } = input
    if (dossier.step && process) checkDone(getStep(process, dossier.step.key) as WorkStep, input)
    const done = {
      ...(document && { document: { signer: null, ...document } }),
      ...(Object.keys(data).length > 0 && { data }),
    }
    const kind = dossier.appraisal?.opinion === 'ineligible' ? 'refusal' : 'grant'
    const usual = kind === 'grant' ? (procedure.content.results[0]?.name ?? procedure.name) : REFUSAL_TITLE
    const payload = { kind, title: title ?? usual.slice(0, 500), note: note ?? null, ...done } as const
    return [{ type: 'sent-for-approval', payload }]
  },
})
