import { executeCommand } from '#src/casework/execute-command.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'

/** In one run; what is left comes with the next minute. */
const MOST = 200

/** Consultations whose time is over, by the index made for them. `$1 now`. */
export const SILENT = `
SELECT coalesce(d.code, 'D' || d.id) AS ref, d.id, (extract(epoch FROM d.step_since) * 1000)::bigint AS since
FROM dossier d
WHERE d.step_due_at IS NOT NULL AND d.paused_at IS NULL AND d.detail -> 'step' ->> 'kind' = 'consult' AND d.step_due_at < $1
ORDER BY d.step_due_at LIMIT ${MOST}`

/**
 * Notes for every consultation whose time is over who kept silent, so that the dossier goes on. The command id names the stay at
 * the step: two workers, or one that died on the way, note it once. One that cannot go on does not hold up the others, and fails the job
 * once they are done.
 */
export async function recordSilences(ctx: Ctx): Promise<{ noted: number }> {
  const rows = await run<{ ref: string; id: number; since: number }>(ctx.db, SILENT, [ctx.clock.now()])
  let noted = 0
  const faults: unknown[] = []
  for (const { ref, id, since } of rows) {
    const commandId = `silence:${id}:${since}`
    try {
      await executeCommand(ctx, { ref, type: 'note-silence', input: {}, commandId })
      noted += 1
    } catch (error) {
      // Somebody answered or the other worker was quicker: nothing to note, or the next minute will.
      if (error instanceof Refusal) ctx.log.info({ dossier: id, code: error.code }, 'silence not noted')
      else faults.push(new Error(`silence of dossier ${id} not noted`, { cause: error }))
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} of ${rows.length} silences not noted`)
  return { noted }
}
