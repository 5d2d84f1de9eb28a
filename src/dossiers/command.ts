import type { ZodType } from 'zod'
import type { WorkingCalendar } from '#src/calendar/working-time.ts'
import type { Ctx, Officer, Role } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { translator } from '#src/platform/text.ts'
import type { FormSet, LawPolicy } from '#src/procedures/law.ts'
import type { Procedure } from '#src/procedures/procedure.ts'
import { type Dossier, type State, stateLabel } from './dossier.ts'
import type { NewEvent } from './dossier-event.ts'
import { maySee } from './holder.ts'

/** Everything a decision depends on besides the dossier and the input: no clock, no database. */
export type Facts = {
  at: Date
  officer: Officer
  calendar: WorkingCalendar
  policy: LawPolicy
  formSet: FormSet
  procedure: Procedure
}

/** On whose behalf a role acts on a dossier: the desk that received it, the agency that resolves it, or either. */
export type Place = 'receiving' | 'competent' | 'either'

/**
 * One thing an officer can do to a dossier: who, in which states, and what follows. The same definition
 * draws the button and guards the server.
 */
export type Command<Input = unknown, Found = unknown> = {
  type: string
  label: readonly [vi: string, en: string]
  input: ZodType<Input>
  roles: readonly Role[]
  place: Place
  states: readonly State[]
  /** A further condition in words of the domain; false hides the button and refuses the command. */
  when?: (dossier: Dossier, officer: Officer) => boolean
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
  const receiving = officer.agencyId === dossier.receivingAgencyId
  const competent = officer.agencyId === dossier.competentAgencyId
  return place === 'receiving' ? receiving : place === 'competent' ? competent : receiving || competent
}

/** Whether this officer may carry out the command on this dossier now. */
export function isAllowed(definition: Command, dossier: Dossier, officer: Officer): boolean {
  return verdictOn(definition, dossier, officer) === 'allowed'
}

function verdictOn(definition: Command, dossier: Dossier, officer: Officer) {
  if (!maySee(dossier, officer)) return 'unseen'
  if (!definition.roles.includes(officer.role) || !stands(definition.place, dossier, officer)) return 'not-yours'
  const isTime = definition.states.includes(dossier.state) && (definition.when?.(dossier, officer) ?? true)
  return isTime ? 'allowed' : 'wrong-state'
}

/** Why not, or null: not seen, not this role's, not in this state. */
export function refusalOf(definition: Command, dossier: Dossier, officer: Officer): Refusal | null {
  const [doVi, doEn] = definition.label
  switch (verdictOn(definition, dossier, officer)) {
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
