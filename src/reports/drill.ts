import type { LocalDate } from '#src/calendar/local-date.ts'
import { isoLocal } from '#src/platform/text.ts'

/**
 * A number whose dossiers are asked for. `cell`: a key of a tally ("overdue") or a column of a form ("c10"); the period as local days, both
 * inclusive; the rest as the number was narrowed, by codes.
 */
export type Drilled = {
  cell: string
  from: LocalDate
  to: LocalDate
  asOf: Date | null
  agency?: string | undefined
  field?: string | undefined
  channel?: string | undefined
  procedure?: string | undefined
}

/** Where the dossiers behind a number are listed: as many as it says. */
export function drillHref({ cell, from, to, asOf, agency, field, channel, procedure }: Drilled): string {
  const query = new URLSearchParams({ o: cell, tu: from, den: to })
  if (agency) query.set('co-quan', agency)
  if (field) query.set('linh-vuc', field)
  if (channel) query.set('kenh', channel)
  if (procedure) query.set('thu-tuc', procedure)
  if (asOf) query.set('luc', isoLocal(asOf))
  return `/bao-cao/ho-so?${query}`
}
