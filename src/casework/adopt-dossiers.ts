import { openStates, type State } from '#src/dossiers/dossier.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { STANDARD } from '#src/processes/process.query.ts'
import { executeCommand } from './execute-command.ts'

/** Where the general process takes up a dossier that was on its way before there were processes. */
const stepAt: Partial<Record<State, string>> = {
  received: 'phan-cong',
  'in-process': 'tham-dinh',
  'supplement-requested': 'tham-dinh',
  'financial-obligation': 'tham-dinh',
  'pending-approval': 'phe-duyet',
  approved: 'phat-hanh',
}

const BATCH = 500

/** Dossiers under way without a process, and the first version of the general one; the index of unfinished dossiers finds them. */
const LIST = `
SELECT d.id, d.state, (d.detail ->> 'forwarded')::boolean AS forwarded, v.id AS process
FROM dossier d, process_version v
WHERE d.state = ANY ($1) AND d.state <> 'closed' AND d.process_version_id IS NULL AND d.id > $2
  AND v.process_key = '${STANDARD}' AND v.version = 1
ORDER BY d.id LIMIT ${BATCH}`

/**
 * Puts dossiers received by an earlier release on the general process, at the step their state stands for: an event each, so that
 * nothing about them is lost or guessed later. Run again it finds nothing. Returns how many.
 */
export async function adoptDossiers(ctx: Ctx): Promise<number> {
  let adopted = 0
  for (let after = 0; ; ) {
    type Row = { id: number; state: State; forwarded: boolean; process: number }
    const rows = await run<Row>(ctx.db, LIST, [openStates, after])
    for (const { id, state, forwarded, process } of rows) {
      const step = state === 'received' && !forwarded ? 'chuyen-ho-so' : stepAt[state]
      const input = { process, step, ground: 'Áp dụng quy trình nội bộ cho hồ sơ tiếp nhận trước đây' }
      await executeCommand(ctx, { ref: `D${id}`, type: 'change-process', input, commandId: `adopt:${id}` })
      adopted += 1
      after = id
    }
    if (rows.length < BATCH) return adopted
  }
}
