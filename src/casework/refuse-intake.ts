import { z } from '@hono/zod-openapi'
import { command } from '#src/dossiers/command.ts'
import type { Intake } from '#src/dossiers/intake.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { named } from '#src/platform/field-problems.ts'
import { paragraph } from '#src/platform/form.ts'
import type { Answer } from './answer.ts'
import { openDossier } from './open-dossier.ts'
import { intakeRoles, mayTakeIn } from './receive-dossier.ts'

/** Refuses at the counter what is not within competence or cannot be granted; recorded without a number, form 03 is printed. */
export async function refuseAtCounter(
  ctx: Ctx,
  { intake, reason }: { intake: Intake; reason: string },
  commandId: string,
): Promise<Answer> {
  mayTakeIn(ctx, intake.channel)
  return openDossier(ctx, { kind: `refuse:${reason}`, intake, commandId }, opening => [
    { type: 'refused-at-intake', payload: { reason, opening }, form: '03' },
  ])
}

/** Refuses a submission or a draft with the reason, in writing. */
export const refuse = command({
  type: 'refuse',
  label: ['Từ chối tiếp nhận', 'Refuse'],
  roles: intakeRoles,
  place: 'receiving',
  states: ['draft', 'submitted', 'supplement-at-intake'],
  input: z.strictObject({ reason: named(paragraph(2000), 'lý do', 'the reason') }),
  decide: (_, { reason }) => [{ type: 'refused-at-intake', payload: { reason }, form: '03' }],
})
