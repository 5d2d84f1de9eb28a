import { dateText } from '#src/platform/text.ts'
import { type Block, componentTable, line, longInstant, pair, para } from './form-block.ts'
import type { BookForm, BookRow, ControlForm, ControlHandOver, ControlParty } from './statutory-form.ts'

/** Empty pairs printed when nothing has been handed over yet, so that the slip can travel with the papers. */
const BLANK_PAIRS = 3

/** Control slip (05 of 2018, 06 of 2025): one pair of giver and receiver per hand-over. */
export function controlBlocks(form: ControlForm): Block[] {
  return [
    line('Nội dung hồ sơ', form.content, true),
    line('Người nộp hồ sơ', form.applicantName),
    line('Địa chỉ', form.applicantAddress),
    pair({ label: 'Số điện thoại', value: form.phone }, { label: 'Email', value: form.email }),
    line('Chủ hồ sơ', form.ownerName),
    line('Thời gian nhận hồ sơ', longInstant(form.receivedAt)),
    line('Thời gian giải quyết theo quy định', form.termText ?? 'không quy định'),
    line('Thời gian hẹn trả kết quả', form.dueAt ? longInstant(form.dueAt) : 'không quy định thời hạn', true),
    line('Cơ quan giải quyết', form.resolvingAgency),
    line('Cơ quan phối hợp', form.coordinatingAgencies.join('; ') || 'không có'),
    para(`Thành phần hồ sơ (${form.setCount} bộ):`),
    componentTable(form.components),
    para('Quá trình giao, nhận và giải quyết:'),
    {
      is: 'table',
      widths: [34, 36, 15, 15],
      head: [['Tên cơ quan', 'Thời gian giao, nhận', 'Kết quả giải quyết', 'Ghi chú'].map(text => ({ text }))],
      align: ['left', 'left', 'center', 'left'],
      rows: form.handOvers.length > 0 ? form.handOvers.map(handOverRow) : Array.from({ length: BLANK_PAIRS }, blankRow),
    },
    {
      is: 'note',
      text: 'Kết quả giải quyết của từng bước ghi: Trước hạn, Đúng hạn hoặc Quá hạn. Người giao và người nhận ký khi bàn giao bản giấy.',
    },
  ]
}

function handOverRow(row: ControlHandOver): string[] {
  return [
    `1. Giao: ${row.from.agency}\n2. Nhận: ${row.to.agency}`,
    `${row.at ? longInstant(row.at) : '… giờ … phút, ngày … tháng … năm …'}\nNgười giao: ${officer(row.from)}\n${takenBy(row)}`,
    row.result,
    row.note ?? '',
  ]
}

const takenBy = ({ to, takenAt }: ControlHandOver) =>
  takenAt ? `Nhận: ${longInstant(takenAt)}\nNgười nhận: ${officer(to)}` : `Người nhận: ${officer(to)}`

const officer = (party: ControlParty) => party.officer || '……………………'

const blankRow = () => handOverRow({ from: nobody, to: nobody, at: null, takenAt: null, result: '', note: null })
const nobody: ControlParty = { agency: '……………………', officer: null }

const dates = [
  'Nhận hồ sơ',
  'Hẹn trả kết quả',
  'Chuyển hồ sơ đến cơ quan giải quyết',
  'Nhận kết quả từ cơ quan giải quyết',
]
const returned = ['Ngày, tháng, năm', 'Phương thức nhận kết quả', 'Ký nhận']
const singles = [
  'TT',
  'Mã hồ sơ',
  'Tên thủ tục hành chính',
  'Số lượng hồ sơ (bộ)',
  'Tên cá nhân, tổ chức',
  'Địa chỉ, số điện thoại',
  'Cơ quan chủ trì giải quyết',
]

/** Tracking book (06 of 2018, 07 of 2025). */
export function bookBlocks(form: BookForm): Block[] {
  const volume = form.volume ? `Quyển số: ${form.volume}. ` : ''
  return [
    {
      is: 'para',
      center: true,
      runs: [`${volume}Từ ngày ${dateText(form.from)} đến ngày ${dateText(form.to)}. Số hồ sơ: ${form.rows.length}`],
    },
    {
      is: 'table',
      widths: [3, 12, 13, 5, 11, 13, 10, 7, 7, 7, 7, 7, 9, 9, 6],
      head: [
        [
          ...singles.map(text => ({ text, rowspan: 2 })),
          { text: 'Ngày, tháng, năm', colspan: dates.length },
          { text: 'Trả kết quả', colspan: returned.length },
          { text: 'Ghi chú', rowspan: 2 },
        ],
        [...dates, ...returned].map(text => ({ text })),
      ],
      numbered: true,
      align: bookAlign,
      rows: form.rows.map(bookRow),
      smaller: 2.5,
    },
  ]
}

const bookAlign = 'cllclllccccclll'.split('').map(letter => (letter === 'l' ? ('left' as const) : ('center' as const)))

function bookRow(row: BookRow): string[] {
  const day = (at: Date | null) => (at ? dateText(at) : '')
  return [
    String(row.order),
    // Broken after the agency's part: the column is too narrow for the whole code.
    row.code.replace('-', '-\n'),
    row.procedureName,
    String(row.setCount),
    row.applicantName,
    [row.address, row.phone].filter(Boolean).join('\n'),
    row.resolvingAgency,
    day(row.receivedAt),
    day(row.dueAt),
    day(row.forwardedAt),
    day(row.resultReceivedAt),
    day(row.returnedAt),
    row.returnMethod ?? '',
    row.collectedBy ?? '',
    row.note ?? '',
  ]
}
