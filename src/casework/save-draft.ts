import { command } from '#src/dossiers/command.ts'
import { Intake } from '#src/dossiers/intake.ts'
import { openingFrom, openingOf } from '#src/dossiers/opening.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { Answer } from './answer.ts'
import { openDossier } from './open-dossier.ts'
import { checkDoor, intakeRoles, mayTakeIn } from './receive-dossier.ts'

/** Keeps an unfinished intake; it has no code yet and is found by `D<number>`. */
export async function saveNewDraft(ctx: Ctx, intake: Intake, commandId: string): Promise<Answer> {
  mayTakeIn(ctx, intake.channel)
  return openDossier(ctx, { kind: 'save-draft', intake, commandId }, opening => [{ type: 'drafted', payload: opening }])
}

/** Replaces what a draft says; another procedure needs a new draft. */
export const saveDraft = command({
  type: 'save-draft',
  label: ['Lưu bản nháp', 'Save draft'],
  roles: intakeRoles,
  place: 'receiving',
  states: ['draft'],
  input: Intake,
  decide: (dossier, intake, { procedure, by }) => {
    if (by.kind === 'officer') checkDoor(by, intake.channel)
    if (intake.procedure !== dossier.procedureCode) {
      throw new Refusal('invalid', 'procedure-fixed', { field: 'procedure' })
    }
    return [{ type: 'drafted', payload: openingFrom(intake, { ...openingOf(dossier), procedure }) }]
  },
})
