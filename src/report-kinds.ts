import type { ReportKind } from '#src/reports/report.ts'

/** The only list of reports. */
export const reportKinds: readonly ReportKind[] = []
