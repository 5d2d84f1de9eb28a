import { addDays, type LocalDate, weekday } from '#src/calendar/local-date.ts'
import { type Cells, columnNames } from '#src/imports/history-columns.ts'

/** How many dossiers ended how. `open`: when the period ended; their results came early in the year after. */
export type Ends = { early: number; onTime: number; late: number; open: number }

/** A published table as far as it goes: who received how many through which door, in which days, and what became of them. */
export type PastTable = {
  name: string
  from: LocalDate
  to: LocalDate
  agencies: readonly string[]
  procedures: readonly string[]
  received: number
  channels: { online?: number; post?: number; home?: number }
  ends: Ends
}

/** A history that makes up the table, as the lines of a file to be imported; the same every time. */
export function* pastLines(table: PastTable): Generator<string> {
  yield `${columnNames.join(',')}\n`
  const days = workingDays(table.from, table.to)
  for (let i = 0; i < table.received; i += 1) yield `${lineOf(pastRow(table, i, days))}\n`
}

const lineOf = (row: Cells) => columnNames.map(column => row[column] ?? '').join(',')

function workingDays(from: LocalDate, to: LocalDate): LocalDate[] {
  const days: LocalDate[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) if (weekday(day) <= 5) days.push(day)
  return days
}

/** Spreads the first dossiers of a kind over all the others: no kind stands in one agency or month. */
const mixed = (i: number, of: number) => (i * 7919) % of

function pastRow(table: PastTable, i: number, days: readonly LocalDate[]): Cells {
  const { agencies, procedures, received, name } = table
  const end = endOf(table, mixed(i, received))
  // What is open at the end came in the last days; the rest had time to end before.
  const place = end === 'open' ? days.length - 1 - (i % 5) : i % (days.length - 10)
  const day = days[place] ?? table.from
  return {
    source_number: `${name}-${i}`,
    agency: agencies[i % agencies.length] ?? '',
    procedure: procedures[(i >> 3) % procedures.length] ?? '',
    channel: channelOf(table, mixed(i + 1, received)),
    applicant_name: `Người nộp ${i % 997}`,
    received_at: `${day} ${String(7 + (i % 4)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`,
    ...timesOf(end, { day, lastDay: table.to }),
  }
}

type End = keyof Ends

function endOf({ ends }: PastTable, place: number): End {
  if (place < ends.early) return 'early'
  if (place < ends.early + ends.onTime) return 'onTime'
  return place < ends.early + ends.onTime + ends.late ? 'late' : 'open'
}

function channelOf({ channels: { online = 0, post = 0, home = 0 } }: PastTable, place: number): string {
  if (place < online) return 'online'
  if (place < online + post) return 'post'
  return place < online + post + home ? 'home' : 'counter'
}

/** Due on the third day; those open are due after the period, and their results come then. */
function timesOf(end: End, { day, lastDay }: { day: LocalDate; lastDay: LocalDate }): Cells {
  const due = end === 'open' ? addDays(lastDay, 9) : addDays(day, 3)
  const ready = { early: addDays(due, -1), onTime: due, late: addDays(due, 1), open: addDays(due, -1) }[end]
  return { due_at: `${due} 17:00`, ready_at: `${ready} 10:30` }
}
