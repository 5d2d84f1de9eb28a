import { z } from '@hono/zod-openapi'
import { command } from '#src/dossiers/command.ts'
import type { Intake } from '#src/dossiers/intake.ts'
import { openingOf } from '#src/dossiers/opening.ts'
import type { Citizen, Ctx } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { Answer } from './answer.ts'
import { openDossier } from './open-dossier.ts'
import { intakeRoles, mayTakeIn } from './receive-dossier.ts'

/**
 * Files a dossier online: by the citizen, or keyed in for them by an officer. It has a code at once so that it can be tracked,
 * and is received after it has been examined; the clock does not run before that.
 */
export async function submitDossier(ctx: Ctx, intake: Intake, commandId: string): Promise<Answer> {
  if (ctx.actor.kind === 'citizen') checkOwn(ctx.actor, intake)
  else mayTakeIn(ctx, 'online')
  if (intake.channel !== 'online') throw new Refusal('forbidden', 'channel-not-yours', { field: 'channel' })
  return openDossier(ctx, { kind: 'submit', intake, commandId }, opening => [
    { type: 'submitted', payload: opening, givesCode: true },
  ])
}

/**
 * Citizens file for themselves or as somebody's representative: what they write would else stand under a stranger's number and be offered
 * at the desk as known of that person. Whether a fee is waived, an officer decides.
 */
function checkOwn(citizen: Citizen, { applicant, representative, feeExempt }: Intake): void {
  if (![applicant.idNumber, representative?.idNumber].includes(citizen.idNumber)) {
    throw new Refusal('forbidden', 'not-in-your-name', { field: 'applicant.idNumber' })
  }
  if (feeExempt) throw new Refusal('forbidden', 'exemption-not-yours', { field: 'feeExempt' })
}

/** Files a draft: it gets its code and waits to be examined. */
export const submit = command({
  type: 'submit',
  label: ['Nộp hồ sơ', 'Submit'],
  roles: intakeRoles,
  place: 'receiving',
  states: ['draft'],
  input: z.strictObject({}),
  decide: dossier => [{ type: 'submitted', payload: openingOf(dossier), givesCode: true }],
})
