import { type Figure, FigureText } from './figure.tsx'
import type { Heat } from './heat.ts'

export type HeatCell = Figure & { heat: Heat /** Spoken beside the number: "3 of 40". */; note?: string }
export type HeatRow = { key: string; label: string; href?: string | undefined; cells: readonly (HeatCell | null)[] }

/** `label`: head of the column that names the rows. A cell is null where there is nothing to measure. */
export type HeatMapProps = { title: string; label: string; heads: readonly string[]; rows: readonly HeatRow[] }

/** A table whose cells are shaded by how bad it is; the numbers in them say the same. Scrolls sideways where narrow. */
export function HeatMap({ title, label, heads, rows }: HeatMapProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is scrolled by keyboard too
    <section class="heat-map" aria-label={title} tabIndex={0}>
      <table>
        <caption class="sr-only">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{label}</th>
            {heads.map(head => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.key}>
              <th scope="row">{row.href ? <a href={row.href}>{row.label}</a> : row.label}</th>
              {row.cells.map((cell, n) => (
                <td key={heads[n]} class={cell ? `heat-${cell.heat}` : 'heat-none'}>
                  {cell ? <FigureText figure={cell} /> : <span class="sr-only">–</span>}
                  {cell?.note && <span class="heat-note">{cell.note}</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
