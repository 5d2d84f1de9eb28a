import { addDays, type LocalDate } from '#src/calendar/local-date.ts'
import { lastBegun, type PeriodPreset } from '#src/periods/period-preset.ts'
import type { PeriodKind, PeriodScheme } from '#src/periods/period-scheme.ts'
import type { Role } from '#src/platform/ctx.ts'
import type { ReportFormat } from '#src/reports/render-report.ts'
import type { ExportState } from './export-file.ts'

/** A person, or whoever has a role: in an agency, or anywhere (`agency` null). */
export type Recipient =
  | { username: string; name: string; role: null; agency: null }
  | { username: null; name: null; role: Role; agency: string | null }

/**
 * A report that comes by itself. `agency`: code and name, null for the whole province; `daysAfter`: whole days after the last day of a period,
 * 0 being the day after it. Of the periods that end from `validFrom` until just before `validTo`.
 */
export type ReportSchedule = {
  id: number
  report: string
  grouping: string | null
  agency: { id: number; code: string; name: string } | null
  scheme: string
  kind: PeriodKind
  daysAfter: number
  format: ReportFormat
  ground: string
  validFrom: LocalDate
  validTo: LocalDate | null
  recipients: readonly Recipient[]
}

/** What became of one period of a schedule: its file, and who was sent it and opened it when. */
export type Issue = {
  scheduleId: number
  period: string
  exportId: number
  state: ExportState
  failures: number
  failure: string | null
  sha256: string | null
  finishedAt: Date | null
  deliveries: readonly { name: string; username: string; sentAt: string; openedAt: string | null }[]
}

export const SCHEDULES_PATH = '/bao-cao/lich'

/** What was missed longer ago than this many periods is not made up for. */
const CATCH_UP = 24

/** The periods whose report is to be there by `today`, the earliest first. */
export function duePeriods(
  schedule: ReportSchedule,
  schemes: readonly PeriodScheme[],
  today: LocalDate,
): PeriodPreset[] {
  const scheme = schemes.find(({ code }) => code === schedule.scheme)
  if (!scheme) return []
  const { validFrom, validTo, daysAfter } = schedule
  return lastBegun(scheme, schedule.kind, today, CATCH_UP)
    .filter(({ to }) => to >= validFrom && (validTo === null || to < validTo) && addDays(to, 1 + daysAfter) <= today)
    .reverse()
}
