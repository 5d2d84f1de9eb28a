import { Icon, type IconName } from './icon.tsx'

export type MenuItem = { href: string; label: string; hint?: string; newTab?: boolean }

/** A button that opens a short list of links ("In phiếu"). All menus of a page share a name, so opening one closes another. */
export function Menu({ label, icon, items }: { label: string; icon?: IconName; items: readonly MenuItem[] }) {
  return (
    <details class="menu" name="menu">
      <summary class="button button-secondary">
        {icon && <Icon name={icon} />}
        {label}
        <Icon name="chevron-down" />
      </summary>
      <ul>
        {items.map(item => (
          <li key={item.href}>
            <a href={item.href} target={item.newTab ? '_blank' : undefined}>
              {item.label}
              {item.hint && <span class="menu-hint">{item.hint}</span>}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}
