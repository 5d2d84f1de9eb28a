import type { T } from '#src/platform/text.ts'

/** The last one is this page and has no link. */
export type Crumb = { label: string; href?: string }

export function Breadcrumbs({ t, items }: { t: T; items: readonly Crumb[] }) {
  return (
    <nav class="crumbs" aria-label={t('Vị trí trang', 'Breadcrumb')}>
      <ol>
        {items.map(({ label, href }) => (
          <li key={label}>{href ? <a href={href}>{label}</a> : <span aria-current="page">{label}</span>}</li>
        ))}
      </ol>
    </nav>
  )
}
