import { executeCommand } from '#src/casework/execute-command.ts'
import { type Dossier, dossierRef } from '#src/dossiers/dossier.ts'
import type { Child } from '#src/dossiers/held-step.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run, transact } from '#src/platform/db.ts'
import { lockFamily } from './family.query.ts'

/**
 * A dossier has a result or has ended: the one it was opened for learns its outcome and, with a result, takes it over; those opened
 * for it are stopped when it ended without one. Run again it finds everything done; the rows it is about are held meanwhile.
 */
export async function settleFamily(ctx: Ctx, { dossier: id }: { dossier: number }): Promise<void> {
  await transact(ctx, async inner => {
    const family = await lockFamily(inner, id)
    const dossier = family.get(id)
    if (!dossier) throw new Error(`dossier ${id} does not exist`)
    const parent = dossier.parentId === null ? undefined : family.get(dossier.parentId)
    if (parent) await tellParent(inner, parent, dossier)
    if (!isGivenUp(dossier)) return
    for (const child of dossier.children) await endWith(inner, dossier, family.get(child.id))
  })
}

const isGivenUp = ({ state }: Dossier) => state === 'withdrawn' || state === 'stopped'

function outcomeOf({ readyAt, result }: Dossier): NonNullable<Child['outcome']> {
  if (!readyAt) return 'ended'
  return result?.kind === 'refusal' ? 'refused' : 'granted'
}

async function tellParent(ctx: Ctx, parent: Dossier, child: Dossier): Promise<void> {
  const known = parent.children.find(({ id }) => id === child.id)
  if (known && !known.endedAt) {
    const note = child.endReason ?? child.result?.title ?? null
    const input = { id: child.id, outcome: outcomeOf(child), note }
    const commandId = `child-ended:${child.id}`
    await executeCommand(ctx, { ref: dossierRef(parent), type: 'child-ended', input, commandId })
  }
  if (child.state !== 'result-ready') return
  const [desk] = await run<{ name: string }>(ctx.db, 'SELECT name FROM agency WHERE id = $1', [
    parent.receivingAgencyId,
  ])
  const input = { collector: desk?.name, relation: `hồ sơ ${dossierRef(parent)}`, method: 'electronic' }
  const commandId = `handed-to-parent:${child.id}`
  await executeCommand(ctx, { ref: dossierRef(child), type: 'hand-over', input, commandId })
}

/** What a dossier of its own agency has already come to, stays. */
async function endWith(ctx: Ctx, parent: Dossier, child: Dossier | undefined): Promise<void> {
  if (!child || child.readyAt || child.closedAt) return
  const ended = parent.state === 'withdrawn' ? 'đã rút' : 'đã dừng giải quyết'
  const input = {
    reason: `Hồ sơ ${dossierRef(parent)} ${ended}, hồ sơ liên thông này không còn cần giải quyết.`,
    ground: `Hồ sơ ${dossierRef(parent)}: ${parent.endReason ?? ended}`.slice(0, 500),
  }
  await executeCommand(ctx, {
    ref: dossierRef(child),
    type: 'stop',
    input,
    commandId: `stopped-with-parent:${child.id}`,
  })
}
