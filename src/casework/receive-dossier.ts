import { z } from '@hono/zod-openapi'
import { dueAt } from '#src/calendar/deadline.ts'
import { command } from '#src/dossiers/command.ts'
import { legalTerm } from '#src/dossiers/dossier-deadline.ts'
import { type NewEvent, type Opening, recordedDue } from '#src/dossiers/dossier-event.ts'
import { ComponentLine, DeliveryChoice, type Intake, PaperRefs, SetCount } from '#src/dossiers/intake.ts'
import { checkComplete, checkComponents, counted, openingOf } from '#src/dossiers/opening.ts'
import type { Ctx, Officer, Role } from '#src/platform/ctx.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { type Channel, requirementsOf } from '#src/procedures/procedure.ts'
import type { Answer } from './answer.ts'
import { officerIn } from './answer.ts'
import { type OpeningFacts, openDossier } from './open-dossier.ts'

/** Who may take in papers through which door: the post for letters, home visitors at home, the desk through all. */
const doors: Partial<Record<Role, readonly Channel[]>> = {
  intake: ['counter', 'post', 'home', 'phone'],
  postal: ['post', 'counter'],
  home: ['home', 'phone'],
}
export const intakeRoles: readonly Role[] = ['intake', 'postal', 'home']

/** Whether this person takes in papers through this door; throws Refusal. */
export function mayTakeIn(ctx: Ctx, channel: Channel): void {
  checkDoor(officerIn(ctx), channel)
}

/** What is keyed in for an online submission may be keyed in by all of them. */
export function checkDoor(officer: Officer, channel: Channel): void {
  const allowed = doors[officer.role]
  if (!allowed) throw new Refusal('forbidden', 'intake-not-yours')
  if (channel !== 'online' && !allowed.includes(channel))
    throw new Refusal('forbidden', 'channel-not-yours', { field: 'channel' })
}

/** The clock starts: a full, valid dossier is there (form 01 is issued). */
function received(opening: Opening, facts: OpeningFacts): NewEvent[] {
  const needs = requirementsOf(facts.procedure.content, opening.channel, opening.case)
  checkComponents(opening.components, needs)
  checkComplete(opening.components, needs)
  return [{ ...clockStarted(opening, facts), form: '01' }]
}

/** The reception itself: the term published for the case and channel, and the due time counted from this moment. */
export function clockStarted(opening: Opening, { at, calendar, policy, procedure }: OpeningFacts) {
  const needs = requirementsOf(procedure.content, opening.channel, opening.case)
  const term = legalTerm(needs.term, policy)
  const due = recordedDue(dueAt(term, at, [], calendar))
  return { type: 'received', payload: { ...opening, term, due }, givesCode: true } satisfies NewEvent
}

/** Receives a dossier handed in at a counter, by post, at home or by phone, in one step. Throws Refusal; then no number is used up. */
export async function receiveDossier(ctx: Ctx, intake: Intake, commandId: string): Promise<Answer> {
  mayTakeIn(ctx, intake.channel)
  return openDossier(ctx, { kind: 'receive', intake, commandId }, received)
}

/** Receives what was submitted online, brought back after a supplement, or kept as a draft, as checked by the officer. */
export const receive = command({
  type: 'receive',
  label: ['Tiếp nhận', 'Receive'],
  roles: intakeRoles,
  place: 'receiving',
  states: ['draft', 'submitted', 'supplement-at-intake'],
  when: dossier => !dossier.supplementProposal,
  input: z.strictObject({
    components: z.array(ComponentLine).max(200).optional(),
    delivery: DeliveryChoice.optional(),
    sets: SetCount.optional(),
    papers: PaperRefs,
  }),
  decide: (dossier, input, facts) => {
    const opening = openingOf(dossier)
    return received(
      {
        ...opening,
        components: input.components?.filter(counted) ?? opening.components,
        delivery: input.delivery ?? opening.delivery,
        sets: input.sets ?? opening.sets,
      },
      facts,
    )
  },
})
