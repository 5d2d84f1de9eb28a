import { roleName } from '#src/accounts/account.ts'
import { OfficerPage } from '#src/accounts/officer-page.tsx'
import type { Role } from '#src/platform/ctx.ts'
import type { RequestContext } from '#src/platform/http.ts'
import { instantText, type T } from '#src/platform/text.ts'
import { PageHead } from '#src/ui/layout.tsx'
import { Pager } from '#src/ui/list.tsx'
import { DataTable } from '#src/ui/table.tsx'
import type { DossierView, DossierViews } from './dossier-views.query.ts'

/** Who opened a dossier, when and how. */
export function ViewsPage({ c, refText, list }: { c: RequestContext; refText: string; list: DossierViews }) {
  const t = c.get('t')
  const here = `/ho-so/${refText}`
  const title = t('Ai đã xem hồ sơ', 'Who looked at the dossier')
  return (
    <OfficerPage c={c} title={`${title} · ${refText}`} current="/ho-so">
      <PageHead
        t={t}
        title={title}
        sub={list.procedure}
        crumbs={[
          { label: t('Việc của tôi', 'My work'), href: '/viec' },
          { label: refText, href: here },
          { label: t('Lượt xem', 'Views') },
        ]}
      />
      <DataTable<DossierView>
        caption={title}
        captionHidden
        rows={list.views}
        rowKey={view => view.id}
        empty={t('Chưa có ai xem hồ sơ này', 'Nobody has looked at it yet')}
        dense
        columns={[
          { key: 'at', head: t('Thời điểm', 'When'), cell: view => instantText(view.at), nowrap: true },
          {
            key: 'who',
            head: t('Người xem', 'Who'),
            cell: view => whoText(view, t),
            sub: view => view.role && roleName(view.role as Role, t),
          },
          { key: 'agency', head: t('Cơ quan', 'Agency'), cell: view => view.agency },
          { key: 'via', head: t('Xem gì', 'What'), cell: view => viaText(view.via, t) },
        ]}
      />
      <Pager t={t} nextHref={list.nextBefore ? `${here}/luot-xem?truoc=${list.nextBefore}` : undefined} />
    </OfficerPage>
  )
}

function whoText({ name, actor }: DossierView, t: T): string {
  if (name) return name
  return actor === 'visitor' ? t('Người tra cứu bằng mã', 'Someone with the code') : t('Hệ thống', 'System')
}

function viaText(via: string, t: T): string {
  const [kind, what = ''] = via.split(':')
  switch (kind) {
    case 'page':
      return t('Trang hồ sơ', 'The dossier')
    case 'command':
      return t('Trang xử lý', 'A step’s page')
    case 'form':
      return t(`Mẫu ${what}`, `Form ${what}`)
    case 'paper':
      return t('Tệp giấy tờ', 'A paper')
    case 'prefill':
      return t('Điền sẵn khi tiếp nhận', 'Prefill at intake')
    case 'api':
      return 'API'
    default:
      return t('Tra cứu', 'Tracking')
  }
}
