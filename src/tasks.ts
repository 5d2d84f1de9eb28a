import { accountsSchedules, accountsTasks } from '#src/accounts/accounts.tasks.ts'
import { caseworkSchedules, caseworkTasks } from '#src/casework/casework.tasks.ts'
import { ledgerSchedules, ledgerTasks } from '#src/dossiers/ledger.tasks.ts'
import { exportsSchedules, exportsTasks } from '#src/exports/exports.tasks.ts'
import { factsSchedules, factsTasks } from '#src/facts/facts.tasks.ts'
import { familiesTasks } from '#src/families/families.tasks.ts'
import { indicesSchedules, indicesTasks } from '#src/indices/indices.tasks.ts'
import { papersSchedules, papersTasks } from '#src/papers/papers.tasks.ts'
import type { Blobs } from '#src/platform/blobs.ts'
import type { Schedule, Task } from '#src/platform/queue.ts'
import { watchSchedules, watchTasks } from '#src/watch/watch.tasks.ts'
import { reportKinds } from './report-kinds.ts'

/** The only list of jobs: the name they are enqueued under, and who does them. */
export function tasks({ blobs }: { blobs: Blobs }): Record<string, Task> {
  return {
    ...accountsTasks,
    ...papersTasks(blobs),
    ...ledgerTasks,
    ...factsTasks,
    ...caseworkTasks,
    ...familiesTasks,
    ...watchTasks,
    ...indicesTasks,
    ...exportsTasks(blobs, reportKinds),
  }
}

/** Jobs that come again by the clock. */
export const schedules: readonly Schedule[] = [
  ...caseworkSchedules,
  ...watchSchedules,
  ...ledgerSchedules,
  ...factsSchedules,
  ...indicesSchedules,
  ...accountsSchedules,
  ...papersSchedules,
  ...exportsSchedules,
]
