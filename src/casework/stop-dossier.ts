import { z } from '@hono/zod-openapi'
import { command } from '#src/dossiers/command.ts'
import { openStates } from '#src/dossiers/dossier.ts'
import { formNumber } from '#src/papers/statutory-form.ts'
import { named } from '#src/platform/field-problems.ts'
import { line, paragraph } from '#src/platform/form.ts'
import { intakeRoles } from './receive-dossier.ts'

/** Ends a dossier without a result, on a leader's decision and its legal ground; the 2025 set has a form for it. */
export const stop = command({
  type: 'stop',
  label: ['Dừng giải quyết', 'Stop'],
  roles: ['leader'],
  place: 'competent',
  states: openStates,
  // With the dossier it was opened for.
  system: 'also',
  input: z.strictObject({
    reason: named(paragraph(2000), 'lý do', 'the reason'),
    ground: named(line(500), 'căn cứ pháp lý', 'the legal ground'),
  }),
  decide: (_, { reason, ground }, { formSet }) => {
    const form = formNumber(formSet, 'stop')
    return [{ type: 'stopped', payload: { reason, ground }, ...(form && { form }) }]
  },
})

/** Takes back a dossier at the applicant's request, recorded at the desk where it was handed in. */
export const withdraw = command({
  type: 'withdraw',
  label: ['Rút hồ sơ', 'Withdraw'],
  roles: intakeRoles,
  place: 'receiving',
  states: ['submitted', 'supplement-at-intake', ...openStates],
  // Without a code nothing is on file yet that could be taken back: such a dossier is refused with its reason.
  when: dossier => dossier.code !== null,
  input: z.strictObject({ reason: named(paragraph(2000), 'lý do', 'the reason') }),
  decide: (_, { reason }) => [{ type: 'withdrawn', payload: { reason } }],
})
