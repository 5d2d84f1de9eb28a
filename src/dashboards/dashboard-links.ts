import type { LocalDate } from '#src/calendar/local-date.ts'
import { sightOf } from '#src/dossiers/sight.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { drillHref } from '#src/reports/drill.ts'
import { ownCell } from '#src/statutory/cell.ts'
import type { Ii06aKey } from '#src/statutory/ii06a.ts'
import type { Counted } from './dashboard.ts'
import type { Pressing } from './pressing.query.ts'

export const DASHBOARD_PATH = '/dieu-hanh'
export const LIST_PATH = '/dieu-hanh/ho-so'
export const SCREEN_PATH = '/dieu-hanh/man-hinh'

type Narrowed = { from?: LocalDate; to?: LocalDate; agency?: string | undefined; field?: string | undefined }

/** What is early, late or overdue is asked for by column, so that the list goes by the same definitions as the number. */
export type DashboardCell = Exclude<keyof Counted, Ii06aKey> | 'c7' | 'c10' | 'c13'

/** Where the numbers of a dashboard lead; nowhere for those who see numbers but no dossiers. */
export type Links = {
  /** To the dossiers a tally counts, today unless days are given; of `agency` those of it alone, as rows by agency count. */
  drill(cell: DashboardCell, more?: Narrowed): string | undefined
  list(pressing: Pressing): string | undefined
}

/** `agency`: code of the agency the dashboard is of; undefined for the whole province. */
export function linksFor(officer: Officer, { today, agency }: { today: LocalDate; agency: string | undefined }): Links {
  const { all, agencyId } = sightOf(officer)
  if (!all && agencyId === null) return { drill: () => undefined, list: () => undefined }
  return {
    drill: (cell, { agency: alone, ...more } = {}) =>
      drillHref({
        cell: alone ? ownCell(cell) : cell,
        ...{ from: today, to: today, asOf: null, agency: alone ?? agency },
        ...more,
      }),
    list: pressing => listHref(pressing, agency),
  }
}

/** As in addresses. */
export const viewWords = {
  overdue: 'qua-han',
  'due-today': 'hom-nay',
  'due-soon': 'ba-ngay',
  waiting: 'cho-tiep-nhan',
  step: 'buoc',
  officer: 'can-bo',
} as const satisfies Record<Pressing['view'], string>

export function listHref(pressing: Pressing, agency: string | undefined): string {
  const query = new URLSearchParams({ xem: viewWords[pressing.view] })
  if (agency) query.set('co-quan', agency)
  if (pressing.view === 'step') query.set('buoc', pressing.kind)
  if (pressing.view === 'officer') query.set('can-bo', String(pressing.accountId))
  if ('late' in pressing && pressing.late) query.set('tre', 'yes')
  if (pressing.view === 'step' && pressing.late === false) query.set('tre', 'no')
  return `${LIST_PATH}?${query}`
}

/** The dashboard of an agency; undefined: of the officer's own. */
export function dashboardHref(agency: string | undefined, measure?: string): string {
  const query = new URLSearchParams({ ...(agency && { 'co-quan': agency }), ...(measure && { xem: measure }) })
  return query.size ? `${DASHBOARD_PATH}?${query}` : DASHBOARD_PATH
}
