import { randomUUID } from 'node:crypto'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { officerOf, type RequestContext } from '#src/platform/http.ts'
import type { FieldError } from '#src/platform/refusal.ts'
import { instantText, type T } from '#src/platform/text.ts'
import { pageQuery, paramsOf } from '#src/reports/asked.ts'
import { cellText } from '#src/reports/cell-text.ts'
import type { Asked, ReportTable, TableKind } from '#src/reports/report.ts'
import { fullHead } from '#src/reports/report-head.ts'
import { Notes, periodText } from '#src/reports/report-page.tsx'
import { ReportTableView } from '#src/reports/report-table.tsx'
import { StateBadge } from '#src/ui/badge.tsx'
import { Button } from '#src/ui/button.tsx'
import { Card } from '#src/ui/card.tsx'
import { ErrorSummary, Form, Hidden, TextArea } from '#src/ui/form.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { type Column, DataTable } from '#src/ui/table.tsx'
import type { Correction, Seal } from './seal.query.ts'
import { type Difference, differences, maySeal, personsOf, readContent } from './seal.ts'

/** What is sealed of a report and what it says now. `from`: since when it can be sealed. */
export type Sealed = {
  kind: TableKind
  asked: Asked
  seals: readonly Seal[]
  chosen: Seal | undefined
  present: ReportTable
  correction: Correction | undefined
  from: Date
  href: string
}
export type SealPageProps = { c: RequestContext; sealed: Sealed; errors: readonly FieldError[]; reason: string }

export function SealPage({ c, sealed, errors, reason }: SealPageProps) {
  const t = c.get('t')
  const { kind, asked, chosen, seals } = sealed
  const title = t('Chốt số liệu', 'Sealed numbers')
  const report = `/bao-cao/${kind.key}?${pageQuery(paramsOf(asked))}`
  const grouping = kind.groupings?.find(({ value }) => value === asked.by)
  const sub = [kind.form, asked.agency.name, grouping && t(...grouping.head), periodText(asked, t)]
  return (
    <OfficerPage c={c} title={title} current="/bao-cao">
      <ErrorSummary t={t} errors={errors} title={t('Chưa thực hiện được', 'This could not be done')} />
      <PageHead
        t={t}
        title={title}
        sub={sub.filter(Boolean).join(' · ')}
        crumbs={[
          { label: t('Báo cáo', 'Reports'), href: '/bao-cao' },
          { label: t(...kind.title), href: report },
          { label: title },
        ]}
      >
        {chosen && <Downloads t={t} sealed={sealed} chosen={chosen} />}
      </PageHead>
      <Stack>
        {seals.length === 0 ? <SealNow c={c} sealed={sealed} /> : <Versions t={t} sealed={sealed} />}
        {sealed.correction && <Decide c={c} sealed={sealed} correction={sealed.correction} />}
        {chosen ? <Comparison c={c} sealed={sealed} chosen={chosen} errors={errors} reason={reason} /> : null}
        <TheTable t={t} sealed={sealed} />
      </Stack>
    </OfficerPage>
  )
}

function Downloads({ t, sealed, chosen }: { t: T; sealed: Sealed; chosen: Seal }) {
  const href = (format: string) => `${sealed.href.replace('/chot?', `/chot/${format}?`)}&ban=${chosen.version}`
  return (
    <div class="actions">
      <Button kind="secondary" href={href('xlsx')}>
        {t('Bảng tính', 'Spreadsheet')} (xlsx)
      </Button>
      <Button kind="secondary" href={href('csv')}>
        CSV
      </Button>
    </div>
  )
}

