import { writeXlsxStream } from 'hucre/xlsx'
import { localDate, startOfLocalDay } from '#src/calendar/local-date.ts'
import { type BookEntry, bookRow } from '#src/dossiers/book-row.ts'
import { formCitation, formTitle } from '#src/papers/statutory-form.ts'
import { dateText } from '#src/platform/text.ts'
import type { BookAgency, BookPart } from './tracking-book.query.ts'
import { bookPlace, volumeOf } from './tracking-book.ts'

const text = { style: { alignment: { wrapText: true, vertical: 'top' } } } as const
const day = {
  width: 12,
  numFmt: 'dd/mm/yyyy',
  style: { alignment: { wrapText: true, vertical: 'top', horizontal: 'center' } },
} as const

/** Heads as the form has them; the last two name the line as the receipt slip does. */
const columns: { head: string; group?: string; format: object }[] = [
  // Not wrapped: the title lines begin in this column and run over the empty ones beside it.
  { head: 'TT', format: { width: 6, style: { alignment: { vertical: 'top' } } } },
  { head: 'Mã hồ sơ', format: { width: 26, ...text } },
  { head: 'Tên thủ tục hành chính', format: { width: 42, ...text } },
  { head: 'Số lượng hồ sơ (bộ)', format: { width: 10, ...text } },
  { head: 'Tên cá nhân, tổ chức', format: { width: 28, ...text } },
  { head: 'Địa chỉ, số điện thoại', format: { width: 36, ...text } },
  { head: 'Cơ quan chủ trì giải quyết', format: { width: 26, ...text } },
  { head: 'Nhận hồ sơ', group: 'Ngày, tháng, năm', format: day },
  { head: 'Hẹn trả kết quả', format: day },
  { head: 'Chuyển hồ sơ đến cơ quan giải quyết', format: { ...day, width: 16 } },
  { head: 'Nhận kết quả từ cơ quan giải quyết', format: { ...day, width: 16 } },
  { head: 'Ngày, tháng, năm', group: 'Trả kết quả', format: day },
  { head: 'Phương thức nhận kết quả', format: { width: 16, ...text } },
  { head: 'Ký nhận', format: { width: 24, ...text } },
  { head: 'Ghi chú', format: { width: 32, ...text } },
  { head: 'Quyển số', group: 'Như ghi trên giấy tiếp nhận', format: { width: 10, ...text } },
  { head: 'Số thứ tự', format: { width: 14, ...text } },
]

export const HEAD_ROWS = 6

/** The tracking book as a spreadsheet, written while it is read: memory does not grow with its length. */
export function bookSheet(
  { agency, part }: { agency: BookAgency; part: BookPart },
  batches: AsyncIterable<BookEntry[]>,
): ReadableStream<Uint8Array> {
  return writeXlsxStream(sheetRows(agency, part, batches), {
    name: 'Sổ theo dõi',
    columns: columns.map(({ format }) => format),
    freezePane: { rows: HEAD_ROWS, columns: 2 },
  })
}

type Cell = string | number | Date | null

async function* sheetRows(
  agency: BookAgency,
  part: BookPart,
  batches: AsyncIterable<BookEntry[]>,
): AsyncGenerator<Cell[]> {
  yield [formTitle(part.formSet, 'book').toUpperCase()]
  yield [`${agency.name} · ${formCitation(part.formSet, 'book')}`]
  yield [periodText(part)]
  yield columns.map(({ group }) => group ?? null)
  yield columns.map(({ head }) => head)
  yield columns.map((_, i) => `(${i + 1})`)
  let order = 0
  for await (const batch of batches) {
    for (const entry of batch) {
      order += 1
      yield sheetRow(entry, order)
    }
  }
}

function periodText(part: BookPart): string {
  const volume = volumeOf(part)
  const days = `Từ ngày ${dateText(startOfLocalDay(part.from))} đến ngày ${dateText(startOfLocalDay(part.to))}`
  return volume ? `Quyển số: ${volume}. ${days}` : days
}

function sheetRow(entry: BookEntry, order: number): Cell[] {
  const row = bookRow(entry, order)
  const { volume, order: orderInVolume } = bookPlace(entry)
  return [
    order,
    row.code,
    row.procedureName,
    row.setCount,
    row.applicantName,
    [row.address, row.phone].filter(Boolean).join('\n'),
    row.resolvingAgency,
    dayCell(row.receivedAt),
    dayCell(row.dueAt),
    dayCell(row.forwardedAt),
    dayCell(row.resultReceivedAt),
    dayCell(row.returnedAt),
    row.returnMethod,
    row.collectedBy,
    row.note,
    volume,
    orderInVolume,
  ]
}

/** A spreadsheet's days have no zone: midnight UTC of the local date is that date in every office. */
function dayCell(at: Date | null): Date | null {
  return at && new Date(`${localDate(at)}T00:00:00Z`)
}
