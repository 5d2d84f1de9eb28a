import type { ComponentChildren } from 'preact'

export type TimelineEntry = {
  key?: string | number
  title: ComponentChildren
  /** As shown, e.g. `19/11 10:20`. */
  at: string
  /** ISO 8601, for machines. */
  dateTime?: string
  /** Who, where, which form; follows the time after a dot. */
  meta?: ComponentChildren
  /** Quoted words, reasons, links. */
  children?: ComponentChildren
}

/** The ledger of a dossier, newest first. `children` is the closing line (state of the hash chain, who looked). */
export function Timeline({ entries, children }: { entries: readonly TimelineEntry[]; children?: ComponentChildren }) {
  return (
    <>
      <ol class="timeline">
        {entries.map((entry, n) => (
          <li key={entry.key ?? n}>
            <p class="timeline-title">{entry.title}</p>
            <p class="timeline-meta">
              <time dateTime={entry.dateTime}>{entry.at}</time>
              {entry.meta && <> · {entry.meta}</>}
            </p>
            {entry.children && <div class="timeline-more">{entry.children}</div>}
          </li>
        ))}
      </ol>
      {children && <p class="timeline-end">{children}</p>}
    </>
  )
}
