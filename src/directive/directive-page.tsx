import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { PeriodPreset } from '#src/periods/period-preset.ts'
import type { FormValues } from '#src/platform/form.ts'
import type { RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import type { T } from '#src/platform/text.ts'
import type { TreeAgency } from '#src/reports/asked.query.ts'
import { pageNames } from '#src/reports/asked.ts'
import { AgencyField } from '#src/reports/report-form.tsx'
import { Actions, Button } from '#src/ui/button.tsx'
import { DateField, ErrorSummary, Form } from '#src/ui/form.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { FilterChips } from '#src/ui/list.tsx'
import type { DirectiveReport, DocumentPart, DocumentTable, Run } from './directive-report.ts'

export const DIRECTIVE_PATH = '/bao-cao/chi-dao'

export type DirectivePageProps = {
  c: RequestContext
  /** Nothing when what was asked is wrong. */
  report: DirectiveReport | undefined
  /** Address of the same as a document. */
  download: string
  values: FormValues
  errors: FieldError[]
  months: readonly PeriodPreset[]
  /** Whose figures may be asked for. */
  agencies: readonly TreeAgency[]
  current: string | undefined
}

export function DirectivePage(props: DirectivePageProps) {
  const { c, report, download, values, errors, months, agencies, current } = props
  const t = c.get('t')
  const title = t('Báo cáo chỉ đạo, điều hành', 'Directive report')
  return (
    <OfficerPage c={c} title={title} current="/bao-cao">
      <ErrorSummary t={t} errors={errors} />
      <PageHead
        t={t}
        title={title}
        sub={t(
          'Số liệu lấy từ các báo cáo cùng kỳ. Tải về, bổ sung phần đánh giá, lấy số và ký.',
          'The figures are those of the other reports. Take it away, complete it, have it numbered and signed.',
        )}
        crumbs={[{ href: '/bao-cao', label: t('Báo cáo', 'Reports') }]}
      >
        {report && (
          <Button href={download} kind="secondary">
            {t('Tải văn bản Word', 'Word document')}
          </Button>
        )}
      </PageHead>
      <Stack>
        <FilterChips
          label={t('Tháng', 'Month')}
          chips={months.map(({ code, label }) => ({
            href: monthHref(code, values[pageNames.agency]),
            label: t(...label),
            current: code === current,
          }))}
        />
        <DaysForm {...{ t, values, errors, agencies }} />
        {report && <Sheet report={report} />}
      </Stack>
    </OfficerPage>
  )
}

/** Another month of the same agency. */
function monthHref(code: string, agency: FormValues[string] | undefined): string {
  const query = new URLSearchParams({ [pageNames.period]: code })
  if (typeof agency === 'string' && agency) query.set(pageNames.agency, agency)
  return `${DIRECTIVE_PATH}?${query}`
}

type DaysFormProps = { t: T } & Pick<DirectivePageProps, 'values' | 'errors' | 'agencies'>

function DaysForm({ t, values, errors, agencies }: DaysFormProps) {
  const field = { t, values, errors }
  return (
    <Form action={DIRECTIVE_PATH} method="get">
      <div class="report-fields">
        <DateField {...field} name={pageNames.from} label={t('Từ ngày', 'From')} />
        <DateField {...field} name={pageNames.to} label={t('Đến ngày', 'To')} />
        {agencies.length > 1 && <AgencyField field={field} agencies={agencies} />}
      </div>
      <Actions>
        <Button kind="secondary">{t('Lập báo cáo', 'Make the report')}</Button>
      </Actions>
    </Form>
  )
}

/** The document as it will be on paper, which is in Vietnamese; its numbers lead to the dossiers behind them. */
function Sheet({ report }: { report: DirectiveReport }) {
  return (
    <article class="directive" lang="vi">
      <div class="directive-heads">
        <p>
          {report.superior && <span>{report.superior.toUpperCase()}</span>}
          <strong>{report.issuer.toUpperCase()}</strong>
          <span>{report.number}</span>
        </p>
        <p>
          <strong>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</strong>
          <strong>Độc lập - Tự do - Hạnh phúc</strong>
          <em>{report.dateline}</em>
        </p>
      </div>
      <h2 class="directive-title">
        {report.title}
        <br />
        {report.subject}
      </h2>
      <p class="directive-addressee">{report.addressee}</p>
      <p>{report.opening}</p>
      {report.sections.map(({ title, parts }) => (
        <section key={title}>
          <h3>{title}</h3>
          {parts.map((part, i) => (
            <Part key={`${title}-${i + 1}`} part={part} />
          ))}
        </section>
      ))}
      <p>{report.closing}</p>
      <div class="directive-heads">
        <div class="directive-recipients">
          <em>Nơi nhận:</em>
          <ul>
            {report.recipients.map(line => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
        <p>
          <strong>{report.signer}</strong>
        </p>
      </div>
    </article>
  )
}

function Part({ part }: { part: DocumentPart }) {
  if (part.kind === 'text') {
    return (
      <p>
        {part.runs.map((run, i) => (
          <Said key={`run-${i + 1}`} run={run} />
        ))}
      </p>
    )
  }
  if (part.kind === 'open') return <p class="directive-open">{part.prompt}</p>
  return <PartTable table={part.table} />
}

function Said({ run }: { run: Run }) {
  const { text, href = undefined } = typeof run === 'string' ? { text: run } : run
  return href && text !== '0' ? <a href={href}>{text}</a> : text
}

function PartTable({ table }: { table: DocumentTable }) {
  const { caption, head, rows, total } = table
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <section class="directive-table" aria-label={caption} tabIndex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((name, i) => (
              <th key={`${name}-${i + 1}`} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name = '', ...figures], n) => (
            <tr key={`row-${n + 1}`} class={total && n === rows.length - 1 ? 'directive-total' : undefined}>
              <th scope="row">
                <Said run={name} />
              </th>
              {figures.map((run, i) => (
                <td key={`cell-${i + 1}`}>
                  <Said run={run} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
