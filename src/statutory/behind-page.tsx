import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { RequestContext } from '#src/platform/http.ts'
import { dateText, instantText, type T } from '#src/platform/text.ts'
import { channels } from '#src/procedures/procedure.ts'
import { pageQuery, paramsOf } from '#src/reports/asked.ts'
import { figureText } from '#src/reports/cell-text.ts'
import type { Asked } from '#src/reports/report.ts'
import { channelHeads } from '#src/reports/report-heading.ts'
import { periodText } from '#src/reports/report-page.tsx'
import { StateBadge } from '#src/ui/badge.tsx'
import { Button } from '#src/ui/button.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { Pager } from '#src/ui/list.tsx'
import { type Column, DataTable } from '#src/ui/table.tsx'
import type { Behind, BehindPage as Found } from './behind.query.ts'
import { cellTitle } from './behind-kind.query.ts'

export type BehindPageProps = {
  c: RequestContext
  asked: Asked
  /** Name of the field asked for. */
  field: string | undefined
  found: Found
  count: number
  isFirst: boolean
}

export function BehindPage({ c, asked, field, found, count, isFirst }: BehindPageProps) {
  const t = c.get('t')
  const title = t(...cellTitle(asked.by ?? ''))
  const counted = t(`${figureText(count, t)} hồ sơ`, `${figureText(count, t)} ${count === 1 ? 'dossier' : 'dossiers'}`)
  const params = paramsOf(asked)
  return (
    <OfficerPage c={c} title={title} current="/bao-cao">
      <PageHead
        t={t}
        title={title}
        sub={[counted, asked.agency.name, field, ...narrowed(asked, t), periodText(asked, t)]
          .filter(Boolean)
          .join(' · ')}
        crumbs={[{ label: t('Báo cáo', 'Reports'), href: '/bao-cao' }, { label: title }]}
      >
        <Button kind="secondary" href={`/bao-cao/ho-so?${pageQuery(params)}`}>
          {t('Lọc thêm, tải về', 'Narrow down, download')}
        </Button>
      </PageHead>
      <Stack>
        <DataTable
          caption={`${title}: ${counted}`}
          captionHidden
          rows={found.rows}
          rowKey={row => `${row.id} ${row.at?.getTime() ?? ''}`}
          columns={columns(t, asked)}
          empty={t('Không có hồ sơ nào', 'No dossiers')}
          dense
        />
        <Pager
          t={t}
          {...(isFirst ? {} : { prevHref: pageHref(asked, null) })}
          {...(found.next ? { nextHref: pageHref(asked, found.next) } : {})}
        />
      </Stack>
    </OfficerPage>
  )
}

/** By what else the number was narrowed. */
function narrowed({ filters: { procedure, channel }, asOf }: Asked, t: T): string[] {
  const known = channels.find(one => one === channel)
  return [
    ...(procedure ? [procedure] : []),
    ...(known ? [t(...channelHeads[known])] : []),
    ...(asOf ? [t(`tính đến ${instantText(asOf)}`, `as of ${instantText(asOf)}`)] : []),
  ]
}

/** The same number again, its first page or the one after `next`. */
function pageHref(asked: Asked, next: string | null): string {
  const query = pageQuery({ ...paramsOf(asked), by: undefined })
  query.set('o', asked.by ?? '')
  if (next !== null) query.set('sau', next)
  return `/bao-cao/ho-so?${query}`
}

/** Instants may break between hour and day, so that procedures, whose names are long, have the room. */
function columns(t: T, { until }: Asked): Column<Behind>[] {
  const at = (instant: Date | null) => (instant ? instantText(instant) : '')
  const last = new Date(until.getTime() - 1)
  const isLate = ({ dueAt, endedAt }: Behind) => dueAt !== null && dueAt < (endedAt ?? last)
  return [
    {
      key: 'ref',
      head: t('Hồ sơ', 'Dossier'),
      cell: row => (row.isSeen ? <a href={`/ho-so/${row.ref}`}>{row.ref}</a> : row.ref),
      sub: row => row.applicant,
      rowHeader: true,
      nowrap: true,
    },
    {
      key: 'procedure',
      head: t('Thủ tục', 'Procedure'),
      cell: row => row.procedure,
      sub: row =>
        [row.agency, row.cause && t(`chậm do ${row.cause}`, `delay by ${row.cause}`)].filter(Boolean).join(', '),
    },
    { key: 'received', head: t('Tiếp nhận', 'Received'), cell: row => at(row.receivedAt) },
    {
      key: 'due',
      head: t('Hẹn trả', 'Due'),
      cell: row => at(row.dueAt),
      sub: row => isLate(row) && <StateBadge tone="warning" text={t('Đã qua hẹn', 'Past due')} />,
    },
    {
      key: 'ended',
      head: t('Kết thúc', 'Ended'),
      cell: row => (row.endedAt ? at(row.endedAt) : t(`chưa, đến ${dateText(last)}`, `not by ${dateText(last)}`)),
    },
  ]
}
