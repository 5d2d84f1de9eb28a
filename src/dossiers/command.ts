import type { ZodType } from 'zod'
import type { WorkingCalendar } from '#src/calendar/working-time.ts'
import type { Ctx, Officer, Role, System } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { translator } from '#src/platform/text.ts'
import type { FormSet, LawPolicy } from '#src/procedures/law.ts'
import type { Procedure } from '#src/procedures/procedure.ts'
import type { Process, WorkKind } from '#src/processes/process.ts'
import type { Act } from '#src/processes/stepper.ts'
import { type Dossier, type State, stateLabel } from './dossier.ts'
import type { NewEvent } from './dossier-event.ts'
import { actingAccount, actsAs, maySee } from './holder.ts'

/** Who carries out a command: an officer, or the platform when a time has run out or another dossier has ended. */
export type Hand = Officer | System

/** Everything a decision depends on besides the dossier and the input: no clock, no database. */
export type Facts = {
  at: Date
  by: Hand
  calendar: WorkingCalendar
  policy: LawPolicy
  formSet: FormSet
  procedure: Procedure
  /** The process it runs by; null before reception. */
  process: Process | null
  /** Where the act of this command leads: the agency of the next step, 'end', or null when the dossier stays where it is. */
  next: { agencyId: number } | 'end' | null
}

/**
 * On whose behalf a role acts on a dossier: the desk that received it, the agency that resolves it, either, any agency that has or had
 * a part in it (whose turn it is the step tells), or the resolving agency and those who oversee all of them.
 */
export type Place = 'receiving' | 'competent' | 'either' | 'taking-part' | 'overseen'

/**
 * One thing an officer can do to a dossier: who, when, and what follows. The same definition draws the button and guards the server.
 * What moves a dossier along its process names the kinds of `steps` it is done at; the rest the business states.
 */
export type Command<Input = unknown, Found = unknown> = {
  type: string
  label: readonly [vi: string, en: string]
  input: ZodType<Input>
  roles: readonly Role[]
  place: Place
  states?: readonly State[]
  steps?: readonly WorkKind[]
  /** The platform does it: alone, or as officers do. */
  system?: 'only' | 'also'
  /** A further condition in words of the domain; false hides the button and refuses the command. */
  when?: (dossier: Dossier, officer: Officer) => boolean
  /** How it moves the dossier along its process; null when it does not. */
  act?: (dossier: Dossier, input: Input, by: Hand) => Act | null
  /** Another process it moves the dossier to, and the step it goes on at. */
  moveTo?: (input: Input, found: Found) => { id: number; process: Process; step: string } | null
  /** Facts it writes down, for the choices that follow at once. */
  data?: (input: Input) => Record<string, string | number | boolean>
  /** Reads what the decision needs to know beyond the dossier (people, agencies). */
  lookUp?: (ctx: Ctx, input: Input, dossier: Dossier) => Promise<Found>
  /** Pure: the events that follow; throws Refusal. */
  decide: (dossier: Dossier, input: Input, facts: Facts, found: Found) => NewEvent[]
}

/** Keeps the types of input and found together; the table holds them as `Command`. */
export function command<Input, Found = undefined>(definition: Command<Input, Found>): Command {
  return definition as unknown as Command
}

function stands(place: Place, dossier: Dossier, officer: Officer): boolean {
  // One door: what another agency's part of a matter needs from the applicant comes to the desk that took the matter in.
  const receiving = [dossier.receivingAgencyId, ...dossier.relatives].includes(officer.agencyId)
  const competent = officer.agencyId === dossier.competentAgencyId
  switch (place) {
    case 'receiving':
      return receiving
    case 'competent':
      return competent
    case 'either':
      return receiving || competent
    case 'taking-part':
      return receiving || competent || dossier.partnerIds.includes(officer.agencyId)
    case 'overseen':
      return competent || officer.role === 'director' || officer.role === 'control'
  }
}

/** Whether this officer (or the platform) may carry out the command on this dossier now. */
export function isAllowed(definition: Command, dossier: Dossier, hand: Hand): boolean {
  return verdictOn(definition, dossier, hand) === 'allowed'
}

function verdictOn(definition: Command, dossier: Dossier, hand: Hand) {
  if (hand.kind === 'system') return definition.system ? 'allowed' : 'not-yours'
  if (!maySee(dossier, hand)) return 'unseen'
  const { steps = [], roles, place, states } = definition
  if (definition.system === 'only' || !roles.includes(hand.role) || !stands(place, dossier, hand)) return 'not-yours'
  const { step } = dossier
  const isStep = step !== null && (steps as readonly string[]).includes(step.kind)
  if (isStep && !(step.agencyId === hand.agencyId && actsAs(hand, step.role))) return 'not-yours'
  const isTime = definition.steps
    ? isStep && isAtWork(dossier) && [null, actingAccount(hand)].includes(step.accountId)
    : (states?.includes(dossier.state) ?? true)
  return isTime && (definition.when?.(dossier, hand) ?? true) ? 'allowed' : 'wrong-state'
}

/** The step's clock runs and nothing about it waits for a leader's word. */
export function isAtWork(dossier: Dossier): boolean {
  return dossier.step !== null && dossier.pausedAt === null && dossier.supplementProposal === null
}

/** Why not, or null: not seen, not this role's, not in this state. */
export function refusalOf(definition: Command, dossier: Dossier, hand: Hand): Refusal | null {
  const [doVi, doEn] = definition.label
  switch (verdictOn(definition, dossier, hand)) {
    case 'allowed':
      return null
    case 'unseen':
      return new Refusal('not-found', 'dossier-not-found')
    case 'not-yours':
      return new Refusal('forbidden', 'command-not-yours', { params: { doVi, doEn } })
    case 'wrong-state': {
      const stateVi = stateLabel(dossier.state, translator('vi'))
      const stateEn = stateLabel(dossier.state, translator('en'))
      return new Refusal('conflict', 'wrong-state', { params: { doVi, doEn, stateVi, stateEn } })
    }
  }
}
