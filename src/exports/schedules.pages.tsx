import { roleName } from '#src/accounts/account.ts'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { startOfLocalDay } from '#src/calendar/local-date.ts'
import { findPreset } from '#src/periods/period-preset.ts'
import { kindText, type PeriodScheme, termsOn } from '#src/periods/period-scheme.ts'
import type { RequestContext } from '#src/platform/http.ts'
import { dateText, instantText, type T } from '#src/platform/text.ts'
import type { ReportKind } from '#src/reports/report.ts'
import { Button } from '#src/ui/button.tsx'
import { Disclosure } from '#src/ui/details.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { DataTable } from '#src/ui/table.tsx'
import { Ground } from '#src/warnings/ground.tsx'
import { FILES_PATH } from './export-file.ts'
import { FileState, titleOf } from './exports.pages.tsx'
import { type Issue, type Recipient, type ReportSchedule, SCHEDULES_PATH } from './schedule.ts'

const title = (t: T) => t('Lịch gửi báo cáo', 'Reports sent by schedule')
/** The way to a page under the list of schedules. */
export const scheduleCrumbs = (t: T) => [
  { href: '/bao-cao', label: t('Báo cáo', 'Reports') },
  { href: SCHEDULES_PATH, label: title(t) },
]

type ListProps = {
  c: RequestContext
  kinds: readonly ReportKind[]
  schemes: readonly PeriodScheme[]
  schedules: readonly ReportSchedule[]
  issues: readonly Issue[]
  done: boolean
}

export function SchedulesPage({ c, kinds, schemes, schedules, issues, done }: ListProps) {
  const t = c.get('t')
  return (
    <OfficerPage c={c} title={title(t)} current="/bao-cao">
      <PageHead
        t={t}
        title={title(t)}
        crumbs={[...scheduleCrumbs(t).slice(0, 1), { label: title(t) }]}
        sub={t(
          'Báo cáo được lập khi hết kỳ, lưu lại cùng mã băm và gửi đến người nhận.',
          'A report is made when its period is over, kept with its hash, and sent to whoever must receive it.',
        )}
      >
        <Button href={`${SCHEDULES_PATH}/moi`}>{t('Thêm lịch gửi', 'Add a schedule')}</Button>
      </PageHead>
      <Stack>
        {done && <Notice t={t}>{t('Đã ghi nhận.', 'Recorded.')}</Notice>}
        <ScheduleTable {...{ t, kinds, schemes, schedules }} />
        <IssueTable {...{ t, kinds, schemes, schedules, issues }} />
      </Stack>
    </OfficerPage>
  )
}

type TableProps = { t: T } & Pick<ListProps, 'kinds' | 'schemes' | 'schedules'>

function ScheduleTable({ t, kinds, schemes, schedules }: TableProps) {
  return (
    <DataTable
      caption={t('Lịch gửi', 'Schedules')}
      rows={schedules}
      rowKey={one => one.id}
      empty={t('Chưa có lịch gửi báo cáo nào.', 'No report is sent by schedule.')}
      columns={[
        {
          key: 'report',
          head: t('Báo cáo', 'Report'),
          cell: one => titleOf(one, kinds, t),
          sub: one =>
            [byText(one, kinds, t), one.agency?.name ?? t('toàn tỉnh', 'the whole province'), one.format]
              .filter(Boolean)
              .join(' · '),
          rowHeader: true,
        },
        {
          key: 'when',
          head: t('Kỳ', 'Period'),
          cell: one => kindText(one.kind, t),
          sub: one => [schemeText(one, schemes, t), afterText(one, t)].join(', '),
        },
        {
          key: 'to',
          head: t('Gửi đến', 'Sent to'),
          cell: one => one.recipients.map(to => recipientText(to, t)).join('; '),
        },
        { key: 'ground', head: t('Căn cứ', 'Ground'), cell: one => <Ground t={t} text={one.ground} /> },
        { key: 'state', head: t('Hiệu lực', 'In force'), cell: one => forceText(one, t) },
        {
          key: 'stop',
          head: t('Dừng', 'Stop'),
          headHidden: true,
          cell: one => one.validTo === null && <Stop t={t} schedule={one} name={titleOf(one, kinds, t)} />,
        },
      ]}
      dense
    />
  )
}

function Stop({ t, schedule, name }: { t: T; schedule: ReportSchedule; name: string }) {
  return (
    <form action={`${SCHEDULES_PATH}/${schedule.id}/dung`} method="post">
      <Button kind="quiet" ariaLabel={t(`Dừng gửi: ${name}`, `Stop sending: ${name}`)}>
        {t('Dừng gửi', 'Stop sending')}
      </Button>
    </form>
  )
}

