import type { ComponentChildren } from 'preact'
import type { Lang, T } from '#src/platform/text.ts'
import { Icon } from './icon.tsx'

export type NavItem = { href: string; label: string; count?: number; current?: boolean; group?: string }
export type Officer = {
  name: string
  role: string
  place: string
  canSwitch: boolean
  /** In whose place the officer acts, by what decision and until when; said at the head of every page. */
  acting?: string | undefined
}

type DocumentProps = {
  t: T
  lang: Lang
  /** Without the product's name. */
  title: string
  /** Path and query of this page; the language link comes back to it. */
  path: string
  /** Shown on top of every page, e.g. that the clock is a training clock. */
  banner?: string | undefined
  /** Module scripts, e.g. `/assets/work-list.js`. */
  scripts?: readonly string[]
  children: ComponentChildren
}

export type DeskPageProps = DocumentProps & {
  /** Name of the officer's agency or centre, under the product's name. */
  agency: string
  /** Items of the same `group` follow each other under its name. */
  nav: readonly NavItem[]
  officer: Officer
  /** What the officer has been told: `unread` where the page knows it. */
  notices?: { unread?: number | undefined; current: boolean }
}

export type CitizenPageProps = DocumentProps & {
  agency: string
  nav: readonly NavItem[]
  /** Full-width opening above the content (home page). */
  hero?: ComponentChildren
  /** One question or a text to read: a narrower column. */
  narrow?: boolean
  /** Lines of the footer: address, phone, responsible body. */
  footer?: ComponentChildren
}

export type PrintPageProps = Omit<DocumentProps, 'path' | 'scripts' | 'banner'> & {
  paper?: 'a4' | 'a4-landscape' | 'a5'
}

const SIGN_OUT_PATH = '/dang-xuat'
export const SWITCH_PLACE_PATH = '/doi-vai-tro'
export const NOTICES_PATH = '/thong-bao'
export const SUBSTITUTE_PATH = '/cua-toi/thay-the'

/** Where the choice of language is remembered before coming back to `path`. */
export function languageHref(path: string, to: Lang): string {
  return `/ngon-ngu/${to}?back=${encodeURIComponent(path)}`
}

/** Shell of the officers' pages. Send it after `<!doctype html>`. */
export function DeskPage(props: DeskPageProps) {
  const { t, agency, nav, officer, lang, path, notices } = props
  const bell = notices && <Bell t={t} {...notices} />
  const side = (
    <>
      <DeskNav t={t} nav={nav} />
      <OfficerBox t={t} officer={officer} lang={lang} path={path} />
    </>
  )
  return (
    <Document props={props} kind="desk">
      <div class="desk-grid">
        <header class="side">
          <div class="side-head">
            <Brand href="/viec" agency={agency} />
            {bell}
          </div>
          {side}
        </header>
        <header class="topbar">
          <Brand href="/viec" agency={agency} />
          {bell}
          <details class="topbar-menu">
            <summary>
              <Icon name="menu" />
              {t('Trình đơn', 'Menu')}
            </summary>
            <div class="topbar-panel">{side}</div>
          </details>
        </header>
        <main id="main" class="desk-main" tabIndex={-1}>
          {officer.acting && (
            <p class="acting">
              <Icon name="info" />
              {officer.acting}
            </p>
          )}
          {props.children}
        </main>
      </div>
    </Document>
  )
}

/** Shell of the citizens' pages. Send it after `<!doctype html>`. */
export function CitizenPage(props: CitizenPageProps) {
  const { t, lang, path, agency, nav, hero, narrow, footer, children } = props
  return (
    <Document props={props} kind="citizen">
      <header class="citizen-head">
        <div class="wrap">
          <Brand href="/" agency={agency} />
          <nav aria-label={t('Trang chính', 'Main')}>
            <ul>
              {nav.map(item => (
                <li key={item.href}>
                  <NavLink item={item} />
                </li>
              ))}
            </ul>
          </nav>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {hero && (
          <div class="hero">
            <div class="wrap">{hero}</div>
          </div>
        )}
        <div class={narrow ? 'wrap wrap-narrow content' : 'wrap content'}>{children}</div>
      </main>
      <footer class="citizen-foot">
        <div class="wrap">
          <div>{footer ?? agency}</div>
          <LanguageLink t={t} lang={lang} path={path} />
        </div>
      </footer>
    </Document>
  )
}

