import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { startOfLocalDay } from '#src/calendar/local-date.ts'
import type { RequestContext } from '#src/platform/http.ts'
import { dateText, instantText, type T } from '#src/platform/text.ts'
import { figureText } from '#src/reports/cell-text.ts'
import type { ReportKind } from '#src/reports/report.ts'
import { StateBadge } from '#src/ui/badge.tsx'
import { Button } from '#src/ui/button.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { type Column, DataTable } from '#src/ui/table.tsx'
import { donePercent, type ExportFile, FILES_PATH, isUnfinished, KEPT_DAYS, type ListedFile } from './export-file.ts'

/** `sentAt`, `openedAt`: of a report that came by itself. */
export type SentFile = ListedFile & { sentAt: Date; openedAt: Date | null }

type FilesProps = {
  c: RequestContext
  kinds: readonly ReportKind[]
  own: readonly ListedFile[]
  sent: readonly SentFile[]
  /** Whether the page comes again by itself while something is in the making. */
  refreshes: boolean
}

export function FilesPage({ c, kinds, own, sent, refreshes }: FilesProps) {
  const t = c.get('t')
  const title = t('Tệp báo cáo của tôi', 'My report files')
  const unfinished = own.some(isUnfinished)
  const sub = t(
    `Tệp được giữ ${KEPT_DAYS} ngày; báo cáo gửi định kỳ được giữ lâu dài.`,
    `Files are kept for ${KEPT_DAYS} days; reports sent by schedule are kept for good.`,
  )
  return (
    <OfficerPage c={c} title={title} current="/bao-cao">
      <PageHead
        t={t}
        title={title}
        sub={sub}
        crumbs={[{ href: '/bao-cao', label: t('Báo cáo', 'Reports') }, { label: title }]}
      >
        {unfinished && (
          <Button kind="secondary" href={refreshes ? `${FILES_PATH}?tu-cap-nhat=khong` : FILES_PATH}>
            {refreshes ? t('Dừng tự cập nhật', 'Stop refreshing') : t('Cập nhật', 'Refresh')}
          </Button>
        )}
      </PageHead>
      <Stack>
        {unfinished && (
          <Notice t={t}>
            {refreshes
              ? t(
                  'Đang tạo tệp. Trang tự cập nhật vài giây một lần.',
                  'Files are being made. This page refreshes every few seconds.',
                )
              : t('Đang tạo tệp.', 'Files are being made.')}
          </Notice>
        )}
        {(own.length > 0 || sent.length === 0) && (
          <DataTable
            caption={t('Tệp đã yêu cầu', 'Files asked for')}
            rows={own}
            rowKey={file => file.id}
            columns={ownColumns(t, kinds)}
            empty={t('Ông/bà chưa yêu cầu tệp nào.', 'You have not asked for any file yet.')}
            dense
          />
        )}
        {sent.length > 0 && (
          <DataTable
            caption={t('Báo cáo định kỳ được gửi đến tôi', 'Reports sent to me')}
            rows={sent}
            rowKey={file => file.id}
            columns={sentColumns(t, kinds)}
            dense
          />
        )}
      </Stack>
    </OfficerPage>
  )
}

function reportColumn(t: T, kinds: readonly ReportKind[]): Column<ListedFile> {
  return {
    key: 'report',
    head: t('Báo cáo', 'Report'),
    cell: file => titleOf(file, kinds, t),
    sub: file => askedText(file, kinds, t),
    rowHeader: true,
  }
}

function downloadColumn(t: T, kinds: readonly ReportKind[]): Column<ListedFile> {
  return {
    key: 'download',
    head: t('Tải về', 'Download'),
    headHidden: true,
    nowrap: true,
    cell: file =>
      file.state === 'done' && (
        <a
          href={`${FILES_PATH}/${file.id}/tai-ve`}
          aria-label={t(
            `Tải về ${file.format}: ${titleOf(file, kinds, t)}, ${askedText(file, kinds, t)}`,
            `Download ${file.format}: ${titleOf(file, kinds, t)}, ${askedText(file, kinds, t)}`,
          )}
        >
          {t(`Tải về ${file.format}`, `Download ${file.format}`)}
        </a>
      ),
  }
}

