import type { Role } from '#src/platform/ctx.ts'
import type { AskedParams } from '#src/reports/asked.ts'
import type { ReportFormat } from '#src/reports/render-report.ts'

/** `removed`: its time was over; that it was made stays known. */
export const exportStates = ['waiting', 'running', 'done', 'failed', 'removed'] as const
export type ExportState = (typeof exportStates)[number]

/**
 * A file made of a report. `role` and `agencyId`: as whom it is read. `rowsTotal` null until it is known; `failure`: code of the refusal
 * or fault met last; `scheduleId` and `period`: of one that comes by itself, which nobody asked for (`accountId` null).
 */
export type ExportFile = {
  id: number
  accountId: number | null
  role: Role
  agencyId: number
  report: string
  params: AskedParams
  format: ReportFormat
  state: ExportState
  attempt: number
  rowsDone: number
  rowsTotal: number | null
  bytes: number | null
  sha256: string | null
  failures: number
  failure: string | null
  createdAt: Date
  finishedAt: Date | null
  expiresAt: Date | null
  scheduleId: number | null
  period: string | null
}

/** `agency`: name of the one it was asked of; null where none was said. */
export type ListedFile = ExportFile & { agency: string | null }

/** Where one's own files are listed. */
export const FILES_PATH = '/bao-cao/tap-tin'

/** Days a file that somebody asked for is kept. */
export const KEPT_DAYS = 7
/** How many files one person may have in the making. */
export const WAITING_MAX = 5
/** After how many faults a file is given up; each try comes later than the one before. */
export const FAILURES_MAX = 5

export const isUnfinished = ({ state }: Pick<ExportFile, 'state'>) => state === 'waiting' || state === 'running'

/** The name under which one making of it is kept (Blobs want its SHA-256). */
export const blobName = ({ id, attempt }: Pick<ExportFile, 'id' | 'attempt'>) => `export:${id}:${attempt}`

/** Whole percent of the rows that are written; null while the number of all is not known. */
export function donePercent({ state, rowsDone, rowsTotal }: Pick<ExportFile, 'state' | 'rowsDone' | 'rowsTotal'>) {
  if (state === 'done' || state === 'removed') return 100
  if (rowsTotal === null) return null
  return rowsTotal === 0 ? 100 : Math.min(99, Math.floor((rowsDone / rowsTotal) * 100))
}
