import type { LocalDate } from '#src/calendar/local-date.ts'

/**
 * The sums that are kept, and by what. Those of the province by field are a few hundred a day and kept for each; the others are tens of
 * thousands and kept for the days on which periods begin, and one between.
 */
export const keptLevels = {
  province: { columns: ['0', 'field_id', `''`], of: `agency_id = 0 AND procedure_code = ''`, daily: true },
  procedure: {
    columns: ['0', 'field_id', 'procedure_code'],
    of: `agency_id = 0 AND procedure_code <> ''`,
    daily: false,
  },
  agency: { columns: ['agency_id', 'field_id', `''`], of: 'agency_id <> 0', daily: false },
} as const
export type KeptLevel = keyof typeof keptLevels

/** Months begin on the 1st, the 15th or the 16th, as who asks for the report has it (Decree 09/2019, art. 12; local practice). */
const DAYS = ['01', '08', '15', '16', '22']

/** Whether agencies and procedures have sums of their own at the beginning of the day. */
export function isKeptByAgency(day: LocalDate): boolean {
  return DAYS.includes(day.slice(8))
}

/** Local midnight at which `column` begins, in SQL. */
export const startOfDay = (column: string) => `(${column}::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')`
