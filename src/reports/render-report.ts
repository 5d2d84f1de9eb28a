import type { Ctx } from '#src/platform/ctx.ts'
import { listSheet } from './list-sheet.ts'
import type { Asked, ListKind, ReportRow, ReportTable, TableKind } from './report.ts'
import { listCsv, reportCsv } from './report-csv.ts'
import { getHeading } from './report-heading.query.ts'
import { reportFileName } from './report-heading.ts'
import { reportSheet } from './report-sheet.ts'

export const reportFormats = ['xlsx', 'csv'] as const
export type ReportFormat = (typeof reportFormats)[number]

/** Media types of the files. */
export const reportTypes: Record<ReportFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

export type ReportFile = { name: string; type: string; bytes: Uint8Array<ArrayBuffer> }

/** A report as a file, read now; or as it was kept, where `table` is given. */
export async function renderTable(
  ctx: Ctx,
  { kind, asked, format, table }: { kind: TableKind; asked: Asked; format: ReportFormat; table?: ReportTable },
): Promise<ReportFile> {
  const read = table ?? (await kind.read(ctx, asked))
  const file = { name: reportFileName(kind, asked, format), type: reportTypes[format] }
  if (format === 'csv') return { ...file, bytes: new TextEncoder().encode(reportCsv(read)) }
  const heading = await getHeading(ctx, kind, asked, read.unit)
  return { ...file, bytes: new Uint8Array(await reportSheet(read, heading, ctx.clock.now())) }
}

export type ReportStream = { name: string; type: string; stream: ReadableStream<Uint8Array> }

/**
 * A list of any length as a file, written while it is read, `batch` rows at a time. `onRows` is told how many are written so far, and what
 * it does is waited for.
 */
export async function renderList(
  ctx: Ctx,
  asking: { kind: ListKind; asked: Asked; format: ReportFormat; batch?: number; onRows?: (done: number) => unknown },
): Promise<ReportStream> {
  const { kind, asked, format } = asking
  const file = { name: reportFileName(kind, asked, format), type: reportTypes[format] }
  const batches = readList(ctx, asking)
  if (format === 'csv') return { ...file, stream: ReadableStream.from(listCsv(kind, batches)) }
  return { ...file, stream: listSheet(kind, await getHeading(ctx, kind, asked), batches) }
}

async function* readList(
  ctx: Ctx,
  { kind, asked, batch = 1_000, onRows }: Parameters<typeof renderList>[1],
): AsyncGenerator<readonly ReportRow[], void> {
  let after: string | null = null
  let done = 0
  do {
    const { rows, next } = await kind.page(ctx, asked, { after, limit: batch })
    yield rows
    done += rows.length
    await onRows?.(done)
    after = next
  } while (after !== null)
}
