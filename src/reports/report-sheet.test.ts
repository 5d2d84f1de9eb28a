import { readXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import { usualDefinitions } from '#src/periods/definition.ts'
import { LIST_HEAD_ROWS, listSheet } from './list-sheet.ts'
import type { Asked, ListKind, ReportRow, ReportTable } from './report.ts'
import { listCsv, reportCsv } from './report-csv.ts'
import { reportFileName, reportHeading } from './report-heading.ts'
import { reportSheet } from './report-sheet.ts'

const NOW = new Date('2026-06-20T09:00:00+07:00')
const asked: Asked = {
  from: '2026-03-15',
  to: '2026-06-14',
  asOf: null,
  begins: new Date('2026-03-15T00:00:00+07:00'),
  until: new Date('2026-06-15T00:00:00+07:00'),
  agency: { id: 1, code: 'H20', name: 'UBND tỉnh Đồng Tháp' },
  agencies: null,
  by: 'field',
  filters: {},
  definitions: usualDefinitions,
}
const kind = { key: 'mau', form: 'Biểu mẫu 01', title: ['Tình hình thử', 'A trial'] as const }
const heading = (at = NOW, above: string | null = null) =>
  reportHeading(kind, asked, { schemes: [], above, now: at }, ['Số hồ sơ', 'Dossiers'])

const table: ReportTable = {
  label: ['Lĩnh vực', 'Field'],
  labelNumber: '(2)',
  columns: [
    { key: 'all', head: ['Tổng số', 'Total'], groups: [['Tiếp nhận', 'Received']], number: '(3)', kind: 'count' },
    { key: 'rate', head: ['Tỷ lệ', 'Rate'], groups: [['Tiếp nhận', 'Received']], number: '(4)', kind: 'percent' },
    { key: 'day', head: ['Ngày', 'Day'], number: '(5)', kind: 'day' },
    { key: 'note', head: ['Ghi chú', 'Note'], kind: 'text' },
  ],
  rows: [
    {
      key: 'a',
      label: 'Hộ tịch',
      cells: { all: 12_345, rate: 59.7, day: new Date('2026-03-31T17:30:00Z'), note: '=1+1' },
    },
    { key: 'b', label: 'Đất đai', cells: { all: 0, rate: null, day: null, note: '+84 900', extra: 1 } },
  ],
  total: { key: '', label: 'Tổng cộng', cells: { all: 12_345, rate: 59.7, day: null, note: null } },
  notes: [['Chỉ là thử.', 'Only a trial.']],
}

describe('the spreadsheet of a report', () => {
  test('says in every cell what the report says, under the heads of the form', async () => {
    const [sheet] = (await readXlsx(await reportSheet(table, heading(), NOW))).sheets
    expect(sheet?.rows.slice(7, 13)).toEqual([
      ['TT', 'Lĩnh vực', 'Tiếp nhận', null, 'Ngày', 'Ghi chú'],
      [null, null, 'Tổng số', 'Tỷ lệ', null, null],
      ['(1)', '(2)', '(3)', '(4)', '(5)', ''],
      ['1', 'Hộ tịch', 12_345, 0.597, new Date('2026-04-01T00:00:00Z'), '=1+1'],
      ['2', 'Đất đai', 0, null, null, '+84 900'],
      [null, 'Tổng cộng', 12_345, 0.597, null, null],
    ])
    expect(sheet?.rows.slice(3, 7).map(row => row[0])).toEqual([
      'TÌNH HÌNH THỬ',
      'Kỳ báo cáo: Từ ngày 15/03/2026 đến ngày 14/06/2026',
      '',
      'Đơn vị tính: Số hồ sơ',
    ])
    expect(sheet?.rows[0]).toEqual(['Biểu mẫu 01', null, null, null, 'Đơn vị báo cáo: UBND tỉnh Đồng Tháp', null])
    expect(sheet?.rows[1]?.[4]).toBe('Đơn vị nhận báo cáo: Văn phòng Chính phủ')
    expect(sheet?.rows[13]?.[0]).toBe('Chỉ là thử.')
    expect(sheet?.rows.slice(15).map(row => [row[0], row[3]])).toEqual([
      ['', '……, ngày 20 tháng 06 năm 2026'],
      ['Người lập báo cáo', 'Thủ trưởng đơn vị'],
      ['(Ký, ghi rõ họ tên)', '(Ký, ghi rõ họ tên, đóng dấu)'],
    ])
  })

  test('has the heads merged, frozen and repeated, A4 across, numbers with their formats and the total bold', async () => {
    const bytes = await reportSheet(table, heading(), NOW)
    const [sheet] = (await readXlsx(bytes, { readStyles: true })).sheets
    const merged = sheet?.merges?.map(({ startRow, startCol, endRow, endCol }) => [startRow, startCol, endRow, endCol])
    expect(merged).toEqual(
      expect.arrayContaining([
        [7, 0, 8, 0],
        [7, 1, 8, 1],
        [7, 2, 7, 3],
        [7, 4, 8, 4],
        [3, 0, 3, 5],
      ]),
    )
    expect(sheet?.freezePane).toEqual({ rows: 10, columns: 2 })
    expect(sheet?.pageSetup).toMatchObject({
      ...{ paperSize: 'a4', orientation: 'landscape', fitToWidth: 1, fitToHeight: 0, printTitlesRow: '$8:$10' },
    })
    const style = (at: string) => sheet?.cells?.get(at)?.style
    expect(style('10,2')).toMatchObject({ numFmt: '#,##0', alignment: { horizontal: 'right' } })
    expect(style('10,3')?.numFmt).toBe('0.0#%')
    expect(style('10,4')?.numFmt).toBe('dd/mm/yyyy')
    expect(style('12,2')?.font?.bold).toBe(true)
    expect(style('8,3')?.border?.bottom?.style).toBe('thin')
    expect(style('7,3')?.border?.top?.style).toBe('thin')
  })

  test('names the agency above as the one it is sent to, and the instant while the period lasts', () => {
    const early = heading(new Date('2026-05-01T08:00:00+07:00'), 'UBND tỉnh')
    expect(early).toMatchObject({ receiver: 'UBND tỉnh', asOf: 'Số liệu tính đến 08:00 01/05/2026' })
    expect(heading().asOf).toBe('')
  })

  test('is called by its report and period, and by its agency unless that is the province', () => {
    expect(reportFileName(kind, asked, 'xlsx')).toBe('bao-cao-mau-2026-03-15_2026-06-14.xlsx')
    expect(reportFileName(kind, { ...asked, agencies: [1] }, 'csv')).toBe('bao-cao-mau-H20-2026-03-15_2026-06-14.csv')
  })
})

describe('CSV', () => {
  test('begins with the mark of UTF-8, has one line of heads and runs no formula when it is opened', () => {
    expect(reportCsv(table)).toBe(
      [
        '\uFEFFLĩnh vực,Tiếp nhận – Tổng số,Tiếp nhận – Tỷ lệ,Ngày,Ghi chú',
        "Hộ tịch,12345,59.7,2026-04-01,'=1+1",
        "Đất đai,0,,,'+84 900",
        'Tổng cộng,12345,59.7,,',
        '',
      ].join('\r\n'),
    )
  })

  test.each(['=1', '+1', '-1', '@A1', '\tx'])('makes text of a name that begins like %j', label => {
    const rows = [{ key: 'a', label, cells: {} }]
    expect(reportCsv({ label: ['Tên', 'Name'], columns: [], rows, total: null })).toContain(`'${label}`)
  })
})

const list: ListKind = {
  ...{ shape: 'list', key: 'ds', title: ['Danh sách thử', 'A list'], about: ['', ''], group: 'work', roles: [] },
  label: ['Mã hồ sơ', 'Dossier'],
  columns: [
    { key: 'n', head: ['Số', 'Number'], kind: 'count' },
    { key: 'at', head: ['Lúc', 'At'], kind: 'instant' },
  ],
  page: async () => ({ rows: [], next: null }),
  count: async () => 0,
}

async function* batches(): AsyncGenerator<readonly ReportRow[]> {
  for (let i = 0; i < 3; i += 1) {
    yield [0, 1].map(j => ({
      key: `${i}${j}`,
      label: `H20-${i}${j}`,
      cells: { n: i * 2 + j, at: new Date('2026-03-02T09:00:00+07:00') },
    }))
  }
}

async function gather(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const part of parts) all.push(part)
  return Buffer.concat(all)
}

describe('a long list', () => {
  test('as a spreadsheet has every row of every batch in order', async () => {
    const bytes = await gather(listSheet(list, heading(), batches()) as unknown as AsyncIterable<Uint8Array>)
    const [sheet] = (await readXlsx(bytes)).sheets
    expect(sheet?.rows[LIST_HEAD_ROWS - 1]).toEqual(['Mã hồ sơ', 'Số', 'Lúc'])
    const rows = sheet?.rows.slice(LIST_HEAD_ROWS) ?? []
    expect(rows.map(row => row[1])).toEqual([0, 1, 2, 3, 4, 5])
    expect(rows[5]).toEqual(['H20-21', 5, new Date('2026-03-02T09:00:00Z')])
  })

  test('as CSV has its head once', async () => {
    const text = Buffer.from(await gather(listCsv(list, batches()))).toString()
    const lines = text.trimEnd().split('\r\n')
    expect(lines).toHaveLength(7)
    expect(lines[0]).toBe('\uFEFFMã hồ sơ,Số,Lúc')
    expect(lines[6]).toBe('H20-21,5,2026-03-02T09:00:00+07:00')
  })
})
