import { nightly, type Schedule, type Task } from '#src/platform/queue.ts'
import { removeExpiredSessions } from './remove-expired-sessions.ts'

export const accountsTasks: Record<string, Task> = {
  'remove-expired-sessions': async (_, ctx) => {
    const removed = await removeExpiredSessions({ ...ctx, actor: { kind: 'system', name: 'accounts' } })
    ctx.log.info({ removed }, 'expired sessions removed')
  },
}

export const accountsSchedules: readonly Schedule[] = [nightly('remove-expired-sessions', '01:15')]
