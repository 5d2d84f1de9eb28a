import { z } from '@hono/zod-openapi'
import { localDate } from '#src/calendar/local-date.ts'
import { command, type Facts } from '#src/dossiers/command.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import { hasStep } from '#src/dossiers/holder.ts'
import type { Intake } from '#src/dossiers/intake.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { named } from '#src/platform/field-problems.ts'
import { line, paragraph } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { findCase, type ProcedureContent } from '#src/procedures/procedure.ts'
import type { Answer } from './answer.ts'
import { officerIn } from './answer.ts'
import { openDossier } from './open-dossier.ts'
import { mayTakeIn } from './receive-dossier.ts'

/** Every missing paper at once, from the published list; something else only with a note that says what and why. */
export const SupplementInput = z.strictObject({
  items: named(
    z
      .array(z.strictObject({ component: z.string().min(1).max(40).optional(), note: line(500).optional() }))
      .min(1)
      .max(100),
    'giấy tờ cần bổ sung',
    'the missing papers',
  ),
  reason: named(paragraph(2000), 'lý do', 'the reason'),
  legalGround: line(500).optional(),
  /** Last day to answer, local date. */
  answerBy: named(z.iso.date(), 'hạn bổ sung', 'the date to answer by').optional(),
})
export type SupplementInput = z.infer<typeof SupplementInput>

function checkedItems(input: SupplementInput, content: ProcedureContent, caseCode: string | null) {
  const codes = findCase(content, caseCode)?.componentCodes ?? content.components.map(c => c.code)
  return input.items.map(({ component, note }, i) => {
    if (component && !codes.includes(component)) {
      throw new Refusal('invalid', 'component-unknown', { field: `items.${i}.component`, params: { code: component } })
    }
    if (!component && !note) throw new Refusal('invalid', 'item-needs-note', { field: `items.${i}.note` })
    return { component: component ?? null, note: note ?? '' }
  })
}

function checkAnswerBy({ answerBy }: SupplementInput, at: Date): void {
  if (answerBy && answerBy < localDate(at)) throw new Refusal('invalid', 'answer-by-past', { field: 'answerBy' })
}

function payloadOf(dossier: Dossier, input: SupplementInput, { procedure, by, at }: Facts) {
  checkAnswerBy(input, at)
  return {
    stage: dossier.receivedAt ? ('appraisal' as const) : ('intake' as const),
    items: checkedItems(input, procedure.content, dossier.caseCode),
    reason: input.reason,
    legalGround: input.legalGround ?? null,
    answerBy: input.answerBy ?? null,
    requestedBy: by.name,
  }
}

/** Tells a person at the counter in writing what is missing (form 02) before anything is received; uses up no number. */
export async function requestSupplementAtCounter(
  ctx: Ctx,
  { intake, supplement }: { intake: Intake; supplement: SupplementInput },
  commandId: string,
): Promise<Answer> {
  mayTakeIn(ctx, intake.channel)
  const officer = officerIn(ctx)
  const kind = `supplement:${JSON.stringify(supplement)}`
  return openDossier(ctx, { kind, intake, commandId }, (opening, { procedure, at }) => {
    checkAnswerBy(supplement, at)
    const payload = {
      stage: 'intake' as const,
      items: checkedItems(supplement, procedure.content, opening.case),
      reason: supplement.reason,
      legalGround: supplement.legalGround ?? null,
      answerBy: supplement.answerBy ?? null,
      requestedBy: officer.name,
      approvedBy: null,
      opening,
    }
    return [{ type: 'supplement-requested', form: '02', payload }]
  })
}

/**
 * Asks for what is missing, all at once. The first request of a stage goes out at once and, during appraisal, stops the clock;
 * a further one needs its legal ground and waits for a leader (Decree 61/2018 and 118/2025: not more than once).
 */
export const requestSupplement = command({
  type: 'request-supplement',
  label: ['Yêu cầu bổ sung', 'Request supplement'],
  roles: ['intake', 'specialist'],
  place: 'taking-part',
  states: ['draft', 'submitted', 'in-process'],
  when: (dossier, officer) =>
    !dossier.supplementProposal &&
    (dossier.state === 'in-process'
      ? officer.role === 'specialist' && hasStep(dossier, officer)
      : officer.role === 'intake' && officer.agencyId === dossier.receivingAgencyId),
  input: SupplementInput,
  decide: (dossier, input, facts) => {
    const payload = payloadOf(dossier, input, facts)
    const earlier = dossier.supplements.filter(s => s.stage === payload.stage).length
    if (earlier < facts.policy.supplementsPerStage) {
      return [{ type: 'supplement-requested', payload: { ...payload, approvedBy: null }, form: '02' }]
    }
    if (!payload.legalGround) throw new Refusal('invalid', 'second-supplement-needs-ground', { field: 'legalGround' })
    return [{ type: 'supplement-proposed', payload }]
  },
})
