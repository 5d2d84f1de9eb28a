import { z } from '@hono/zod-openapi'
import { command } from '#src/dossiers/command.ts'
import { dueAgain } from '#src/dossiers/dossier-deadline.ts'
import { ComponentLine, PaperRefs } from '#src/dossiers/intake.ts'
import { checkComponents, counted } from '#src/dossiers/opening.ts'
import { paragraph } from '#src/platform/form.ts'
import { requirementsOf } from '#src/procedures/procedure.ts'
import { intakeRoles } from './receive-dossier.ts'

/** Papers brought after a request, under the same code and without paying again; during appraisal the clock runs on. */
export const answerSupplement = command({
  type: 'answer-supplement',
  label: ['Nhận bổ sung', 'Take in supplement'],
  roles: intakeRoles,
  place: 'receiving',
  states: ['supplement-at-intake', 'supplement-requested'],
  input: z.strictObject({
    /** Counts of the papers brought now; they replace what was counted for the same paper before. */
    components: z.array(ComponentLine).max(200).default([]),
    papers: PaperRefs,
    note: paragraph(2000).optional(),
  }),
  decide: (dossier, input, { at, calendar, policy, procedure }) => {
    checkComponents(input.components, requirementsOf(procedure.content, dossier.channel, dossier.caseCode))
    const lines = input.components.filter(counted)
    const brought = new Map(lines.map(line => [line.code, line]))
    const held = new Set(dossier.components.map(line => line.code))
    const components = [
      ...dossier.components.map(line => brought.get(line.code) ?? line),
      ...lines.filter(line => !held.has(line.code)),
    ]
    const resumes = dossier.state === 'supplement-requested'
    const due = resumes ? dueAgain(dossier, at, calendar, policy.resume) : null
    const payload = { components, note: input.note ?? null, due }
    // A dossier turned back at the counter has no code until it is taken in.
    return [{ type: 'supplement-answered', payload, givesCode: !resumes }]
  },
})
