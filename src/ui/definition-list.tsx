import type { ComponentChildren } from 'preact'

export type Definition = { term: string; value: ComponentChildren }

/** Facts side by side with their names; nothing is shown for an absent value but a dash. */
export function DefinitionList({ items }: { items: readonly Definition[] }) {
  return (
    <dl class="facts">
      {items.map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value === undefined || value === null || value === '' ? '—' : value}</dd>
        </div>
      ))}
    </dl>
  )
}
