import { OfficerPage } from '#src/accounts/officer-page.tsx'
import { ListPager } from '#src/lists/dossier-table.tsx'
import { nearInstant } from '#src/lists/listed-words.ts'
import type { RequestContext } from '#src/platform/http.ts'
import type { T } from '#src/platform/text.ts'
import { StateBadge } from '#src/ui/badge.tsx'
import { Button } from '#src/ui/button.tsx'
import { Empty } from '#src/ui/empty.tsx'
import { PageHead } from '#src/ui/layout.tsx'
import { FilterChips } from '#src/ui/list.tsx'
import { NOTICES_PATH } from '#src/ui/page.tsx'
import { type Column, DataTable } from '#src/ui/table.tsx'
import { type NoticeList, type OfficerNotice, UNREAD } from './notice-list.query.ts'
import { noticeHref, noticeText } from './notice-words.ts'

type NoticesProps = { c: RequestContext; list: NoticeList; all: boolean; isFirst: boolean }

const hrefOf = (all: boolean) => (all ? `${NOTICES_PATH}?all=yes` : NOTICES_PATH)

export function NoticesPage({ c, list, all, isFirst }: NoticesProps) {
  const t = c.get('t')
  const title = t('Thông báo', 'Notices')
  const { rows, unread, newest, next } = list
  const number = unread >= UNREAD ? `${UNREAD - 1}+` : String(unread)
  return (
    <OfficerPage c={c} title={title} current={NOTICES_PATH} counts={{ [NOTICES_PATH]: unread }}>
      <PageHead t={t} title={title} sub={t(`${number} thông báo chưa đọc`, `${number} unread`)}>
        {unread > 0 && newest !== null && (
          <form action={hrefOf(all)} method="post">
            <Button kind="secondary" name="upTo" value={String(newest)} icon="check">
              {t('Đánh dấu tất cả đã đọc', 'Mark all read')}
            </Button>
          </form>
        )}
      </PageHead>
      <FilterChips
        label={t('Lọc thông báo', 'Filter the notices')}
        chips={[
          { href: hrefOf(false), label: t('Chưa đọc', 'Unread'), current: !all },
          { href: hrefOf(true), label: t('Tất cả', 'All'), current: all },
        ]}
      />
      {rows.length > 0 ? (
        <form action={hrefOf(all)} method="post">
          <DataTable
            caption={title}
            captionHidden
            rows={rows}
            rowKey={row => row.id}
            columns={columnsOf(t, c.get('ctx').clock.now())}
          />
        </form>
      ) : (
        <Empty
          title={
            all ? t('Chưa có thông báo nào', 'No notices yet') : t('Không có thông báo chưa đọc', 'Nothing unread')
          }
        >
          {!all && <a href={hrefOf(true)}>{t('Xem mọi thông báo', 'See all notices')}</a>}
        </Empty>
      )}
      <ListPager
        t={t}
        start={isFirst ? undefined : hrefOf(all)}
        next={
          next === null
            ? undefined
            : `${NOTICES_PATH}?${new URLSearchParams({ ...(all && { all: 'yes' }), before: String(next) })}`
        }
      />
    </OfficerPage>
  )
}

function columnsOf(t: T, now: Date): Column<OfficerNotice>[] {
  return [
    {
      key: 'what',
      head: t('Nội dung', 'What'),
      cell: row => {
        const href = noticeHref(row)
        return href ? (
          <a class="row-link" href={href}>
            {noticeText(row, t)}
          </a>
        ) : (
          noticeText(row, t)
        )
      },
    },
    { key: 'when', head: t('Lúc', 'When'), cell: row => nearInstant(row.at, now, t), nowrap: true },
    {
      key: 'read',
      head: t('Đã đọc', 'Read'),
      headHidden: true,
      nowrap: true,
      cell: row =>
        row.readAt ? (
          <StateBadge text={t('Đã đọc', 'Read')} />
        ) : (
          <span class="row-act">
            <Button
              kind="secondary"
              name="id"
              value={String(row.id)}
              ariaLabel={t(`Đánh dấu đã đọc: ${noticeText(row, t)}`, `Mark read: ${noticeText(row, t)}`)}
            >
              {t('Đánh dấu đã đọc', 'Mark read')}
            </Button>
          </span>
        ),
    },
  ]
}
