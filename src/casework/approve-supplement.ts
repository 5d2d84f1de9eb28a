import { z } from '@hono/zod-openapi'
import { command } from '#src/dossiers/command.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { named } from '#src/platform/field-problems.ts'
import { paragraph } from '#src/platform/form.ts'

/** A leader of the agency whose officer asks: the desk's before reception, after it the one whose step it is. */
const waitsFor = (dossier: Dossier, officer: Officer): boolean =>
  dossier.supplementProposal !== null && officer.agencyId === (dossier.step?.agencyId ?? dossier.receivingAgencyId)

/** Lets a further request for papers go out, on its legal ground; during appraisal the clock stops. */
export const approveSupplement = command({
  type: 'approve-supplement',
  label: ['Chấp thuận yêu cầu bổ sung', 'Approve supplement request'],
  roles: ['leader'],
  place: 'taking-part',
  states: ['draft', 'submitted', 'in-process'],
  when: waitsFor,
  input: z.strictObject({}),
  decide: (dossier, _, { by }) => {
    const proposal = dossier.supplementProposal
    if (!proposal) return []
    const { at: _at, ...payload } = proposal
    return [{ type: 'supplement-requested', payload: { ...payload, approvedBy: by.name }, form: '02' }]
  },
})

export const declineSupplement = command({
  type: 'decline-supplement',
  label: ['Không chấp thuận bổ sung', 'Decline supplement request'],
  roles: ['leader'],
  place: 'taking-part',
  states: ['draft', 'submitted', 'in-process'],
  when: waitsFor,
  input: z.strictObject({ reason: named(paragraph(2000), 'lý do', 'the reason') }),
  decide: (_, { reason }) => [{ type: 'supplement-declined', payload: { reason } }],
})
