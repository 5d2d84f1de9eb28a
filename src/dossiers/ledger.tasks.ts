import { nightly, type Schedule, type Task } from '#src/platform/queue.ts'
import { anchorLedger } from './anchor-ledger.ts'

export const ledgerTasks: Record<string, Task> = {
  'anchor-ledger': async (_, ctx) => {
    const days = await anchorLedger({ ...ctx, actor: { kind: 'system', name: 'ledger' } })
    ctx.log.info({ days: days.length }, 'ledger anchored')
  },
}

export const ledgerSchedules: readonly Schedule[] = [nightly('anchor-ledger', '00:15')]
