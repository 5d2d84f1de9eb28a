import type { SeedProcess } from '#db/demo/seed-types.ts'
import type { LocalDate } from '#src/calendar/local-date.ts'
import { approveProcess } from '#src/design/approve-process.ts'
import { createProcess } from '#src/design/create-process.ts'
import { submitProcess } from '#src/design/submit-process.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'

/** What the demo's centre issued its processes with. */
const DECISION = 'Quyết định số 1526/QĐ-UBND ngày 30/6/2025'

/**
 * Puts the processes of the seed in force from `validFrom` (local date, not before the clock's): drafted by one officer and approved by
 * another, as a province's are. Parts come before those that take them in. Throws Refusal, and an Error for a part that is not called by
 * its key.
 */
export async function loadProcesses(
  ctx: Ctx,
  processes: readonly SeedProcess[],
  { drafter, approver, validFrom }: { drafter: Officer; approver: Officer; validFrom: LocalDate },
): Promise<void> {
  const drafting = { ...ctx, actor: drafter }
  const approving = { ...ctx, actor: approver }
  for (const one of processes) {
    const owner = 'procedure' in one ? { procedure: one.procedure, case: one.case } : {}
    const { key } = await createProcess(drafting, { ...owner, name: one.process.name, definition: one.process })
    if ('key' in one && key !== one.key) throw new Error(`the part ${one.key} of the seed is called ${key}`)
    const { version } = await submitProcess(drafting, { key, revision: 1 })
    await approveProcess(approving, { key, version, decision: DECISION, validFrom })
  }
}
