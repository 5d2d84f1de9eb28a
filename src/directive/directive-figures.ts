import type { LocalDate } from '#src/calendar/local-date.ts'
import type { Channel } from '#src/procedures/procedure.ts'
import type { Cell, ReportRow } from '#src/reports/report.ts'
import type { Ii06aKey, Ii06aRow } from '#src/statutory/ii06a.ts'

export type Days = { from: LocalDate; to: LocalDate }
/** A report's numbers by column. */
export type Figures = Readonly<Record<string, Cell>>
/** Of an agency, with the lists behind its numbers. */
export type AgencyFigures = { code: string; name: string; row: Ii06aRow; hrefs: Readonly<Record<string, string>> }
/** What was late by whose doing: solved late in the period. */
export type CauseFigures = { agency: string; late: number }
export type ReasonFigures = { label: string; n: number }

/**
 * Everything the document says, counted once: `now`, `before` (the period just before, as long) and `yearBefore` are totals of form II.06a.
 */
export type DirectiveFigures = {
  issuer: { name: string; kind: string }
  above: string | null
  /** Whose dossiers these are. */
  scope: string
  period: Days & { name: string | undefined }
  /** When the numbers end before the period does, in words. */
  countedUntil: string | null
  now: Date
  totals: { now: Ii06aRow; before: Ii06aRow; yearBefore: Ii06aRow }
  spans: { before: Days; yearBefore: Days }
  hrefs: Readonly<Partial<Record<Ii06aKey, string>>>
  received: Readonly<Record<Channel, number>>
  agencies: readonly AgencyFigures[]
  fields: readonly Pick<ReportRow, 'key' | 'label' | 'cells' | 'hrefs'>[]
  causes: readonly CauseFigures[]
  apologies: Figures
  /** To what stands behind numbers of other reports; none for whoever reads no dossiers. */
  links: Readonly<Partial<Record<'received' | Channel | 'silent' | 'issued' | 'appraisal' | 'refused', string>>>
  supplements: Figures
  supplementReasons: readonly ReasonFigures[]
  refusals: Figures
  refusalReasons: readonly ReasonFigures[]
  fees: Figures
  postHome: Figures
  guidance: Figures
}
