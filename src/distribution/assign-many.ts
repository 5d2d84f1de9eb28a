import { localDate } from '#src/calendar/local-date.ts'
import { findCommand } from '#src/casework/commands.ts'
import { executeCommand } from '#src/casework/execute-command.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { run, transact } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import type { Share } from '#src/processes/process.ts'
import { holdShares, shareOut } from '#src/steps/share-work.ts'
import { findGiven, findOpenOpinions, findSpecialist, type Specialist } from './given-work.query.ts'

export const MOST = 200
/** Each takes a connection; the others of this process want some too. */
const AT_ONCE = 4

/** To one person, or shared out: in turn, or to who has least in hand. */
export type To = { assignee: string } | { share: Exclude<Share, 'by-hand'> }
/** `version`: as the leader saw the dossier; a later one is left alone. */
export type Order = {
  dossiers: readonly { ref: string; version?: number | undefined }[]
  to: To
  note?: string | undefined
}
/** What became of one dossier: who has it, or why not. */
export type Outcome = { ref: string; to: Specialist } | { ref: string; refusal: Refusal }

/**
 * Gives many dossiers out, each by a command of its own: one that has changed or may not be given out does not hold up the others. The
 * same `commandId` again gives nothing twice, and answers who has what. Throws Refusal for who is no leader, or names nobody they have.
 */
export async function assignMany(ctx: Ctx, order: Order, commandId: string): Promise<Outcome[]> {
  const leader = leaderIn(ctx)
  const dossiers = [...new Map(order.dossiers.map(one => [one.ref, one])).values()]
  if (dossiers.length > MOST)
    throw new Refusal('invalid', 'too-many-at-once', { field: 'refs', params: { most: MOST } })
  const refs = dossiers.map(({ ref }) => ref)
  const idOf = (ref: string) => `${commandId}:${ref}`
  const to = await receiver(ctx, leader, order.to)
  const given = await findGiven(ctx, leader, refs.map(idOf))
  const opinions = await findOpenOpinions(ctx, leader.agencyId, refs)
  return inTurns(dossiers, async ({ ref, version }) => {
    const done = given.get(idOf(ref))
    if (done) return { ref, to: done }
    const piece = { ref, version, commandId: idOf(ref), opinion: opinions.get(ref), note: order.note }
    return give(ctx, leader, { to, piece })
  })
}

function leaderIn({ actor }: Ctx): Officer {
  if (actor.kind !== 'officer' || actor.role !== 'leader') throw new Refusal('forbidden', 'role-not-allowed')
  return actor
}

type Receiver = { person: Specialist } | { share: Exclude<Share, 'by-hand'> }

async function receiver(ctx: Ctx, { agencyId }: Officer, to: To): Promise<Receiver> {
  if ('share' in to) return to
  const person = await findSpecialist(ctx, agencyId, to.assignee)
  if (!person) {
    throw new Refusal('invalid', 'assignee-unknown', { field: 'assignee', params: { assignee: to.assignee } })
  }
  return { person }
}

type Piece = {
  ref: string
  version: number | undefined
  commandId: string
  opinion: string | undefined
  note: string | undefined
}
type Giving = { to: Receiver; piece: Piece }

async function give(ctx: Ctx, leader: Officer, giving: Giving): Promise<Outcome> {
  const { to, piece } = giving
  try {
    return { ref: piece.ref, to: await ('person' in to ? assign(ctx, piece, to.person) : share(ctx, leader, giving)) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // Sent twice at once, with another person's turn or another opinion meanwhile: what the other one did counts.
    const done = (await findGiven(ctx, leader, [piece.commandId])).get(piece.commandId)
    return done ? { ref: piece.ref, to: done } : { ref: piece.ref, refusal: error }
  }
}

async function assign(ctx: Ctx, piece: Piece, person: Specialist): Promise<Specialist> {
  const { ref, commandId, opinion, note, version } = piece
  const input = findCommand('assign').input.parse({ assignee: person.username, opinion, note })
  await executeCommand(ctx, {
    ref,
    type: 'assign',
    input,
    commandId,
    ...(version !== undefined && { expectedVersion: version }),
  })
  return person
}

/** Whose turn it is and the giving are one: a dossier that may not be given out uses up nobody's turn. */
function share(ctx: Ctx, leader: Officer, { to, piece }: Giving): Promise<Specialist> {
  const desk = { agencyId: leader.agencyId, role: 'specialist' as const }
  const how = 'share' in to ? to.share : 'round-robin'
  return transact(ctx, async inner => {
    await holdShares(inner, desk)
    const done = (await findGiven(inner, leader, [piece.commandId])).get(piece.commandId)
    if (done) return done
    const accountId = await shareOut(inner, { ...desk, share: how, day: localDate(inner.clock.now()) })
    if (accountId === null) throw new Refusal('conflict', 'nobody-to-share')
    return assign(inner, piece, await getPerson(inner, accountId))
  })
}

async function getPerson(ctx: Ctx, accountId: number): Promise<Specialist> {
  const [person] = await run<Specialist>(
    ctx.db,
    'SELECT id AS "accountId", username, name FROM account WHERE id = $1',
    [accountId],
  )
  if (!person) throw new Error(`no account ${accountId}`)
  return person
}

/** Every one of `all` through `work`, a few at once, answers in the order asked. */
async function inTurns<One, Done>(all: readonly One[], work: (one: One) => Promise<Done>): Promise<Done[]> {
  const done: Done[] = []
  let next = 0
  const hand = async () => {
    while (next < all.length) {
      const i = next
      next += 1
      done[i] = await work(all[i] as One)
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, all.length) }, hand))
  return done
}
