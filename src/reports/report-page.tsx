import { randomUUID } from 'node:crypto'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { addDays, startOfLocalDay } from '#src/calendar/local-date.ts'
import type { PeriodPreset } from '#src/periods/period-preset.ts'
import type { FormValues } from '#src/platform/form.ts'
import type { RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import { dateText, instantText, type T } from '#src/platform/text.ts'
import { Button } from '#src/ui/button.tsx'
import { ErrorSummary, Hidden } from '#src/ui/form.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { Pager } from '#src/ui/list.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { type AskedParams, pageNames, pageQuery, paramsOf } from './asked.ts'
import { figureText } from './cell-text.ts'
import type { Asked, ReportKind, ReportPage, ReportTable, Words } from './report.ts'
import { PeriodLinks, type PresetsProps, type ReportChoices, ReportForm } from './report-form.tsx'
import { ReportTableView } from './report-table.tsx'

/** What else can be done with a report, beside its downloads. */
export type ReportAction = { href: string; label: Words }

/** What later rooms say beside a report as asked: what can be done with it, and a note with where it leads. */
export type BesideReport = {
  actions?: readonly ReportAction[]
  note?: { text: Words; action: ReportAction }
}

/** What was read: a table whole, or a page of a list with how many there are in all and which page this is. */
export type ReadReport =
  | { shape: 'table'; table: ReportTable }
  | { shape: 'list'; page: ReportPage; count: number; isFirst: boolean }

export type ReportPageProps = {
  c: RequestContext
  kind: ReportKind
  choices: ReportChoices
  schemes: PresetsProps['schemes']
  presets: readonly PeriodPreset[]
} & (
  | { asked: Asked; read: ReadReport; beside: BesideReport; wrong?: undefined }
  | { asked: null; wrong: { values: FormValues; errors: readonly FieldError[] } }
)

export function ReportPageView(props: ReportPageProps) {
  const { c, kind, asked, wrong, choices } = props
  const t = c.get('t')
  const title = t(...kind.title)
  const params: AskedParams = asked ? paramsOf(asked) : {}
  const values = asked ? formValues(params) : wrong.values
  const errors = wrong?.errors ?? []
  return (
    <OfficerPage c={c} title={title} current="/bao-cao">
      <ErrorSummary t={t} errors={errors} />
      <PageHead
        t={t}
        title={title}
        sub={kind.form ?? t(...kind.about)}
        crumbs={[{ label: t('Báo cáo', 'Reports'), href: '/bao-cao' }, { label: title }]}
      >
        {asked && kind.shape === 'table' && (
          <Downloads t={t} kind={kind} asked={asked} actions={props.beside.actions ?? []} />
        )}
      </PageHead>
      <Stack>
        <div class="card report-asked">
          <PeriodLinks
            t={t}
            presets={props.presets}
            schemes={props.schemes}
            hrefOf={preset => presetHref(kind, values, preset)}
            current={asked}
          />
          <ReportForm {...{ t, kind, choices, values, errors }} />
        </div>
        {asked && props.beside.note && <Note t={t} note={props.beside.note} />}
        {asked && <ReportBody t={t} kind={kind} asked={asked} read={props.read} now={c.get('ctx').clock.now()} />}
      </Stack>
    </OfficerPage>
  )
}

/** As the fields hold them: an instant to the minute on the clock here. */
function formValues(params: AskedParams): FormValues {
  const values: FormValues = Object.fromEntries(pageQuery(params))
  if (params.asOf) values[pageNames.asOf] = params.asOf.slice(0, 16)
  return values
}

/** The same question of another period. */
function presetHref({ key }: ReportKind, values: FormValues, { code }: PeriodPreset): string {
  const query = new URLSearchParams({ [pageNames.period]: code })
  for (const name of ['agency', 'by', 'field', 'procedure', 'channel', 'servicePoint', 'officer'] as const) {
    const value = values[pageNames[name]]
    if (typeof value === 'string' && value) query.set(pageNames[name], value)
  }
  return `/bao-cao/${key}?${query}`
}

function Downloads({
  t,
  kind,
  asked,
  actions,
}: {
  t: T
  kind: ReportKind
  asked: Asked
  actions: readonly ReportAction[]
}) {
  const query = pageQuery(paramsOf(asked))
  return (
    <div class="actions">
      {actions.map(({ href, label }) => (
        <Button key={href} kind="secondary" href={href}>
          {t(...label)}
        </Button>
      ))}
      <Button kind="secondary" href={`/bao-cao/${kind.key}/xlsx?${query}`}>
        {t('Bảng tính', 'Spreadsheet')} (xlsx)
      </Button>
      <Button kind="secondary" href={`/bao-cao/${kind.key}/csv?${query}`}>
        CSV
      </Button>
      <Button kind="secondary" icon="printer" href={`/bao-cao/${kind.key}/in?${query}`}>
        {t('Bản in', 'Print')}
      </Button>
    </div>
  )
}

function Note({ t, note: { text, action } }: { t: T; note: NonNullable<BesideReport['note']> }) {
  return (
    <Notice t={t}>
      {t(...text)} <a href={action.href}>{t(...action.label)}</a>
    </Notice>
  )
}

type BodyProps = { t: T; kind: ReportKind; asked: Asked; read: ReadReport; now: Date }

function ReportBody({ t, kind, asked, read, now }: BodyProps) {
  const caption = [asked.agency.name, periodText(asked, t), countedText(asked, now, t)].filter(Boolean).join(' · ')
  if (read.shape === 'list') return <ListBody t={t} kind={kind} asked={asked} read={read} caption={caption} />
  const { table } = read
  const unit = table.unit && t(`Đơn vị tính: ${table.unit[0]}`, `Unit: ${table.unit[1]}`)
  return (
    <div>
      <ReportTableView t={t} table={table} caption={[caption, unit].filter(Boolean).join(' · ')} />
      <Notes t={t} notes={table.notes ?? []} />
    </div>
  )
}

export const periodText = ({ from, to }: Pick<Asked, 'from' | 'to'>, t: T) => {
  const [first, last] = [from, to].map(day => dateText(startOfLocalDay(day)))
  return t(`từ ${first} đến ${last}`, `${first} to ${last}`)
}

/** Said where it is not simply the end of the period. */
function countedText({ asOf, to }: Asked, now: Date, t: T): string {
  if (asOf) return t(`tính đến ${instantText(asOf)}`, `as of ${instantText(asOf)}`)
  const lasts = now < startOfLocalDay(addDays(to, 1))
  return lasts ? t(`số liệu đến ${instantText(now)}`, `counted up to ${instantText(now)}`) : ''
}

export function Notes({ t, notes }: { t: T; notes: readonly Words[] }) {
  if (notes.length === 0) return null
  return (
    <ul class="report-notes">
      {notes.map(words => (
        <li key={words[0]}>{t(...words)}</li>
      ))}
    </ul>
  )
}

type ListProps = Omit<BodyProps, 'read' | 'now'> & { read: ReadReport & { shape: 'list' }; caption: string }

function ListBody({ t, kind, asked, read, caption }: ListProps) {
  if (kind.shape !== 'list') return null
  const { page, count, isFirst } = read
  const query = pageQuery(paramsOf(asked))
  const said = t(`${figureText(count, t)} dòng`, `${figureText(count, t)} ${count === 1 ? 'row' : 'rows'}`)
  const next = new URLSearchParams(query)
  if (page.next) next.set('sau', page.next)
  return (
    <div>
      {count > 0 && <ExportForms t={t} kind={kind} query={query} count={count} />}
      <ReportTableView
        t={t}
        table={{ label: kind.label, columns: kind.columns, rows: page.rows }}
        caption={`${said} · ${caption}`}
        empty={t('Không có hồ sơ nào trong phạm vi này', 'Nothing in this scope')}
      />
      <Pager
        t={t}
        {...(isFirst ? {} : { prevHref: `/bao-cao/${kind.key}?${query}` })}
        {...(page.next ? { nextHref: `/bao-cao/${kind.key}?${next}` } : {})}
      />
    </div>
  )
}

/** Long lists are written by the worker: the page of one's files shows how far it is. */
function ExportForms({ t, kind, query, count }: { t: T; kind: ReportKind; query: URLSearchParams; count: number }) {
  return (
    <div class="actions report-export">
      <span>{t(`Tải về cả ${figureText(count, t)} dòng:`, `Download all ${figureText(count, t)}:`)}</span>
      {(['xlsx', 'csv'] as const).map(format => (
        <form key={format} action={`/bao-cao/${kind.key}/xuat`} method="post">
          {[...query].map(([name, value]) => (
            <Hidden key={name} name={name} value={value} />
          ))}
          <Hidden name="commandId" value={randomUUID()} />
          <Button kind="secondary" name="format" value={format}>
            {format === 'csv' ? 'CSV' : `${t('Bảng tính', 'Spreadsheet')} (xlsx)`}
          </Button>
        </form>
      ))}
      <Button kind="secondary" icon="printer" href={`/bao-cao/${kind.key}/in?${query}`}>
        {t('Bản in', 'Print')}
      </Button>
    </div>
  )
}
