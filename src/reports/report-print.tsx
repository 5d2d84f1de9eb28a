import { translator } from '#src/platform/text.ts'
import { PrintPage } from '#src/ui/page.tsx'
import { figureText } from './cell-text.ts'
import type { ReportTable } from './report.ts'
import { type ReportHeading, signingLine } from './report-heading.ts'
import { ReportTableView } from './report-table.tsx'

export type ReportPrintProps = {
  heading: ReportHeading
  table: ReportTable
  /** How many rows there are in all, where they are not all on it. */
  cutFrom?: number | undefined
  now: Date
}

/** A report as a sheet to print and sign: A4 across, headed as the official forms are, which are in Vietnamese. */
export function ReportPrint({ heading, table, cutFrom, now }: ReportPrintProps) {
  const t = translator('vi')
  const { form, reporter, receiver, title, period, asOf, unit } = heading
  return (
    <PrintPage t={t} lang="vi" title={title} paper="a4-landscape">
      <div class="sheet-heads report-heads">
        <p>
          <strong>{form || reporter}</strong>
        </p>
        {form && (
          <p>
            Đơn vị báo cáo: {reporter}
            <br />
            Đơn vị nhận báo cáo: {receiver}
          </p>
        )}
      </div>
      <h1>{title.toUpperCase()}</h1>
      <p class="report-centred">
        <em>{period}</em>
        {asOf && (
          <>
            <br />
            <em>{asOf}</em>
          </>
        )}
      </p>
      {unit && (
        <p class="report-unit">
          <em>{unit}</em>
        </p>
      )}
      <ReportTableView t={t} table={table} caption={title} captionHidden plain />
      {cutFrom !== undefined && (
        <p>
          Bản in có {figureText(table.rows.length)} dòng đầu trong số {figureText(cutFrom)} dòng.
        </p>
      )}
      {table.notes?.map(([text]) => (
        <p key={text} class="report-remark">
          {text}
        </p>
      ))}
      <Signatures now={now} />
    </PrintPage>
  )
}

function Signatures({ now }: { now: Date }) {
  return (
    <div class="sheet-signs">
      <p>
        <br />
        <strong>Người lập báo cáo</strong>
        <br />
        <em>(Ký, ghi rõ họ tên)</em>
      </p>
      <p>
        <em>{signingLine(now)}</em>
        <br />
        <strong>Thủ trưởng đơn vị</strong>
        <br />
        <em>(Ký, ghi rõ họ tên, đóng dấu)</em>
      </p>
    </div>
  )
}
