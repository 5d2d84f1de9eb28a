import { addDays, localDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import type { Schedule, Task } from '#src/platform/queue.ts'
import { anchorLedger } from './anchor-ledger.ts'

export const ledgerTasks: Record<string, Task> = {
  'anchor-ledger': async (_, ctx) => {
    const days = await anchorLedger({ ...ctx, actor: { kind: 'system', name: 'ledger' } })
    ctx.log.info({ days: days.length }, 'ledger anchored')
  },
}

/** Every night at 00:15, Vietnam time. */
export const ledgerSchedules: readonly Schedule[] = [
  {
    task: 'anchor-ledger',
    next: after => new Date(startOfLocalDay(addDays(localDate(after), 1)).getTime() + 15 * 60 * 1000),
  },
]
