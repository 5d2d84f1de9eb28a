import type { BookRow } from '#src/papers/statutory-form.ts'
import { dateText, wallClock } from '#src/platform/text.ts'
import type { Dossier, State } from './dossier.ts'
import type { ReadDossier } from './dossier-page.query.ts'

/** One line of the tracking book (sổ theo dõi hồ sơ): a dossier from its reception to the return of the result. */
export type BookEntry = {
  id: number
  code: string
  procedureName: string
  sets: number
  applicantName: string
  address: string | null
  phone: string | null
  resolvingAgency: string
  receivedAt: Date
  dueAt: Date | null
  forwardedAt: Date | null
  readyAt: Date | null
  returnedAt: Date | null
  returnMethod: 'counter' | 'post' | 'electronic' | null
  collector: string | null
  state: State
  endReason: string | null
  extendedTo: Date | null
}

const methods = { counter: 'Trực tiếp', post: 'Bưu chính', electronic: 'Trực tuyến' } as const

/** What the last column says: how a dossier ended without a result, or that it was extended with an apology. */
function bookNote({ state, endReason, extendedTo }: BookEntry): string | null {
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

/** The volume is the month of reception, the order the day and number in the code. */
export function bookOrder({ code }: Pick<Dossier, 'code'>, receivedAt: Date) {
  const order = /-(\d{6}-\d+)$/u.exec(code ?? '')?.[1]
  const { month, year } = wallClock(receivedAt)
  return order ? { volume: `${String(month).padStart(2, '0')}/${year}`, order } : null
}

/** The line of one dossier, as its own page knows it. Throws when it has not been received. */
export function bookEntryOf({ dossier: d, procedure, competent }: ReadDossier): BookEntry {
  if (!d.code || !d.receivedAt) throw new Error(`dossier ${d.id} is in no book`)
  return {
    id: d.id,
    code: d.code,
    procedureName: procedure.name,
    sets: d.sets,
    applicantName: d.applicant.name,
    address: d.applicant.address ?? null,
    phone: d.applicant.phone,
    resolvingAgency: competent.name,
    receivedAt: d.receivedAt,
    dueAt: d.dueAt,
    forwardedAt: d.transfers.at(-1)?.at ?? null,
    readyAt: d.readyAt,
    returnedAt: d.handOver?.at ?? null,
    returnMethod: d.handOver?.method ?? null,
    collector: d.handOver?.collector ?? null,
    state: d.state,
    endReason: d.endReason,
    extendedTo: d.extendedTo,
  }
}
