import type { Command } from '#src/dossiers/command.ts'
import { isAllowed } from '#src/dossiers/command.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import type { Actor } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { note } from './add-note.ts'
import { answerSupplement } from './answer-supplement.ts'
import { appraise } from './appraise-dossier.ts'
import { approve, rejectBack } from './approve-dossier.ts'
import { approveSupplement, declineSupplement } from './approve-supplement.ts'
import { assign } from './assign-dossier.ts'
import { collectFee } from './collect-fee.ts'
import { correct } from './correct-intake.ts'
import { extend } from './extend-deadline.ts'
import { forward } from './forward-dossier.ts'
import { handOver } from './hand-over-result.ts'
import { pause, resume } from './pause-for-obligation.ts'
import { receive } from './receive-dossier.ts'
import { refuse } from './refuse-intake.ts'
import { requestSupplement } from './request-supplement.ts'
import { saveDraft } from './save-draft.ts'
import { readyResult, signResult } from './sign-result.ts'
import { stop, withdraw } from './stop-dossier.ts'
import { submit } from './submit-dossier.ts'
import { submitForApproval } from './submit-for-approval.ts'

/** Every command on a dossier, in the order of its life; the first allowed one is the next step the screen offers. */
export const commands: readonly Command[] = [
  submit,
  receive,
  forward,
  assign,
  appraise,
  submitForApproval,
  approveSupplement,
  approve,
  signResult,
  readyResult,
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
  saveDraft,
  note,
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
