import type { WorkingCalendar } from '#src/calendar/working-time.ts'
import type { HandOver, PauseRecord } from '#src/dossiers/dossier.ts'
import type { Cells, ColumnName } from './history-columns.ts'
import { atClosing, atHour, type PastInstant, parseInstant } from './past-instant.ts'
import { choice, type Reading, wrong } from './row-problem.ts'

/** When what happened to a past dossier. */
export type Course = {
  receivedAt: Date
  /** As promised last; null without a time limit. */
  dueAt: Date | null
  extension: { at: Date; dueBefore: Date } | null
  pauses: PastPause[]
  end: End
}

export type PastPause = { cause: PauseRecord['cause']; from: Date; to: Date | null }

export type End =
  | { outcome: 'withdrawn' | 'stopped'; at: Date }
  | {
      outcome: 'granted' | 'refused'
      /** The result was ready. */
      at: Date
      number: string | null
      handedOverAt: Date
      how: HandOver['method']
    }

/** Hours of what is known by its day alone. */
const RECEPTION = 8
const OTHER = 16

type Known = { calendar: WorkingCalendar | undefined; now: Date }

/** Undefined, and the problems told, when the times are missing or cannot have been. */
export function readCourse(reading: Reading, { calendar, now }: Known): Course | undefined {
  if (!reading.cells.received_at) return wrong(reading, 'received_at', 'missing')
  const before = reading.problems.length
  const given = instantsIn(reading, now)
  const end = endOf(reading, given)
  if (!given.received_at) return undefined
  const receivedAt = atHour(given.received_at, RECEPTION)
  const pauses = pausesOf(reading, receivedAt)
  if (!end || !calendar || reading.problems.length > before) return undefined
  const closing = (instant: PastInstant | undefined) => (instant ? atClosing(instant, calendar) : null)
  const course = {
    receivedAt,
    dueAt: closing(given.due_at),
    extension: extensionOf(reading, given, closing(given.due_before_extension), receivedAt),
    pauses,
    end,
  }
  checkOrder(reading, course)
  return reading.problems.length > before ? undefined : course
}

const instants = [
  'received_at',
  'due_at',
  'due_before_extension',
  'extended_at',
  'ready_at',
  'ended_at',
  'handed_over_at',
] as const satisfies ColumnName[]
type Given = Partial<Record<(typeof instants)[number], PastInstant>>

function instantsIn(reading: Reading, now: Date): Given {
  const given: Given = {}
  for (const column of instants) {
    const text = reading.cells[column]
    if (!text) continue
    const instant = parseInstant(text)
    if (!instant) wrong(reading, column, 'not-an-instant')
    else if (!column.startsWith('due') && atHour(instant, OTHER) > now) wrong(reading, column, 'in-the-future')
    else given[column] = instant
  }
  return given
}

function endOf(reading: Reading, given: Given): End | undefined {
  const outcome = choice(reading, 'outcome', ['granted', 'refused', 'withdrawn', 'stopped'])
  const first = given.received_at && atHour(given.received_at, RECEPTION)
  const isResult = outcome === 'granted' || outcome === 'refused'
  const foreign = isResult ? (['ended_at'] as const) : (['ready_at', 'result_number', 'handed_over_at'] as const)
  for (const column of foreign) if (reading.cells[column]) wrong(reading, column, 'does-not-belong')
  const last = isResult ? 'ready_at' : 'ended_at'
  if (!reading.cells[last]) return void reading.problems.push({ column: null, code: 'still-open', value: '' })
  const how = choice(reading, 'handed_over_how', ['counter', 'post', 'electronic'])
  const ended = given[last]
  if (!ended) return undefined
  const at = atHour(ended, OTHER, first)
  if (!isResult) return { outcome, at }
  const handed = given.handed_over_at ? atHour(given.handed_over_at, OTHER, at) : at
  return { outcome, at, number: reading.cells.result_number ?? null, handedOverAt: handed, how }
}

function extensionOf(
  reading: Reading,
  { extended_at }: Given,
  dueBefore: Date | null,
  first: Date,
): Course['extension'] {
  const { extended_at: at, due_before_extension: before, due_at: due } = reading.cells
  if (!at && !before) return null
  if (!at) wrong(reading, 'extended_at', 'missing')
  if (!before) wrong(reading, 'due_before_extension', 'missing')
  if (!due) wrong(reading, 'due_at', 'missing')
  return extended_at && dueBefore ? { at: atHour(extended_at, OTHER, first), dueBefore } : null
}

const PAUSE = /^(supplement|obligation)\s+(.+?)\s*\.\.\s*(.*)$/u

function pausesOf(reading: Reading, first: Date): PastPause[] {
  const texts = (reading.cells.pauses ?? '').split(';').map(text => text.trim())
  return texts.filter(Boolean).flatMap(text => {
    const [, kind, begins = '', ends = ''] = PAUSE.exec(text) ?? []
    const from = parseInstant(begins)
    const to = ends === '' ? null : parseInstant(ends)
    if (!from || to === undefined) return wrong(reading, 'pauses', 'not-a-pause', text) ?? []
    const cause = kind === 'supplement' ? ('supplement' as const) : ('financial-obligation' as const)
    return { cause, from: atHour(from, RECEPTION, first), to: to && atHour(to, OTHER, first) }
  })
}

/** What came first is not later. A pause without an end lasts until a dossier is withdrawn or stopped. */
function checkOrder(reading: Reading, { receivedAt, dueAt, extension, pauses, end }: Course): void {
  const order = (column: keyof Cells, isRight: boolean) => isRight || wrong(reading, column, 'out-of-order')
  const isResult = 'handedOverAt' in end
  order(isResult ? 'ready_at' : 'ended_at', receivedAt <= end.at)
  order('due_at', dueAt === null || receivedAt <= dueAt)
  if (isResult) order('handed_over_at', end.at <= end.handedOverAt)
  if (extension) {
    order('extended_at', receivedAt <= extension.at && extension.at <= end.at)
    order('due_before_extension', receivedAt <= extension.dueBefore && dueAt !== null && extension.dueBefore < dueAt)
  }
  let before = receivedAt
  for (const [i, { from, to }] of pauses.entries()) {
    const mayStayOpen = !isResult && i === pauses.length - 1
    order('pauses', before <= from && (to ? from < to && to <= end.at : mayStayOpen && from <= end.at))
    before = to ?? end.at
  }
}