/** A list or form to print from the browser; on screen it looks like the sheet. */
export function PrintPage(props: PrintPageProps) {
  const { lang, title, paper = 'a4', children } = props
  return (
    <html lang={lang}>
      <Head title={title} printOnly />
      <body class={`sheet sheet-${paper}`}>
        <main>{children}</main>
      </body>
    </html>
  )
}

function Document({ props, kind, children }: { props: DocumentProps; kind: string; children: ComponentChildren }) {
  const { t, lang, title, banner, scripts = [] } = props
  return (
    <html lang={lang}>
      <Head title={title} scripts={scripts} />
      <body class={kind}>
        <a class="skip-link" href="#main">
          {t('Đến nội dung chính', 'Skip to main content')}
        </a>
        {banner && (
          <section class="banner" aria-label={t('Thông báo chung', 'Announcement')}>
            <Icon name="clock" />
            {banner}
          </section>
        )}
        {children}
      </body>
    </html>
  )
}

function Head({ title, scripts = [], printOnly }: { title: string; scripts?: readonly string[]; printOnly?: boolean }) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content={printOnly ? 'light' : 'light dark'} />
      <title>{`${title} · Một Cửa`}</title>
      <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
      <link rel="stylesheet" href="/assets/app.css" />
      <link rel="stylesheet" href="/assets/print.css" media={printOnly ? undefined : 'print'} />
      {scripts.map(src => (
        <script key={src} type="module" src={src} />
      ))}
    </head>
  )
}

function Brand({ href, agency }: { href: string; agency: string }) {
  return (
    <a class="brand" href={href}>
      <span class="brand-mark">
        <Icon name="door-open" />
      </span>
      <span>
        <strong>Một Cửa</strong>
        <span class="brand-agency">{agency}</span>
      </span>
    </a>
  )
}

function DeskNav({ t, nav }: { t: T; nav: readonly NavItem[] }) {
  const groups = [...new Set(nav.map(item => item.group))]
  return (
    <nav class="side-nav" aria-label={t('Trang chính', 'Main')}>
      {groups.map(group => (
        <div key={group ?? ''}>
          {group && <p class="nav-group">{group}</p>}
          <ul>
            {nav
              .filter(item => item.group === group)
              .map(item => (
                <li key={item.href}>
                  <NavLink item={item} />
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

function NavLink({ item }: { item: NavItem }) {
  return (
    <a class="nav-link" href={item.href} aria-current={item.current ? 'page' : undefined}>
      <span>{item.label}</span>
      {item.count !== undefined && item.count > 0 && <span class="nav-count">{item.count}</span>}
    </a>
  )
}

/** Past a hundred the number says nothing more. */
function Bell({ t, unread = 0, current }: { t: T } & NonNullable<DeskPageProps['notices']>) {
  const few = unread > 99 ? '99+' : String(unread)
  return (
    <a class="bell" href={NOTICES_PATH} aria-current={current ? 'page' : undefined}>
      <Icon name="bell" />
      <span class="sr-only">{t('Thông báo', 'Notices')}</span>
      {unread > 0 && (
        <span class="bell-count">
          {few}
          <span class="sr-only"> {t('chưa đọc', 'unread')}</span>
        </span>
      )}
    </a>
  )
}

function OfficerBox({ t, officer, lang, path }: { t: T; officer: Officer; lang: Lang; path: string }) {
  return (
    <div class="officer">
      <p class="officer-name">{officer.name}</p>
      <p class="officer-place">
        {officer.role} · {officer.place}
      </p>
      <div class="officer-links">
        {officer.canSwitch && <a href={SWITCH_PLACE_PATH}>{t('Đổi nơi làm việc', 'Switch place')}</a>}
        <a href={SUBSTITUTE_PATH}>{t('Người thay tôi', 'My substitute')}</a>
        <LanguageLink t={t} lang={lang} path={path} />
        <form action={SIGN_OUT_PATH} method="post">
          <button class="link-button" type="submit">
            {t('Đăng xuất', 'Sign out')}
          </button>
        </form>
      </div>
    </div>
  )
}

function LanguageLink({ t, lang, path }: { t: T; lang: Lang; path: string }) {
  const other = lang === 'vi' ? 'en' : 'vi'
  return (
    <a href={languageHref(path, other)} lang={other} hreflang={other}>
      {t('English', 'Tiếng Việt')}
    </a>
  )
}
