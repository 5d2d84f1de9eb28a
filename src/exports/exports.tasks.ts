import type { Blobs } from '#src/platform/blobs.ts'
import { enqueue, everyMinute, nightly, type Schedule, type Task } from '#src/platform/queue.ts'
import type { ReportKind } from '#src/reports/report.ts'
import { listRunning } from './export-file.store.ts'
import { makeExport } from './make-export.ts'
import { prepareDueReports } from './prepare-due-reports.ts'
import { removeExpiredExports } from './remove-expired-exports.ts'

const actor = { kind: 'system', name: 'exports' } as const

export function exportsTasks(blobs: Blobs, kinds: readonly ReportKind[]): Record<string, Task> {
  return {
    'make-export': async (payload, ctx) => {
      const { id } = payload as { id: number }
      await makeExport({ ...ctx, actor }, { blobs, kinds }, id)
    },
    'prepare-due-reports': async (_, ctx) => {
      const begun = await prepareDueReports({ ...ctx, actor }, kinds)
      if (begun > 0) ctx.log.info({ begun }, 'scheduled reports are due')
      // Whoever made one of these may have died; if not, the other making notices that the file is held.
      for (const id of await listRunning(ctx.db))
        await enqueue(ctx, 'make-export', { id }, { key: `export-again:${id}` })
    },
    'remove-expired-exports': async (_, ctx) => {
      const removed = await removeExpiredExports({ ...ctx, actor }, blobs)
      if (removed > 0) ctx.log.info({ removed }, 'files of reports removed: their time was over')
    },
  }
}

export const exportsSchedules: readonly Schedule[] = [
  { ...everyMinute('prepare-due-reports'), atStart: true },
  nightly('remove-expired-exports', '01:50'),
]
