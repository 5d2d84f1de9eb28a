import { z } from '@hono/zod-openapi'
import { command, type Facts } from '#src/dossiers/command.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import { legalTerm, recount } from '#src/dossiers/dossier-deadline.ts'
import { type Correction, recordedDue } from '#src/dossiers/dossier-event.ts'
import { Applicant, ComponentLine, DeliveryChoice, PaperRefs, Representative, SetCount } from '#src/dossiers/intake.ts'
import { checkComplete, checkComponents, counted, feeLines } from '#src/dossiers/opening.ts'
import { named } from '#src/platform/field-problems.ts'
import { line, paragraph } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { findCase, requirementsOf } from '#src/procedures/procedure.ts'

const CorrectionInput = z.strictObject({
  applicant: Applicant.optional(),
  representative: Representative.nullable().optional(),
  summary: line(1000).optional(),
  sets: SetCount.optional(),
  components: z.array(ComponentLine).max(200).optional(),
  delivery: DeliveryChoice.optional(),
  /** Another case of the same procedure, while nobody works on it yet: papers, fees and term are counted anew. */
  case: z.string().min(1).max(60).nullable().optional(),
  papers: PaperRefs,
  reason: named(paragraph(2000), 'lý do', 'the reason'),
})
type CorrectionInput = z.infer<typeof CorrectionInput>

/** Another case changes what is asked, what it costs and how long it takes, all from the moment of reception. */
function caseChange(dossier: Dossier, input: CorrectionInput, { procedure, calendar, policy }: Facts) {
  if (input.case === undefined || input.case === dossier.caseCode) return null
  if (dossier.state !== 'received') throw new Refusal('conflict', 'case-fixed', { field: 'case' })
  if (input.case && !findCase(procedure.content, input.case)) {
    throw new Refusal('invalid', 'case-unknown', { field: 'case', params: { case: input.case } })
  }
  const needs = requirementsOf(procedure.content, dossier.channel, input.case)
  const term = legalTerm(needs.term, policy)
  const due = recordedDue(recount(dossier, term, calendar, policy.resume))
  return { changes: { case: input.case, fees: feeLines(needs), term } satisfies Correction, due }
}

/** Mends what the desk wrote down wrongly: on record with its reason, and form 01 is printed again. */
export const correct = command({
  type: 'correct',
  label: ['Đính chính', 'Correct intake'],
  roles: ['intake'],
  place: 'receiving',
  states: ['received', 'in-process', 'supplement-requested', 'financial-obligation', 'pending-approval'],
  input: CorrectionInput,
  decide: (dossier, input, facts) => {
    const { reason, case: _, papers, components, ...plain } = input
    const other = caseChange(dossier, input, facts)
    const lines = components?.filter(counted)
    const changes: Correction = { ...plain, ...(lines && { components: lines }), ...other?.changes }
    if (Object.keys(changes).length + papers.length === 0)
      throw new Refusal('invalid', 'nothing-to-correct', { field: 'reason' })
    if (changes.components || other) {
      const needs = requirementsOf(facts.procedure.content, dossier.channel, other ? input.case : dossier.caseCode)
      checkComponents(components ?? dossier.components, needs)
      checkComplete(lines ?? dossier.components, needs)
    }
    return [{ type: 'corrected', payload: { changes, reason, due: other?.due ?? null }, form: '01' }]
  },
})
