import { z } from '@hono/zod-openapi'
import { command } from '#src/dossiers/command.ts'
import { line, paragraph } from '#src/platform/form.ts'

/** Sends the draft result to the leader: what was asked for, or a refusal with reasons, as the appraisal found. */
export const submitForApproval = command({
  type: 'submit-for-approval',
  label: ['Trình duyệt', 'Send for approval'],
  roles: ['specialist'],
  place: 'taking-part',
  steps: ['appraise'],
  when: dossier => dossier.appraisal !== null,
  act: () => ({ outcome: 'submitted' }),
  /** `title`: name of the result (trích yếu); the procedure's own result when left out. */
  input: z.strictObject({ title: line(500).optional(), note: paragraph(4000).optional() }),
  decide: (dossier, { title, note }, { procedure }) => {
    const kind = dossier.appraisal?.opinion === 'ineligible' ? 'refusal' : 'grant'
    const usual =
      kind === 'grant' ? (procedure.content.results[0]?.name ?? procedure.name) : 'Thông báo không giải quyết hồ sơ'
    const payload = { kind, title: title ?? usual.slice(0, 500), note: note ?? null } as const
    return [{ type: 'sent-for-approval', payload }]
  },
})
