import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

export type ButtonKind = 'primary' | 'secondary' | 'danger' | 'quiet'

export type ButtonProps = {
  /** One primary per form; danger for what cannot be undone. */
  kind?: ButtonKind
  /** With `href` it is a link that looks like a button (going somewhere, changing nothing). */
  href?: string
  type?: 'submit' | 'button'
  name?: string
  value?: string
  /** Sends the form elsewhere than its own action. */
  formAction?: string
  icon?: IconName
  /** For citizens' main step and the home search. */
  large?: boolean
  disabled?: boolean
  /** Key that an island binds, announced to assistive technology, e.g. `n`. */
  shortcut?: string
  /** Spoken name when the visible words alone are ambiguous; must contain them. */
  ariaLabel?: string
  children: ComponentChildren
}

export function Button(props: ButtonProps) {
  const { kind = 'primary', href, icon, large, shortcut, ariaLabel, children } = props
  const common = {
    class: `button button-${kind}${large ? ' button-large' : ''}`,
    'aria-keyshortcuts': shortcut,
    'aria-label': ariaLabel,
  }
  const inside = (
    <>
      {icon && <Icon name={icon} />}
      {children}
    </>
  )
  if (href !== undefined) {
    return (
      <a href={href} {...common}>
        {inside}
      </a>
    )
  }
  const { type = 'submit', name, value, formAction, disabled } = props
  return (
    <button type={type} name={name} value={value} formAction={formAction} disabled={disabled} {...common}>
      {inside}
    </button>
  )
}

/** A row of buttons that wraps on narrow screens; the main action comes first in the source. */
export function Actions({ children }: { children: ComponentChildren }) {
  return <div class="actions">{children}</div>
}
