import type { ComponentChildren } from 'preact'
import type { T } from '#src/platform/text.ts'
import { Breadcrumbs, type Crumb } from './breadcrumbs.tsx'

export type PageHeadProps = {
  t: T
  /** The page's only h1. */
  title: ComponentChildren
  sub?: ComponentChildren
  crumbs?: readonly Crumb[]
  /** Buttons, a search box; right of the title where there is room. */
  children?: ComponentChildren
}

export function PageHead({ t, title, sub, crumbs, children }: PageHeadProps) {
  return (
    <>
      {crumbs && <Breadcrumbs t={t} items={crumbs} />}
      <header class="page-head">
        <div class="page-title">
          <h1 class={isLong(title) ? 'long' : undefined}>{title}</h1>
          {sub && <p>{sub}</p>}
        </div>
        {children && <div class="page-tools">{children}</div>}
      </header>
    </>
  )
}

/** Names of procedures run to hundreds of letters; in full size one would push everything else off a telephone. */
const isLong = (title: ComponentChildren) => typeof title === 'string' && title.length > 100

/** Content with a narrower column beside it, below it on small screens. */
export function Columns({ children, aside }: { children: ComponentChildren; aside: ComponentChildren }) {
  return (
    <div class="columns">
      <div class="stack">{children}</div>
      <div class="stack">{aside}</div>
    </div>
  )
}

/** Even space between blocks. */
export function Stack({ children }: { children: ComponentChildren }) {
  return <div class="stack">{children}</div>
}

export type Stat = { value: string; label: string; href?: string }

/** A few figures in large type. */
export function Stats({ items }: { items: readonly Stat[] }) {
  return (
    <dl class="card stats">
      {items.map(({ value, label, href }) => (
        <div key={label}>
          <dt>{href ? <a href={href}>{label}</a> : label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Keyboard shortcuts offered on a page with an island that binds them. */
export function KeyHints({ t, hints }: { t: T; hints: readonly { keys: readonly string[]; label: string }[] }) {
  return (
    <p class="key-hints">
      {t('Phím tắt:', 'Shortcuts:')}{' '}
      {hints.map(({ keys, label }, n) => (
        <span key={label}>
          {n > 0 && ' · '}
          {keys.map(key => (
            <kbd key={key}>{key}</kbd>
          ))}{' '}
          {label}
        </span>
      ))}
    </p>
  )
}
