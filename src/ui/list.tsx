import type { T } from '#src/platform/text.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

export type PagerProps = { t: T; prevHref?: string; nextHref?: string; note?: string }

/** Older and newer by cursor: a list that grows has no page numbers. `note`, e.g. "1–50". */
export function Pager({ t, prevHref, nextHref, note }: PagerProps) {
  if (!prevHref && !nextHref) return null
  return (
    <nav class="pager" aria-label={t('Các trang', 'Pages')}>
      {prevHref && (
        <a class="button button-secondary" href={prevHref} rel="prev">
          <Icon name="chevron-left" />
          {t('Trang trước', 'Previous')}
        </a>
      )}
      {note && <span>{note}</span>}
      {nextHref && (
        <a class="button button-secondary" href={nextHref} rel="next">
          {t('Trang sau', 'Next')}
          <Icon name="chevron-right" />
        </a>
      )}
    </nav>
  )
}

/** `note`: a second line in small type. */
export type Chip = {
  href: string
  label: string
  note?: string
  count?: number
  current?: boolean
  tone?: 'late' | 'soon'
}

/** Filters as links, so a view can be kept and sent. */
export function FilterChips({ label, chips }: { label: string; chips: readonly Chip[] }) {
  return (
    <nav class="chips" aria-label={label}>
      <ul>
        {chips.map(chip => (
          <li key={chip.href}>
            <a
              class={chip.tone ? `chip chip-${chip.tone}` : 'chip'}
              href={chip.href}
              aria-current={chip.current ? 'true' : undefined}
            >
              {chip.label} {chip.count !== undefined && <span class="chip-count">{chip.count}</span>}
              {chip.note && <span class="chip-note">{chip.note}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

export type SearchBoxProps = {
  t: T
  action: string
  name?: string
  /** Spoken name of the box; also its placeholder unless one is given. */
  label: string
  placeholder?: string
  value?: string | undefined
  /** Other filters to keep. */
  keep?: Record<string, string>
  /** Shows the key `/` that an island binds. */
  shortcut?: boolean
  /** The one question of the home page. */
  large?: boolean
}

export function SearchBox(props: SearchBoxProps) {
  const { t, action, name = 'q', label, placeholder, value, keep = {}, shortcut, large } = props
  return (
    <search>
      <form class={large ? 'search search-large' : 'search'} action={action} method="get">
        {Object.entries(keep).map(([key, kept]) => (
          <input key={key} type="hidden" name={key} value={kept} />
        ))}
        <span class="search-box">
          <input
            class="input"
            type="search"
            name={name}
            value={value}
            aria-label={label}
            placeholder={placeholder ?? label}
            aria-keyshortcuts={shortcut ? '/' : undefined}
            data-island={shortcut ? 'search' : undefined}
          />
          {shortcut && <kbd>/</kbd>}
        </span>
        {large ? (
          <Button large>{t('Tìm', 'Search')}</Button>
        ) : (
          <button class="search-button" type="submit" aria-label={t('Tìm', 'Search')}>
            <Icon name="search" />
          </button>
        )}
      </form>
    </search>
  )
}
