import { type LocalDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import { type BookEntry, bookOrder, bookRow } from '#src/dossiers/book-row.ts'
import { placeName } from '#src/forms/form-model.ts'
import type { BookForm } from '#src/papers/statutory-form.ts'
import type { BookAgency, BookPart } from './tracking-book.query.ts'

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
    trackingSecret: null,
    volume: volumeOf(part),
    from: startOfLocalDay(part.from),
    to: startOfLocalDay(part.to),
    rows: entries.map((entry, i) => bookRow(entry, i + 1)),
  }
}