function IssueTable({ t, kinds, schemes, schedules, issues }: TableProps & { issues: readonly Issue[] }) {
  const byId = new Map(schedules.map(one => [one.id, one]))
  const scheduleOf = ({ scheduleId }: Issue) => byId.get(scheduleId)
  return (
    <DataTable
      caption={t('Báo cáo đã lập và gửi', 'Reports made and sent')}
      rows={issues}
      rowKey={issue => issue.exportId}
      empty={t('Chưa đến kỳ gửi nào.', 'No period has come to its end yet.')}
      columns={[
        {
          key: 'period',
          head: t('Kỳ', 'Period'),
          cell: issue => t(...(findPreset(schemes, issue.period)?.label ?? [issue.period, issue.period])),
          sub: issue => {
            const schedule = scheduleOf(issue)
            return schedule && [titleOf(schedule, kinds, t), byText(schedule, kinds, t)].filter(Boolean).join(' · ')
          },
          rowHeader: true,
        },
        {
          key: 'state',
          head: t('Tình trạng', 'State'),
          cell: issue => <FileState t={t} file={{ ...issue, rowsDone: 0, rowsTotal: null }} />,
        },
        {
          key: 'made',
          head: t('Lập lúc', 'Made'),
          cell: issue => (issue.state === 'done' && issue.finishedAt ? instantText(issue.finishedAt) : ''),
          sub: issue => issue.sha256 && `SHA-256 ${issue.sha256.slice(0, 8)}…`,
          nowrap: true,
        },
        { key: 'sent', head: t('Người nhận', 'Received by'), cell: issue => <Deliveries t={t} issue={issue} /> },
        {
          key: 'file',
          head: t('Tải về', 'Download'),
          headHidden: true,
          nowrap: true,
          cell: issue =>
            issue.state === 'done' && (
              <a
                href={`${FILES_PATH}/${issue.exportId}/tai-ve`}
                aria-label={t(`Tải về báo cáo ${issue.period}`, `Download the report of ${issue.period}`)}
              >
                {t('Tải về', 'Download')}
              </a>
            ),
        },
      ]}
      dense
    />
  )
}

/** More recipients than this are folded away. */
const SHOWN = 4

function Deliveries({ t, issue: { deliveries, state } }: { t: T; issue: Issue }) {
  if (deliveries.length === 0) return <>{state === 'done' && t('Không có người nhận', 'Nobody to receive it')}</>
  const lines = deliveries.map(({ name, username, sentAt, openedAt }) => {
    const opened = openedAt && instantText(new Date(openedAt))
    return (
      <div key={username}>
        {name}: {t(`gửi ${instantText(new Date(sentAt))}`, `sent ${instantText(new Date(sentAt))}`)},{' '}
        {opened ? t(`mở ${opened}`, `opened ${opened}`) : t('chưa mở', 'not opened')}
      </div>
    )
  })
  if (deliveries.length <= SHOWN) return <>{lines}</>
  const opened = deliveries.filter(({ openedAt }) => openedAt).length
  const count = deliveries.length
  return (
    <Disclosure summary={t(`${count} người nhận, ${opened} đã mở`, `${count} people, ${opened} opened it`)}>
      {lines}
    </Disclosure>
  )
}

function byText({ report, grouping }: ReportSchedule, kinds: readonly ReportKind[], t: T): string {
  const found = kinds.find(({ key }) => key === report)?.groupings?.find(({ value }) => value === grouping)
  return found ? t(`theo ${found.head[0].toLowerCase()}`, `by ${found.head[1].toLowerCase()}`) : ''
}

function schemeText({ scheme, validFrom }: ReportSchedule, schemes: readonly PeriodScheme[], t: T): string {
  const found = schemes.find(({ code }) => code === scheme)
  return found ? t(...termsOn(found, validFrom).name) : scheme
}

function afterText({ daysAfter }: ReportSchedule, t: T): string {
  return daysAfter === 0
    ? t('ngay sau ngày chốt', 'the day after the cut-off')
    : t(`${daysAfter} ngày sau ngày chốt`, `${daysAfter} days after the cut-off`)
}

function recipientText(to: Recipient, t: T): string {
  if (to.role === null) return `${to.name} (${to.username})`
  return to.agency ? `${roleName(to.role, t)}, ${to.agency}` : roleName(to.role, t)
}

function forceText({ validFrom, validTo }: ReportSchedule, t: T): string {
  const [from, to] = [validFrom, validTo].map(day => day && dateText(startOfLocalDay(day)))
  const end = to ? t(`, đã dừng từ ${to}`, `, stopped from ${to}`) : ''
  return t(`kỳ kết thúc từ ${from}${end}`, `periods ending from ${from}${end}`)
}
