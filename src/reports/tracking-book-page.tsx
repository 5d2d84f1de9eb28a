import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { startOfLocalDay } from '#src/calendar/local-date.ts'
import { type BookEntry, bookRow } from '#src/dossiers/book-row.ts'
import { formCitation } from '#src/papers/statutory-form.ts'
import type { FormValues } from '#src/platform/form.ts'
import type { RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import { dateText, type T } from '#src/platform/text.ts'
import { Button } from '#src/ui/button.tsx'
import { Card, CardGrid } from '#src/ui/card.tsx'
import { SelectField } from '#src/ui/choice.tsx'
import { DateField, ErrorSummary, Form } from '#src/ui/form.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { type Column, DataTable } from '#src/ui/table.tsx'
import type { BookAgency, BookPart, Period } from './tracking-book.query.ts'

/** How many lines are shown before the book is taken away whole. */
export const PREVIEW = 50

/** `agencies`: those to choose from; empty for an officer of one desk. */
export type AskedBook = Period & { agency: BookAgency; agencies: BookAgency[]; parts: BookPart[] }

type BookPageProps = { c: RequestContext } & (
  | { asked: AskedBook; entries: BookEntry[]; wrong?: undefined }
  | { asked?: undefined; wrong: { values: FormValues; agencies: BookAgency[]; errors: FieldError[] } }
)

export function TrackingBookPage(props: BookPageProps) {
  const { c, asked, wrong } = props
  const t = c.get('t')
  const title = t('Sổ theo dõi hồ sơ', 'Tracking book')
  const values = asked ? { from: asked.from, to: asked.to, agency: asked.agency.code } : wrong.values
  const place = c.get('session')?.place
  return (
    <OfficerPage c={c} title={title} current="/so-theo-doi">
      <ErrorSummary t={t} errors={wrong?.errors ?? []} />
      <PageHead t={t} title={title} sub={asked?.agency.name ?? place?.agency} />
      <Stack>
        <Choose t={t} values={values} agencies={(asked ?? wrong).agencies} errors={wrong?.errors ?? []} />
        {asked && props.entries.length > 0 && <Downloads t={t} asked={asked} />}
        {asked && <Preview t={t} entries={props.entries} />}
      </Stack>
    </OfficerPage>
  )
}

type ChooseProps = { t: T; values: FormValues; agencies: BookAgency[]; errors: FieldError[] }

function Choose({ t, values, agencies, errors }: ChooseProps) {
  const field = { t, values, errors }
  return (
    <Form action="/so-theo-doi" method="get">
      <CardGrid>
        {agencies.length > 0 && (
          <SelectField
            {...field}
            name="agency"
            label={t('Cơ quan tiếp nhận', 'Receiving agency')}
            placeholder={null}
            options={agencies.map(({ code, name }) => ({ value: code, label: name }))}
          />
        )}
        <DateField {...field} name="from" label={t('Tiếp nhận từ ngày', 'Received from')} />
        <DateField {...field} name="to" label={t('Tiếp nhận đến ngày', 'Received to')} />
      </CardGrid>
      <div class="actions">
        <Button>{t('Xem sổ', 'Show the book')}</Button>
      </div>
    </Form>
  )
}

/** A file per set of forms: a period across the change of the form gives two. */
function Downloads({ t, asked }: { t: T; asked: AskedBook }) {
  const { parts, agency } = asked
  return (
    <Card
      title={
        parts.length > 1
          ? t('Tải về, hai phần vì mẫu sổ đổi trong kỳ', 'Download in parts: the form changed within the period')
          : t('Tải về', 'Download')
      }
    >
      <div class="stack">
        {parts.map(part => {
          const query = new URLSearchParams({ agency: agency.code, from: part.from, to: part.to })
          const days = `${dateText(startOfLocalDay(part.from))} – ${dateText(startOfLocalDay(part.to))}`
          return (
            <div class="actions" key={part.from}>
              <Button
                kind="secondary"
                href={`/so-theo-doi.xlsx?${query}`}
                ariaLabel={`${t('Bảng tính', 'Spreadsheet')} (xlsx), ${days}`}
              >
                {t('Bảng tính', 'Spreadsheet')} (xlsx)
              </Button>
              <Button
                kind="secondary"
                href={`/so-theo-doi.pdf?${query}`}
                ariaLabel={`${t('Bản in', 'Print')} (PDF), ${days}`}
              >
                {t('Bản in', 'Print')} (PDF)
              </Button>
              <span>
                {days} · {formCitation(part.formSet, 'book')}
              </span>
            </div>
          )
        })}
      </div>
    </Card>
  )
}

function Preview({ t, entries }: { t: T; entries: BookEntry[] }) {
  const shown = entries.slice(0, PREVIEW)
  return (
    <div>
      <DataTable
        caption={
          entries.length > PREVIEW
            ? t(`${PREVIEW} hồ sơ đầu của kỳ`, `The first ${PREVIEW} dossiers of the period`)
            : t(`${shown.length} hồ sơ trong kỳ`, `${shown.length} dossiers in the period`)
        }
        rows={shown.map((entry, i) => bookRow(entry, i + 1))}
        rowKey={row => row.code}
        columns={previewColumns(t)}
        dense
        empty={t('Không có hồ sơ nào được tiếp nhận trong kỳ này', 'No dossier was received in this period')}
      />
    </div>
  )
}

type Row = ReturnType<typeof bookRow>

/** The form's columns, two to a cell where they belong together, so that a line can be read without scrolling sideways. */
function previewColumns(t: T): Column<Row>[] {
  const said = (vi: string, en: string, at: Date | null) => at && `${t(vi, en)} ${dateText(at)}`
  return [
    { key: 'order', head: 'TT', cell: row => row.order, numeric: true },
    {
      key: 'code',
      head: t('Hồ sơ', 'Dossier'),
      cell: row => <a href={`/ho-so/${row.code}`}>{row.code}</a>,
      sub: row => `${row.setCount} ${t('bộ', row.setCount === 1 ? 'set' : 'sets')}`,
      rowHeader: true,
      nowrap: true,
    },
    {
      key: 'procedure',
      head: t('Thủ tục', 'Procedure'),
      cell: row => row.procedureName,
      sub: row => row.resolvingAgency,
    },
    {
      key: 'who',
      head: t('Cá nhân, tổ chức', 'Applicant'),
      cell: row => row.applicantName,
      sub: row => joined(row.address, row.phone),
    },
    {
      key: 'received',
      head: t('Nhận, hẹn trả', 'Received, due'),
      cell: row => dateText(row.receivedAt),
      sub: row => joined(said('hẹn', 'due', row.dueAt), said('chuyển', 'forwarded', row.forwardedAt)),
      nowrap: true,
    },
    {
      key: 'returned',
      head: t('Kết quả, trả', 'Result, return'),
      cell: row => (row.resultReceivedAt ? dateText(row.resultReceivedAt) : ''),
      sub: row => joined(said('trả', 'returned', row.returnedAt), row.returnMethod, row.collectedBy),
    },
    { key: 'note', head: t('Ghi chú', 'Note'), cell: row => row.note },
  ]
}

const joined = (...texts: (string | null)[]) => texts.filter(Boolean).join(', ')
