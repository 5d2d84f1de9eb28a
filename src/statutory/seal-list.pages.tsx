import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { RequestContext } from '#src/platform/http.ts'
import { instantText, type T } from '#src/platform/text.ts'
import { pageQuery } from '#src/reports/asked.ts'
import { periodText } from '#src/reports/report-page.tsx'
import { StateBadge } from '#src/ui/badge.tsx'
import { PageHead, Stack } from '#src/ui/layout.tsx'
import { Pager } from '#src/ui/list.tsx'
import { type Column, DataTable } from '#src/ui/table.tsx'
import type { SealLine } from './seal.query.ts'
import { sealable } from './sealable.query.ts'

export type SealListProps = {
  c: RequestContext
  lines: readonly SealLine[]
  next: number | undefined
  isFirst: boolean
}

/** Everything that is sealed, with the corrections that wait for a second person. */
export function SealListPage({ c, lines, next, isFirst }: SealListProps) {
  const t = c.get('t')
  const title = t('Số liệu đã chốt', 'Sealed numbers')
  return (
    <OfficerPage c={c} title={title} current="/bao-cao">
      <PageHead
        t={t}
        title={title}
        sub={t(
          'Số liệu của kỳ đã kết thúc, giữ nguyên cùng mã băm; điều chỉnh chỉ bằng bản mới có người thứ hai duyệt.',
          'Numbers of periods that are over, kept with their hash; corrected only by a new version approved by a second person.',
        )}
        crumbs={[{ label: t('Báo cáo', 'Reports'), href: '/bao-cao' }, { label: title }]}
      />
      <Stack>
        <DataTable
          caption={title}
          captionHidden
          rows={lines}
          rowKey={line => line.id}
          columns={columns(t)}
          empty={t(
            'Chưa có kỳ nào được chốt. Giám đốc trung tâm hoặc kiểm soát thủ tục chốt tại báo cáo của kỳ đã kết thúc.',
            'Nothing is sealed yet. The centre’s director or procedure control seals at the report of a period that is over.',
          )}
        />
        <Pager
          t={t}
          {...(isFirst ? {} : { prevHref: '/bao-cao/da-chot' })}
          {...(next === undefined ? {} : { nextHref: `/bao-cao/da-chot?truoc=${next}` })}
        />
      </Stack>
    </OfficerPage>
  )
}

function columns(t: T): Column<SealLine>[] {
  const kindOf = ({ report }: SealLine) => sealable.find(({ key }) => key === report)
  const query = ({ from, to, agencyCode, by }: SealLine) =>
    pageQuery({ from, to, agency: agencyCode, by: by || undefined })
  const groupingOf = (line: SealLine) => {
    const grouping = kindOf(line)?.groupings?.find(({ value }) => value === line.by)
    return grouping && t(...grouping.head)
  }
  return [
    {
      key: 'report',
      head: t('Báo cáo', 'Report'),
      cell: line => <a href={`/bao-cao/${line.report}/chot?${query(line)}`}>{nameOf(line)}</a>,
      sub: groupingOf,
      rowHeader: true,
    },
    { key: 'agency', head: t('Đơn vị báo cáo', 'Agency'), cell: line => line.agency },
    { key: 'period', head: t('Kỳ', 'Period'), cell: line => periodText(line, t) },
    {
      key: 'at',
      head: t('Chốt lúc', 'Sealed'),
      cell: line => instantText(line.sealedAt),
      sub: line => line.sealedByName,
      nowrap: true,
    },
    {
      key: 'version',
      head: t('Bản', 'Version'),
      cell: line => t(`Bản ${line.version}`, `Version ${line.version}`),
      sub: line => line.waits && <StateBadge tone="warning" text={t('Điều chỉnh chờ duyệt', 'Correction waits')} />,
      nowrap: true,
    },
  ]

  function nameOf(line: SealLine): string {
    const kind = kindOf(line)
    return kind ? (kind.form ?? t(...kind.title)) : line.report
  }
}
