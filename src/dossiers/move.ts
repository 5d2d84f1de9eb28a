import type { Role } from '#src/platform/ctx.ts'
import type { StepKind } from '#src/processes/process.ts'
import type { Passed } from '#src/processes/stepper.ts'
import type { Dossier, State } from './dossier.ts'
import type { FreeExit, Holding, Opinion } from './held-step.ts'
import { holderOf } from './holder.ts'

/** Where a move leads: the step as it was given out at that moment, so that the fold need not know the process. */
export type Destination = {
  key: string
  kind: StepKind
  name: string
  agencyId: number
  role: Role | null
  accountId: number | null
  minutes: number | null
  dueAt: string | null
  exits: FreeExit[]
  asked: { key: string; name: string; agencyId: number; role: Role }[]
}

/** How an event moves a dossier along its process. `to` is null at the end. */
export type Move = {
  /** A process begins, or another takes its place. */
  process?: number
  left: { step: string; outcome: string } | null
  passed: Passed[]
  to: Destination | null
}

/** What a move changes. */
export function moved(d: Dossier, move: Move, at: Date): Partial<Dossier> {
  const ways = [...(move.left ? [[move.left.step, move.left.outcome]] : []), ...move.passed.map(p => [p.step, p.exit])]
  const sets = move.passed.flatMap(({ set }) => (set ? [[set.field, set.value]] : []))
  const opinions = closed(d.opinions, move, at)
  const { to } = move
  return {
    ...(move.process !== undefined && { processId: move.process }),
    outcomes: { ...d.outcomes, ...Object.fromEntries(ways) },
    ...(sets.length > 0 && { form: { ...d.form, ...Object.fromEntries(sets) } }),
    ...(to ? entered(d, to, { at, opinions }) : { step: null, opinions }),
  }
}

function entered(d: Dossier, to: Destination, { at, opinions }: { at: Date; opinions: Opinion[] }): Partial<Dossier> {
  const { asked, dueAt, ...step } = to
  const due = dueAt === null ? null : new Date(dueAt)
  const blank = { accountId: null, askedAt: at, dueAt: due, answeredAt: null, answer: null, document: null }
  return {
    state: d.pausedAt ? d.state : stateAt(to.kind, d.state),
    step: { ...step, since: at, dueAt: due, childId: null },
    opinions: [...opinions, ...asked.map(one => ({ ...blank, ...one, step: to.key, note: null, closedAt: null }))],
    ...(to.accountId !== null &&
      to.role && { assignees: { ...d.assignees, [seat(to.agencyId, to.role)]: to.accountId } }),
  }
}

/** Whoever leaves a consultation waits for nobody any more; silence past the deadline is an answer of its own. */
function closed(opinions: Opinion[], { left }: Move, at: Date): Opinion[] {
  if (!left) return opinions
  return opinions.map(opinion =>
    opinion.step !== left.step || opinion.answeredAt || opinion.closedAt
      ? opinion
      : { ...opinion, closedAt: at, answer: left.outcome === 'expired' ? 'none' : null },
  )
}

/** Whoever worked on a dossier in this agency and role gets it again when it comes back. */
export const seat = (agencyId: number, role: Role) => `${agencyId}:${role}`

/** The business state a kind of step stands for; the state of a dossier on its way to its first specialist stays "received". */
function stateAt(kind: StepKind, now: State): State {
  switch (kind) {
    case 'approve':
      return 'pending-approval'
    case 'sign':
      return 'approved'
    case 'transfer':
    case 'receipt':
    case 'assign':
      return now === 'received' ? 'received' : 'in-process'
    default:
      return 'in-process'
  }
}

/** The holdings after an event: the last one ends and the next begins when another has the dossier, or the same one another step. */
export function heldBy(before: Dossier, after: Dossier, at: Date): Holding[] {
  // Before there were processes nobody wrote down who had it.
  if (after.processId === null) return before.holdings
  if (!after.receivedAt || (before.readyAt && after.readyAt)) return before.holdings
  const holder = after.readyAt || after.closedAt ? null : holderOf(after)
  const last = before.holdings.at(-1)
  const step = after.step?.key ?? null
  const goesOn =
    last &&
    last.to === null &&
    holder !== null &&
    last.step === step &&
    before.step?.since.getTime() === after.step?.since.getTime() &&
    last.agencyId === holder.agencyId &&
    last.role === holder.role &&
    last.accountId === holder.accountId
  if (goesOn) return before.holdings
  const ended = last?.to === null ? [...before.holdings.slice(0, -1), { ...last, to: at }] : before.holdings
  if (!holder) return ended
  const { name = null, minutes = null } = after.step ?? {}
  return [...ended, { step, name, ...holder, from: at, to: null, minutes }]
}
