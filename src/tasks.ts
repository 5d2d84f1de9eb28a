import { caseworkTasks } from '#src/casework/casework.tasks.ts'
import { ledgerSchedules, ledgerTasks } from '#src/dossiers/ledger.tasks.ts'
import type { Schedule, Task } from '#src/platform/queue.ts'

/** The only list of jobs: the name they are enqueued under, and who does them. */
export const tasks: Record<string, Task> = { ...ledgerTasks, ...caseworkTasks }

/** Jobs that come again by the clock. */
export const schedules: readonly Schedule[] = [...ledgerSchedules]