/** Not sealed yet: by whom and from when it can be. */
function SealNow({ c, sealed: { href, from } }: { c: RequestContext; sealed: Sealed }) {
  const t = c.get('t')
  const { clock, actor } = c.get('ctx')
  if (clock.now() < from) {
    return (
      <Notice t={t} title={t('Kỳ này chưa kết thúc', 'This period is not over')}>
        <p>{t(`Chốt được số liệu từ ${instantText(from)}.`, `Its numbers can be sealed from ${instantText(from)}.`)}</p>
      </Notice>
    )
  }
  if (!maySeal(actor)) {
    return (
      <Notice t={t}>
        {t(
          'Số liệu kỳ này chưa được chốt. Giám đốc trung tâm hoặc kiểm soát thủ tục chốt số liệu.',
          'The numbers of this period are not sealed yet. The centre’s director or procedure control seals them.',
        )}
      </Notice>
    )
  }
  return (
    <Card title={t('Chốt số liệu dưới đây', 'Seal the numbers below')}>
      <p>
        {t(
          'Bản chốt giữ nguyên từng con số cùng cách tính và mã băm. Sau này chỉ có thể điều chỉnh bằng một bản mới, có lý do và có người thứ hai duyệt.',
          'What is sealed keeps every number with the definitions and a hash. Later it can only be corrected by a new version, with a reason and approved by a second person.',
        )}
      </p>
      <Form action={href}>
        <Hidden name="commandId" value={randomUUID()} />
        <div class="actions">
          <Button>{t('Chốt số liệu', 'Seal')}</Button>
        </div>
      </Form>
    </Card>
  )
}

function Versions({ t, sealed: { seals, chosen, href } }: { t: T; sealed: Sealed }) {
  const columns: Column<Seal>[] = [
    {
      key: 'version',
      head: t('Bản', 'Version'),
      cell: one => (
        <a href={`${href}&ban=${one.version}`} aria-current={one.id === chosen?.id ? 'true' : undefined}>
          {t(`Bản ${one.version}`, `Version ${one.version}`)}
        </a>
      ),
      sub: one => one.id === chosen?.id && t('đang xem', 'shown'),
      rowHeader: true,
      nowrap: true,
    },
    { key: 'at', head: t('Chốt lúc', 'Sealed'), cell: one => instantText(one.sealedAt), sub: one => one.sealedByName },
    {
      key: 'reason',
      head: t('Lý do điều chỉnh', 'Reason'),
      cell: one => one.reason ?? t('Bản đầu', 'The first'),
      sub: one => one.approvedByName && t(`Người duyệt: ${one.approvedByName}`, `Approved by ${one.approvedByName}`),
    },
    {
      key: 'hash',
      head: t('Mã băm SHA-256', 'SHA-256'),
      cell: one => <code class="seal-hash">{one.hash.toString('hex')}</code>,
      sub: one => (
        <StateBadge
          tone={one.intact ? 'done' : 'bad'}
          text={one.intact ? t('Nguyên vẹn', 'Intact') : t('Đã bị sửa', 'Tampered with')}
        />
      ),
    },
  ]
  return (
    <DataTable
      caption={t('Các bản đã chốt', 'Sealed versions')}
      rows={seals}
      rowKey={one => one.id}
      columns={columns}
      dense
    />
  )
}

/** What waits for a second person: cell by cell what would change. */
function Decide({ c, sealed, correction }: { c: RequestContext; sealed: Sealed; correction: Correction }) {
  const t = c.get('t')
  const { actor } = c.get('ctx')
  const last = sealed.seals.at(-1)
  const changed = last ? differences(last.read.table, readContent(correction.content).table) : []
  const own = personsOf(officerOf(c)).some(one => [correction.proposedBy, correction.onBehalfOf].includes(one))
  const action = sealed.href.replace('/chot?', `/chot/duyet/${correction.id}?`)
  const who = `${correction.proposedByName}, ${instantText(correction.proposedAt)}`
  return (
    <Card title={t('Đề nghị điều chỉnh chờ duyệt', 'A correction waits for approval')}>
      <Stack>
        <p>{t(`Lý do: ${correction.reason} (${who})`, `Reason: ${correction.reason} (${who})`)}</p>
        <Differences t={t} changed={changed} heads={[t('Đã chốt', 'Sealed'), t('Đề nghị', 'Proposed')]} />
        {maySeal(actor) && (
          <Form action={action}>
            <Hidden name="commandId" value={randomUUID()} />
            <div class="actions">
              {!own && (
                <Button name="decision" value="approve">
                  {t('Duyệt bản mới', 'Approve the new version')}
                </Button>
              )}
              <Button kind="secondary" name="decision" value="decline">
                {own ? t('Rút đề nghị', 'Take it back') : t('Không duyệt', 'Turn down')}
              </Button>
            </div>
          </Form>
        )}
      </Stack>
    </Card>
  )
}

