import type { Command } from '#src/dossiers/command.ts'
import { isAllowed } from '#src/dossiers/command.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import type { Actor } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { appraise } from '#src/steps/appraise-dossier.ts'
import { approve, rejectBack } from '#src/steps/approve-dossier.ts'
import { assign } from '#src/steps/assign-dossier.ts'
import { changeProcess } from '#src/steps/change-process.ts'
import { childEnded, childOpened, endChildWait } from '#src/steps/child-dossier.ts'
import { claim, release, takeBack } from '#src/steps/claim-work.ts'
import { completeStep } from '#src/steps/complete-step.ts'
import { forward } from '#src/steps/forward-dossier.ts'
import { giveOpinion } from '#src/steps/give-opinion.ts'
import { noteSilence } from '#src/steps/note-silence.ts'
import { readyResult, signResult } from '#src/steps/sign-result.ts'
import { submitForApproval } from '#src/steps/submit-for-approval.ts'
import { note } from './add-note.ts'
import { answerSupplement } from './answer-supplement.ts'
import { approveSupplement, declineSupplement } from './approve-supplement.ts'
import { collectFee } from './collect-fee.ts'
import { correct } from './correct-intake.ts'
import { extend } from './extend-deadline.ts'
import { handOver } from './hand-over-result.ts'
import { link } from './link-dossiers.ts'
import { pause, resume } from './pause-for-obligation.ts'
import { receive } from './receive-dossier.ts'
import { refuse } from './refuse-intake.ts'
import { requestSupplement } from './request-supplement.ts'
import { saveDraft } from './save-draft.ts'
import { stop, withdraw } from './stop-dossier.ts'
import { submit } from './submit-dossier.ts'

/** Every command on a dossier, in the order of its life; the first allowed one is the next step the screen offers. */
export const commands: readonly Command[] = [
  submit,
  receive,
  forward,
  assign,
  appraise,
  submitForApproval,
  giveOpinion,
  approveSupplement,
  approve,
  signResult,
  readyResult,
  completeStep,
  handOver,
  answerSupplement,
  resume,
  requestSupplement,
  pause,
  declineSupplement,
  rejectBack,
  refuse,
  collectFee,
  extend,
  correct,
  withdraw,
  stop,
  claim,
  release,
  changeProcess,
  endChildWait,
  link,
  saveDraft,
  note,
  takeBack,
  noteSilence,
  childOpened,
  childEnded,
]

const byType = new Map(commands.map(c => [c.type, c]))

/** Throws Refusal for a word that is no command. */
export function findCommand(type: string): Command {
  const found = byType.get(type)
  if (!found) throw new Refusal('invalid', 'command-unknown', { field: 'type', params: { type: type.slice(0, 60) } })
  return found
}

/** What this person can do to this dossier now: draws the buttons and, by the same predicate, guards the server. */
export function allowedCommands(dossier: Dossier, actor: Actor): Command[] {
  return actor.kind === 'officer' ? commands.filter(c => isAllowed(c, dossier, actor)) : []
}
