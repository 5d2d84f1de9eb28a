import type { ComponentChildren } from 'preact'

export type CardProps = {
  title?: ComponentChildren
  /** Level of the heading in the page's outline. */
  level?: 2 | 3
  id?: string
  /** Beside the title: a badge, a link, a button. */
  aside?: ComponentChildren
  children?: ComponentChildren
}

export function Card({ title, level = 2, id, aside, children }: CardProps) {
  const Heading = `h${level}` as 'h2' | 'h3'
  return (
    <section class="card" id={id}>
      {(title || aside) && (
        <div class="card-head">
          {title && <Heading>{title}</Heading>}
          {aside}
        </div>
      )}
      {children}
    </section>
  )
}

/** A card that is one link: the whole area can be pressed, only the title is read as the link. */
export function LinkCard({ href, title, children }: { href: string; title: string; children?: ComponentChildren }) {
  return (
    <section class="card card-link">
      <h2>
        <a href={href}>{title}</a>
      </h2>
      {children && <p>{children}</p>}
    </section>
  )
}

/** As many columns as fit. */
export function CardGrid({ children }: { children: ComponentChildren }) {
  return <div class="card-grid">{children}</div>
}
