import { executeCommand } from '#src/casework/execute-command.ts'
import { dossierRef } from '#src/dossiers/dossier.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { getDossier } from './family.query.ts'

/** The other side of a link, shown there too. Run again, or linked from both sides at once, it finds it done. */
export async function linkBack(
  ctx: Ctx,
  { dossier, to, reason }: { dossier: number; to: number; reason: string },
): Promise<void> {
  const [here, there] = [await getDossier(ctx, dossier), await getDossier(ctx, to)]
  if (here.links.some(({ id }) => id === to)) return
  const input = { code: dossierRef(there), reason }
  const commandId = `link-back:${dossier}:${to}`
  await executeCommand(ctx, { ref: dossierRef(here), type: 'link', input, commandId })
}
