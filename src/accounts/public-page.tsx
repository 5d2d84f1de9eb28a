import type { ComponentChildren } from 'preact'
import type { Actor } from '#src/platform/ctx.ts'
import { bannerOf, pathOf, type RequestContext } from '#src/platform/http.ts'
import type { T } from '#src/platform/text.ts'
import { CitizenPage, type NavItem } from '#src/ui/page.tsx'

export type PublicPageProps = {
  c: RequestContext
  /** Without the product's name. */
  title: string
  /** `href` of the menu's item this page belongs to. */
  current?: string
  /** Full-width opening above the content (home page). */
  hero?: ComponentChildren
  /** One question or a text to read: a narrower column. */
  narrow?: boolean
  footer?: ComponentChildren
  scripts?: readonly string[]
  children: ComponentChildren
}

/** The citizens' shell filled in from the request. Needs no session: error pages are shown before one is known. */
export function PublicPage({ c, current, ...page }: PublicPageProps) {
  const t = c.get('t')
  const nav = publicNav(c.get('session')?.actor, t).map(item => ({ ...item, current: item.href === current }))
  return (
    <CitizenPage
      {...page}
      t={t}
      lang={c.get('lang')}
      path={pathOf(c)}
      banner={bannerOf(c)}
      agency={t('Trung tâm Phục vụ hành chính công', 'Public Administration Service Centre')}
      nav={nav}
    />
  )
}

function publicNav(actor: Actor | undefined, t: T): NavItem[] {
  return [
    { href: '/', label: t('Trang chủ', 'Home') },
    { href: '/thu-tuc', label: t('Thủ tục', 'Procedures') },
    { href: '/tra-cuu', label: t('Tra cứu hồ sơ', 'Track a dossier') },
    ownPlace(actor, t),
  ]
}

function ownPlace(actor: Actor | undefined, t: T): NavItem {
  if (actor?.kind === 'officer') return { href: '/viec', label: t('Việc của tôi', 'My work') }
  if (actor?.kind === 'citizen') return { href: '/cua-toi', label: t('Hồ sơ của tôi', 'My dossiers') }
  return { href: '/dang-nhap', label: t('Đăng nhập', 'Sign in') }
}