function ownColumns(t: T, kinds: readonly ReportKind[]): Column<ListedFile>[] {
  return [
    reportColumn(t, kinds),
    { key: 'created', head: t('Yêu cầu lúc', 'Asked for'), cell: file => instantText(file.createdAt), nowrap: true },
    { key: 'state', head: t('Tình trạng', 'State'), cell: file => <FileState t={t} file={file} /> },
    {
      key: 'rows',
      head: t('Số dòng', 'Rows'),
      cell: file => (file.state === 'done' ? figureText(file.rowsDone, t) : ''),
      sub: file => file.bytes !== null && sizeText(file.bytes, t),
      numeric: true,
    },
    {
      key: 'expires',
      head: t('Giữ đến', 'Kept until'),
      cell: ({ state, expiresAt }) =>
        // Its bytes go as that day begins.
        state === 'done' && expiresAt ? dateText(new Date(expiresAt.getTime() - 1)) : '',
      nowrap: true,
    },
    downloadColumn(t, kinds),
  ]
}

function sentColumns(t: T, kinds: readonly ReportKind[]): Column<SentFile>[] {
  return [
    reportColumn(t, kinds) as Column<SentFile>,
    { key: 'sent', head: t('Gửi lúc', 'Sent'), cell: file => instantText(file.sentAt), nowrap: true },
    {
      key: 'opened',
      head: t('Mở lần đầu', 'First opened'),
      cell: file => (file.openedAt ? instantText(file.openedAt) : t('Chưa mở', 'Not yet')),
      nowrap: true,
    },
    downloadColumn(t, kinds) as Column<SentFile>,
  ]
}

export function FileState({
  t,
  file,
}: {
  t: T
  file: Pick<ExportFile, 'state' | 'rowsDone' | 'rowsTotal' | 'failures' | 'failure'>
}) {
  const again = file.failures > 0 && ` (${t(`lần ${file.failures + 1}`, `attempt ${file.failures + 1}`)})`
  if (file.state === 'done') return <StateBadge tone="done" text={t('Đã xong', 'Ready')} />
  if (file.state === 'removed') return <StateBadge text={t('Hết thời gian lưu', 'No longer kept')} />
  if (file.state === 'failed') {
    return (
      <>
        <StateBadge tone="bad" text={t('Không tạo được', 'Failed')} />
        <p class="hint">{failureText(file.failure, t)}</p>
      </>
    )
  }
  if (file.state === 'waiting' || file.rowsTotal === null) {
    return (
      <>
        <StateBadge
          tone="active"
          text={file.state === 'waiting' ? t('Chờ tạo', 'Waiting') : t('Đang tạo', 'In the making')}
        />
        {again}
      </>
    )
  }
  const { rowsDone, rowsTotal } = file
  const [done, total] = [rowsDone, rowsTotal].map(n => figureText(n, t))
  return (
    <>
      <progress class="progress" max={Math.max(1, rowsTotal)} value={rowsDone} aria-label={t('Đã tạo', 'Made')} />
      <span class="hint">
        {t(`${done} / ${total} dòng (${donePercent(file)}\u00a0%)`, `${done} of ${total} rows (${donePercent(file)}%)`)}
        {again}
      </span>
    </>
  )
}

function failureText(code: string | null, t: T): string {
  if (!code || code === 'fault') {
    return t('Hệ thống gặp lỗi khi tạo tệp; lỗi đã được ghi lại.', 'Something went wrong; the fault has been recorded.')
  }
  return t(
    `Người yêu cầu không còn được xem báo cáo này, hoặc yêu cầu không còn hợp lệ (mã ${code}).`,
    `Whoever asked may no longer read this report, or what was asked is no longer valid (code ${code}).`,
  )
}

export function titleOf({ report }: Pick<ExportFile, 'report'>, kinds: readonly ReportKind[], t: T): string {
  const kind = kinds.find(({ key }) => key === report)
  return kind ? t(...kind.title) : report
}

/** `15/02/2026 – 14/03/2026 · theo lĩnh vực · UBND xã Thanh Bình` */
function askedText({ report, params, agency }: ListedFile, kinds: readonly ReportKind[], t: T): string {
  const days = [params.from, params.to].flatMap(day => (day ? [dateText(startOfLocalDay(day))] : [])).join(' – ')
  const grouping = kinds.find(({ key }) => key === report)?.groupings?.find(({ value }) => value === params.by)
  const by = grouping && t(`theo ${grouping.head[0].toLowerCase()}`, `by ${grouping.head[1].toLowerCase()}`)
  return [days, by, agency].filter(Boolean).join(' · ')
}

function sizeText(bytes: number, t: T): string {
  return bytes < 1_000_000
    ? `${figureText(Math.ceil(bytes / 1_000), t)} kB`
    : `${figureText(Math.round(bytes / 100_000) / 10, t)} MB`
}
