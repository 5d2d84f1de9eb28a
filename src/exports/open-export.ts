import { audit } from '#src/platform/audit.ts'
import type { Blobs } from '#src/platform/blobs.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { transact } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import type { ReportKind } from '#src/reports/report.ts'
import { reportFileName } from '#src/reports/report-heading.ts'
import { findTheirExport } from './export-file.query.ts'
import type { ExportFile } from './export-file.ts'
import { blobKey } from './make-export.ts'
import { markOpened } from './schedule.store.ts'

export type OpenedExport = { file: ExportFile; name: string; bytes: ReadableStream<Uint8Array> }

/**
 * The bytes of a file, for who asked for it or was sent it and may still read the report: roles and agencies change. Throws `not-found` for
 * everybody else, `conflict` while it is not made or when its time is over.
 */
export async function openExport(
  ctx: Ctx,
  { blobs, kinds }: { blobs: Blobs; kinds: readonly ReportKind[] },
  id: number,
): Promise<OpenedExport> {
  const { actor } = ctx
  if (actor.kind !== 'officer') throw new Refusal('forbidden', 'officers-only')
  const file = await findTheirExport(ctx, id, actor)
  const kind = kinds.find(({ key }) => key === file?.report)
  if (!file || !kind?.roles.includes(actor.role)) throw new Refusal('not-found', 'export-unknown')
  // Whoever was sent a report is to have that one, whatever agency it is of.
  const asked = await getAsked(ctx, kind, file.params, file.accountId === null ? file : actor)
  if (file.state === 'removed') throw new Refusal('conflict', 'export-removed')
  const bytes = file.state === 'done' ? await blobs.getStream(blobKey(file)) : undefined
  if (!bytes) throw new Refusal('conflict', 'export-not-ready')
  await transact(ctx, async inner => {
    if (file.accountId === null)
      await markOpened(inner.db, { exportId: id, accountId: actor.accountId, at: ctx.clock.now() })
    await audit(inner, { action: 'open-export', subject: `export:${id}`, detail: { report: file.report } })
  })
  return { file, name: reportFileName(kind, asked, file.format), bytes }
}
