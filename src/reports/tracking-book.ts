import { type LocalDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import { bookOrder, placeName } from '#src/dossiers/form-model.ts'
import type { BookForm, BookRow } from '#src/papers/statutory-form.ts'
import { dateText } from '#src/platform/text.ts'
import type { BookAgency, BookEntry, BookPart } from './tracking-book.query.ts'

const methods = { counter: 'Trực tiếp', post: 'Bưu chính', electronic: 'Trực tuyến' } as const

/** What the last column says: how a dossier ended without a result, or that it was extended with an apology. */
export function bookNote({ state, endReason, extendedTo }: BookEntry): string | null {
  const ends: Partial<Record<BookEntry['state'], string>> = { withdrawn: 'Rút hồ sơ', stopped: 'Dừng giải quyết' }
  const end = ends[state]
  const notes = [
    extendedTo && `Đã xin lỗi, hẹn lại ngày ${dateText(extendedTo)}`,
    end && (endReason ? `${end}: ${endReason}` : end),
  ]
  return notes.filter(Boolean).join('; ') || null
}

/** The line as the statutory form prints it; `order` counts the lines of the print. */
export function bookRow(entry: BookEntry, order: number): BookRow {
  return {
    order,
    code: entry.code,
    procedureName: entry.procedureName,
    setCount: entry.sets,
    applicantName: entry.applicantName,
    address: entry.address,
    phone: entry.phone,
    resolvingAgency: entry.resolvingAgency,
    receivedAt: entry.receivedAt,
    dueAt: entry.dueAt,
    forwardedAt: entry.forwardedAt,
    resultReceivedAt: entry.readyAt,
    returnedAt: entry.returnedAt,
    returnMethod: entry.returnMethod && methods[entry.returnMethod],
    collectedBy: entry.collector,
    note: bookNote(entry),
  }
}

/** Volume (quyển số, the month of reception) and order within it, as the receipt slip names them. */
export function bookPlace({ code, receivedAt }: BookEntry): { volume: string; order: string } {
  return bookOrder({ code }, receivedAt) ?? { volume: '', order: '' }
}

/** `07/2025` when the whole period lies in one month: one volume. */
export function volumeOf({ from, to }: { from: LocalDate; to: LocalDate }): string | null {
  const [year, month] = from.split('-')
  return to.startsWith(`${year}-${month}-`) ? `${month}/${year}` : null
}

export function bookForm(agency: BookAgency, part: BookPart, entries: readonly BookEntry[], at: Date): BookForm {
  return {
    superior: agency.isTop ? '' : (agency.parentName ?? ''),
    unit: agency.name,
    place: placeName(agency),
    at,
    number: null,
    code: null,
    trackingUrl: null,
    volume: volumeOf(part),
    from: startOfLocalDay(part.from),
    to: startOfLocalDay(part.to),
    rows: entries.map((entry, i) => bookRow(entry, i + 1)),
  }
}
