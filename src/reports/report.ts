import type { LocalDate } from '#src/calendar/local-date.ts'
import type { Definitions } from '#src/periods/definition.ts'
import type { Ctx, Role } from '#src/platform/ctx.ts'

/** A text of a report in both languages; statutory heads are Vietnamese in both. */
export type Words = readonly [vi: string, en: string]

/** How a cell is written: on screen and paper with Vietnamese separators, in spreadsheets as a number or day with a format. */
export type CellKind = 'text' | 'count' | 'money' | 'percent' | 'number' | 'day' | 'instant' | 'dossier'

/**
 * `percent`: a share from 0 to 100; `money`: whole đồng; `day` and `instant`: a Date; `dossier`: a code, linked to its page.
 * `groups`: heads that stand over it, outermost first; neighbours with the same ones share them. `number`: as the form numbers it, "(3)".
 */
export type ReportColumn = {
  key: string
  head: Words
  groups?: readonly Words[]
  number?: string
  kind: CellKind
  /** Characters wide in a spreadsheet. */
  width?: number
}

export type Cell = string | number | Date | null

/**
 * `hrefs`: to the list behind a number, by column. `depth`: how far under the rows before it (0 unless said). `english`: its label and
 * texts, by column, as pages in English show them; files and programs are given the Vietnamese.
 */
export type ReportRow = {
  key: string
  label: string
  cells: Readonly<Record<string, Cell>>
  hrefs?: Readonly<Record<string, string>>
  depth?: number
  english?: Readonly<Record<string, string>>
}

/** What a report says. `label`: head of the first column, which names the rows. `unit`: what its numbers count. */
export type ReportTable = {
  label: Words
  labelNumber?: string
  unit?: Words
  columns: readonly ReportColumn[]
  rows: readonly ReportRow[]
  total: ReportRow | null
  notes?: readonly Words[]
}

/** Part of a long list: `next` continues after this page; null on the last. */
export type ReportPage = { rows: readonly ReportRow[]; next: string | null }

export type ReportAgency = { id: number; code: string; name: string }

/**
 * What is asked of a report. `from` and `to` are local days, both inclusive; `begins` and `until` the same as instants, nothing at `until` or
 * later being counted: the end of the last day, or right after `asOf`, or after now, whichever is first. `agency`: who reports; `agencies`:
 * it and all below it, null when that is the whole province. `by`: one of the kind's groupings. `filters`: values of its filters.
 */
export type Asked = {
  from: LocalDate
  to: LocalDate
  asOf: Date | null
  begins: Date
  until: Date
  agency: ReportAgency
  agencies: readonly number[] | null
  by: string | null
  filters: Readonly<Record<string, string>>
  definitions: Definitions
}

/** What a report may be narrowed by; each is offered only where it is named. */
export const reportFilters = ['field', 'procedure', 'channel', 'servicePoint', 'officer'] as const
export type ReportFilter = (typeof reportFilters)[number]

type KindHead = {
  /** As in addresses: /bao-cao/<key>, /api/v1/reports/<key>. */
  key: string
  title: Words
  /** In a sentence, for the list of reports. */
  about: Words
  group: 'statutory' | 'progress' | 'work' | 'service' | 'index'
  /** Whose form it is: "Biểu II.06a/VPCP/KSTT". */
  form?: string
  roles: readonly Role[]
  /** What rows can be, the usual one first. */
  groupings?: readonly { value: string; head: Words }[]
  filters?: readonly ReportFilter[]
}

/** A report whose rows fit on a page: by field, by agency, by month. `columns`: those of its table, where they are always the same. */
export type TableKind = KindHead & {
  shape: 'table'
  columns?: readonly ReportColumn[]
  read(ctx: Ctx, asked: Asked): Promise<ReportTable>
}

/** A report that may have a million rows: read page by page, `after` being the `next` of the page before. */
export type ListKind = KindHead & {
  shape: 'list'
  label: Words
  columns: readonly ReportColumn[]
  page(ctx: Ctx, asked: Asked, place: { after: string | null; limit: number }): Promise<ReportPage>
  count(ctx: Ctx, asked: Asked): Promise<number>
}

export type ReportKind = TableKind | ListKind

/** Those who answer for the work of others read reports; of their own agency and those below it, or of all. */
export const reportReaders: readonly Role[] = ['leader', 'director', 'control', 'reform']