type ComparisonProps = SealPageProps & { chosen: Seal }

/** The version shown beside today's numbers; from the last one a correction can be proposed. */
function Comparison({ c, sealed, chosen, errors, reason }: ComparisonProps) {
  const t = c.get('t')
  const changed = differences(chosen.read.table, sealed.present)
  if (changed.length === 0) {
    return (
      <Notice t={t} kind="success">
        {t('Số liệu tính lại hôm nay giống hệt bản đã chốt.', 'Counted again today, the numbers are those sealed.')}
      </Notice>
    )
  }
  const { correction } = sealed
  // What waits says the same above.
  if (correction && differences(readContent(correction.content).table, sealed.present).length === 0) return null
  const mayCorrect = maySeal(c.get('ctx').actor) && chosen === sealed.seals.at(-1) && !correction
  return (
    <Card
      title={t(
        `${changed.length} ô khác với số liệu tính lại hôm nay`,
        `${changed.length} cells differ from today’s numbers`,
      )}
    >
      <Stack>
        <Differences t={t} changed={changed} heads={[t('Đã chốt', 'Sealed'), t('Hiện tại', 'Now')]} />
        {mayCorrect && (
          <Form action={sealed.href.replace('/chot?', '/chot/dieu-chinh?')}>
            <Hidden name="commandId" value={randomUUID()} />
            <TextArea
              t={t}
              name="reason"
              label={t('Lý do điều chỉnh', 'Reason for the correction')}
              hint={t('Người thứ hai đọc lý do này khi duyệt.', 'A second person reads it before approving.')}
              values={{ reason }}
              errors={errors}
              maxLength={1000}
              rows={3}
            />
            <div class="actions">
              <Button>{t('Đề nghị điều chỉnh', 'Propose the correction')}</Button>
            </div>
          </Form>
        )}
      </Stack>
    </Card>
  )
}

type DifferencesProps = { t: T; changed: readonly Difference[]; heads: readonly [sealed: string, now: string] }

function Differences({ t, changed, heads }: DifferencesProps) {
  const name = ({ column }: Difference) => [column.number, t(...fullHead(column))].filter(Boolean).join(' ')
  return (
    <DataTable
      caption={t('Các ô khác nhau', 'Cells that differ')}
      captionHidden
      rows={changed}
      rowKey={one => `${one.key} ${one.column.key}`}
      columns={[
        { key: 'row', head: t('Dòng', 'Row'), cell: one => one.row, rowHeader: true },
        { key: 'column', head: t('Cột', 'Column'), cell: name },
        { key: 'sealed', head: heads[0], cell: one => cellText(one.sealed, one.column.kind, t) || '—', numeric: true },
        { key: 'now', head: heads[1], cell: one => cellText(one.now, one.column.kind, t) || '—', numeric: true },
      ]}
      dense
      bare
    />
  )
}

/** The version chosen, or what would be sealed. */
function TheTable({ t, sealed: { chosen, present } }: { t: T; sealed: Sealed }) {
  const table = chosen?.read.table ?? present
  const unit = table.unit && t(`Đơn vị tính: ${table.unit[0]}`, `Unit: ${table.unit[1]}`)
  const what = chosen
    ? t(`Số liệu bản ${chosen.version}`, `Numbers of version ${chosen.version}`)
    : t('Số liệu hiện tại', 'Numbers as they are now')
  return (
    <div>
      <ReportTableView t={t} table={table} caption={[what, unit].filter(Boolean).join(' · ')} />
      <Notes t={t} notes={table.notes ?? []} />
    </div>
  )
}
