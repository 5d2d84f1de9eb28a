import { z } from '@hono/zod-openapi'
import { command } from '#src/dossiers/command.ts'
import { actorRef } from '#src/platform/ctx.ts'
import { named } from '#src/platform/field-problems.ts'
import { paragraph } from '#src/platform/form.ts'
import { rolesFor } from '#src/processes/process.ts'

/** Approves the draft result. Who appraised a dossier does not approve it. */
export const approve = command({
  type: 'approve',
  label: ['Phê duyệt', 'Approve'],
  roles: rolesFor.approve,
  place: 'taking-part',
  steps: ['approve'],
  when: (dossier, officer) => dossier.specialistId !== officer.accountId && dossier.appraisal?.by !== actorRef(officer),
  act: () => ({ outcome: 'approved' }),
  input: z.strictObject({ note: paragraph(2000).optional() }),
  decide: (_, { note }) => [{ type: 'approved', payload: { note: note ?? null } }],
})

/** Gives the draft back to the specialist with what is wrong; the clock runs on. */
export const rejectBack = command({
  type: 'reject-back',
  label: ['Trả lại chuyên viên', 'Return for rework'],
  roles: rolesFor.approve,
  place: 'taking-part',
  steps: ['approve'],
  act: () => ({ outcome: 'returned' }),
  input: z.strictObject({ reason: named(paragraph(2000), 'lý do', 'the reason') }),
  decide: (_, { reason }) => [{ type: 'returned-for-rework', payload: { reason } }],
})
