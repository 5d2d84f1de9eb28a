import { z } from '@hono/zod-openapi'
import { command, isAtWork } from '#src/dossiers/command.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import { awaitedOpinions } from '#src/dossiers/held-step.ts'
import { actingAccount, isFor } from '#src/dossiers/holder.ts'
import type { Officer, Role } from '#src/platform/ctx.ts'
import { named } from '#src/platform/field-problems.ts'
import { line, paragraph } from '#src/platform/form.ts'
import { Refusal } from '#src/platform/refusal.ts'

const workers: readonly Role[] = ['intake', 'specialist', 'leader', 'clerk', 'cashier', 'director', 'postal', 'home']

/** Pieces of work on a dossier: the step, or the opinions still asked for. `opinion` null = the step. */
function piecesOf(dossier: Dossier) {
  const { step } = dossier
  if (!step || !isAtWork(dossier)) return []
  const asked = awaitedOpinions(dossier)
  return step.kind === 'consult' ? asked.map(o => ({ ...o, opinion: o.key })) : [{ ...step, opinion: null }]
}

/** Those that wait for this officer. */
function workFor(dossier: Dossier, officer: Officer) {
  return piecesOf(dossier).filter(piece => isFor(piece, officer))
}

/** Those that others of the officer's agency have by name. */
function workOfOthers(dossier: Dossier, officer: Officer) {
  const own = [null, actingAccount(officer)]
  return piecesOf(dossier).filter(piece => piece.agencyId === officer.agencyId && !own.includes(piece.accountId))
}

const input = z.strictObject({ opinion: line(60).optional() })
const releasing = input.extend({ reason: named(paragraph(2000), 'lý do', 'the reason') })

/** The piece meant: the one named, or the only one there is. Throws Refusal `opinion-unknown`. */
function meant<Piece extends { opinion: string | null }>(pieces: Piece[], opinion: string | undefined): Piece {
  const found = opinion === undefined ? pieces[0] : pieces.find(piece => piece.opinion === opinion)
  if (!found) throw new Refusal('invalid', 'opinion-unknown', { field: 'opinion' })
  return found
}

/** Takes work that waits for anyone of a role: from now on it is this officer's alone. */
export const claim = command({
  type: 'claim',
  label: ['Nhận việc', 'Claim'],
  roles: workers,
  place: 'taking-part',
  when: (dossier, officer) => workFor(dossier, officer).some(piece => piece.accountId === null),
  input,
  decide: (dossier, { opinion }, { by }) => {
    if (by.kind !== 'officer') return []
    const open = workFor(dossier, by).filter(piece => piece.accountId === null)
    const piece = meant(open, opinion)
    const { name } = by.onBehalfOf ?? by
    return [{ type: 'claimed', payload: { accountId: actingAccount(by), name, opinion: piece.opinion } }]
  },
})

/** Hands work back to the agency, with the reason: it waits for anyone of the role again, and for the leader who gives it out. */
export const release = command({
  type: 'release',
  label: ['Trả lại việc', 'Hand back'],
  roles: workers,
  place: 'taking-part',
  when: (dossier, officer) => workFor(dossier, officer).some(piece => piece.accountId !== null),
  input: releasing,
  decide: (dossier, { opinion, reason }, { by }) => {
    if (by.kind !== 'officer') return []
    const held = workFor(dossier, by).filter(piece => piece.accountId !== null)
    const piece = meant(held, opinion)
    return [{ type: 'released', payload: { reason, name: by.name, opinion: piece.opinion } }]
  },
})

/**
 * A leader takes work from a colleague who cannot do it (moved, ill, their account shut): it waits for anyone of the role again, and the
 * colleague is told.
 */
export const takeBack = command({
  type: 'take-back',
  label: ['Thu hồi việc', 'Take work back'],
  roles: ['leader'],
  place: 'taking-part',
  when: (dossier, officer) => workOfOthers(dossier, officer).length > 0,
  input: releasing,
  decide: (dossier, { opinion, reason }, { by }) => {
    if (by.kind !== 'officer') return []
    const piece = meant(workOfOthers(dossier, by), opinion)
    return [{ type: 'released', payload: { reason, name: by.name, opinion: piece.opinion } }]
  },
})
