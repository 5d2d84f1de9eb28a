import { type LocalDate, localDate } from '#src/calendar/local-date.ts'
import type { WorkingCalendar } from '#src/calendar/working-time.ts'
import type { Receipt } from '#src/dossiers/dossier.ts'
import { type Applicant, IdNumber, Phone } from '#src/dossiers/intake.ts'
import { type Channel, channels } from '#src/procedures/procedure.ts'
import type { Cells, ColumnName } from './history-columns.ts'
import { type Course, readCourse } from './history-course.ts'
import { choice, type Reading, type RowProblem, wrong } from './row-problem.ts'

/** An agency as a row names it. */
export type Place = { id: number; code: string; calendar: WorkingCalendar }

/** What rows refer to. Versions and packs stand in the order in which they came into force. */
export type Frame = {
  agencies: ReadonlyMap<string, Place>
  procedures: ReadonlyMap<string, readonly InForce<{ id: number; name: string }>[]>
  lawPacks: readonly InForce<{ code: string }>[]
}
type InForce<T> = T & { from: LocalDate }

/** A past dossier as its row tells it, every instant filled in. */
export type HistoryRow = {
  number: string
  code: string | null
  agency: Place
  receiving: Place
  procedure: { code: string; id: number; name: string }
  lawPack: string
  channel: Channel
  applicant: Applicant
  sets: number
  fee: { amount: number; method: Receipt['method'] } | null
  note: string | null
  course: Course
}

/** The row as a dossier's past, or everything that is wrong with it. `now`: nothing lies after it. */
export function readRow(cells: Cells, frame: Frame, now: Date): HistoryRow | RowProblem[] {
  const reading: Reading = { cells, problems: [] }
  checkTexts(reading)
  const agency = place(reading, frame, 'agency')
  const receiving = cells.receiving_agency ? place(reading, frame, 'receiving_agency') : agency
  const course = readCourse(reading, { calendar: agency?.calendar, now })
  const procedure = procedureOf(reading, frame, course && localDate(course.receivedAt))
  const row = {
    number: cells.source_number ?? '',
    code: cells.code ?? null,
    channel: cells.channel ? choice(reading, 'channel', channels) : wrong(reading, 'channel', 'missing'),
    applicant: applicantOf(reading),
    sets: whole(reading, 'sets', 99) ?? 1,
    fee: feeOf(reading),
    note: cells.note ?? null,
  }
  const { problems } = reading
  if (problems.length > 0 || !agency || !receiving || !course || !procedure || !row.channel) return problems
  const lawPack = inForce(frame.lawPacks, localDate(course.receivedAt)).code
  return { ...row, channel: row.channel, agency, receiving, course, procedure, lawPack }
}

const longest: Partial<Record<ColumnName, number>> = {
  pauses: 2000,
  note: 1000,
  applicant_name: 200,
  applicant_address: 300,
}

function checkTexts(reading: Reading): void {
  for (const [column, text] of Object.entries(reading.cells) as [ColumnName, string][]) {
    if (text.length > (longest[column] ?? 100)) wrong(reading, column, 'too-long', text.slice(0, 50))
    if (/[\uFFFD\p{Cc}\p{Cs}]/u.test(text)) wrong(reading, column, 'not-text')
  }
  if (!reading.cells.source_number) wrong(reading, 'source_number', 'missing')
}

function place(reading: Reading, { agencies }: Frame, column: 'agency' | 'receiving_agency'): Place | undefined {
  const code = reading.cells[column]
  if (!code) return wrong(reading, column, 'missing')
  return agencies.get(code.toUpperCase()) ?? wrong(reading, column, 'agency-unknown')
}

function procedureOf(reading: Reading, { procedures }: Frame, day: LocalDate | undefined) {
  const code = reading.cells.procedure
  if (!code) return wrong(reading, 'procedure', 'missing')
  const versions = procedures.get(code)
  if (!versions) return wrong(reading, 'procedure', 'procedure-unknown')
  return day === undefined ? undefined : { code, ...inForce(versions, day) }
}

/** The one in force that day; the first for what came before there was any. */
function inForce<T>(versions: readonly InForce<T>[], day: LocalDate): T {
  const found = versions.findLast(({ from }) => from <= day) ?? versions[0]
  if (!found) throw new Error('there is not one version')
  return found
}

function applicantOf(reading: Reading): Applicant {
  const { applicant_name, applicant_id, applicant_phone, applicant_address } = reading.cells
  if (!applicant_name) wrong(reading, 'applicant_name', 'missing')
  const id = IdNumber.safeParse(applicant_id)
  const phone = Phone.safeParse(applicant_phone)
  if (applicant_id && !id.success) wrong(reading, 'applicant_id', 'not-an-id')
  if (applicant_phone && !phone.success) wrong(reading, 'applicant_phone', 'not-a-phone')
  return {
    kind: choice(reading, 'applicant_kind', ['citizen', 'business', 'organisation']),
    name: applicant_name ?? '',
    idNumber: id.data ?? '',
    phone: phone.data ?? '',
    ...(applicant_address && { address: applicant_address }),
  }
}

/** A whole number from 1 to `most`. */
function whole(reading: Reading, column: 'sets' | 'fee', most: number): number | undefined {
  const text = reading.cells[column]
  if (!text || (column === 'fee' && text === '0')) return undefined
  const isWhole = /^\d{1,13}$/u.test(text) && Number(text) >= 1 && Number(text) <= most
  return isWhole ? Number(text) : wrong(reading, column, 'not-a-number')
}

function feeOf(reading: Reading): HistoryRow['fee'] {
  const amount = whole(reading, 'fee', 1e12)
  if (amount === undefined) return null
  if (!reading.cells.fee_method) wrong(reading, 'fee_method', 'missing')
  return { amount, method: choice(reading, 'fee_method', ['cash', 'transfer', 'card']) }
}
