import type { Ctx } from '#src/platform/ctx.ts'
import type { Asked, ReportTable, TableKind } from './report.ts'
import { reportCsv } from './report-csv.ts'
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
