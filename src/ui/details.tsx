import type { ComponentChildren } from 'preact'

export type DisclosureProps = { summary: ComponentChildren; open?: boolean; id?: string; children: ComponentChildren }

/** More for those who ask: opens and closes without script. */
export function Disclosure({ summary, open, id, children }: DisclosureProps) {
  return (
    <details class="disclosure" open={open} id={id}>
      <summary>{summary}</summary>
      <div class="disclosure-body">{children}</div>
    </details>
  )
}
