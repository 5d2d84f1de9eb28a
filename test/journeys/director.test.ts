import { randomUUID } from 'node:crypto'
import { readXlsx, type Sheet } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { submitDossier } from '#src/casework/submit-dossier.ts'
import type { Citizen } from '#src/platform/ctx.ts'
import { fileAt, main, press, told } from '#test/support/desk-hands.ts'
import { type Journey, startJourney } from '#test/support/journey.ts'
import { advanceTo, birthIntake, command } from '#test/support/office.ts'

let journey: Journey
let overdue: string
beforeAll(async () => {
  journey = await startJourney('2026-02-10T09:00:00+07:00')
  overdue = await lifeOfAMonth()
})
afterAll(() => journey.end())

const on = (instant: string) => journey.office.clock.set(`${instant}:00+07:00`)
const receive = async (change = {}) =>
  (await receiveDossier(journey.office.as('intake'), birthIntake(change), randomUUID())).code as string

/**
 * Births, due a working day after they are received, and a permit, due after fifteen. The national month of March 2026 is from 15
 * February to 14 March. Answers the one that is still open and overdue.
 */
async function lifeOfAMonth(): Promise<string> {
  const { office } = journey
  const carried = await receive()
  on('2026-02-24T09:00')
  await advanceTo(office, carried, 'result-ready')
  on('2026-03-02T09:00')
  const [early, onTime, late, withdrawn] = [await receive(), await receive(), await receive(), await receive()]
  await advanceTo(office, early, 'closed')
  await command(office.as('intake'), withdrawn, 'withdraw', { reason: 'Theo đề nghị của người nộp' })
  on('2026-03-03T08:40')
  await advanceTo(office, onTime, 'result-ready')
  on('2026-03-03T10:00')
  await advanceTo(office, late, 'result-ready')
  on('2026-03-05T14:00')
  const open = await receive()
  on('2026-03-12T15:00')
  await receive({
    procedure: '1.009994',
    components: [
      { code: 'C1', originals: 1 },
      { code: 'C2', originals: 1 },
    ],
  })
  const { name, idNumber, phone } = office.citizen.actor as Citizen
  const intake = birthIntake({
    channel: 'online',
    applicant: { kind: 'citizen', name, idNumber, phone, address: 'Ấp 2' },
  })
  const submitted = await submitDossier(office.citizen, { ...intake, receivingPoint: 'H20.101' }, randomUUID())
  await command(office.as('intake'), submitted.code, 'receive', {})
  await advanceTo(office, submitted.code, 'result-ready')
  on('2026-03-16T08:00')
  return open
}

/** Form II.06a of March by field: (3) to (13), as one counts them on one's fingers from the life above. */
const march = {
  births: [7, 1, 5, 1, 6, 2, 2, 2, 1, 0, 1],
  permits: [1, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0],
  total: [8, 1, 6, 1, 6, 2, 2, 2, 2, 1, 1],
}

test('the director finds what is late, takes form II.06a away as a spreadsheet and seals the month', async () => {
  const page = await journey.signedIn('director')

  await page.goto('/dieu-hanh')
  expect(await told(page)).toContain('Đang quá hạn')
  await main(page)
    .getByRole('link', { name: /Đang quá hạn/u })
    .first()
    .click()
  await main(page).getByRole('link', { name: overdue }).first().click()
  await page.waitForURL(`**/ho-so/${overdue}`)
  expect(await told(page)).toContain('Quá hạn')

  await page.goto('/bao-cao')
  await press(page, 'Tình hình, kết quả giải quyết thủ tục hành chính')
  await press(page, 'Tháng 3/2026 15/02 – 14/03/2026')
  await page.waitForURL('**/bao-cao/ii06a?*')
  const line = main(page).locator('table tr', { hasText: 'Tổng cộng' })
  expect((await line.locator('td').allTextContents()).slice(-11).map(Number)).toEqual(march.total)

  await main(page).getByRole('link', { name: '2', exact: true }).last().click()
  expect(await told(page)).toContain('2 hồ sơ')
  await page.goBack()

  const href = await main(page)
    .getByRole('link', { name: /Bảng tính/u })
    .getAttribute('href')
  const { name, bytes } = await fileAt(page, href as string)
  expect(name).toContain('bao-cao-ii06a-2026-02-15_2026-03-14.xlsx')
  checkSheet((await readXlsx(bytes)).sheets[0])

  await press(page, 'Chốt số liệu')
  await press(page, 'Chốt số liệu')
  const sealed = await told(page)
  expect(sealed).toMatch(/[0-9a-f]{64}/u)
  expect(sealed).toContain('Nguyên vẹn')

  // Much later the dossier gets its result, and March stays what it was.
  on('2026-03-16T16:00')
  await advanceTo(journey.office, overdue, 'result-ready')
  await page.reload()
  expect(await told(page)).toContain('Nguyên vẹn')
  const kept = await main(page)
    .getByRole('link', { name: /Bảng tính/u })
    .getAttribute('href')
  checkSheet((await readXlsx((await fileAt(page, kept as string)).bytes)).sheets[0])
})

/** Every cell of the file that says something, by its name: whose report it is, of what period, under which heads, the numbers, who signs. */
function checkSheet(sheet: Sheet | undefined): void {
  const said = (sheet?.rows ?? []).flatMap((row, i) =>
    row.flatMap((cell, j) => (cell === null || cell === '' ? [] : [[`${'ABCDEFGHIJKLM'[j]}${i + 1}`, cell] as const])),
  )
  const line = (row: number, first: string, cells: readonly unknown[]) =>
    cells.map((cell, i) => [`${String.fromCharCode(first.charCodeAt(0) + i)}${row}`, cell] as const)
  const numbers = ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)', '(8)', '(9)', '(10)', '(11)', '(12)', '(13)']
  const expected = [
    ['A1', 'Biểu II.06a/VPCP/KSTT'],
    ['J1', 'Đơn vị báo cáo: UBND tỉnh Đồng Tháp'],
    ['J2', 'Đơn vị nhận báo cáo: Văn phòng Chính phủ'],
    ['A4', 'TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH'],
    ['A5', 'Kỳ báo cáo: Tháng 3/2026 (Từ ngày 15/02/2026 đến ngày 14/03/2026)'],
    ['A7', 'Đơn vị tính: Số hồ sơ TTHC'],
    ...line(8, 'A', ['TT', 'Lĩnh vực, công việc giải quyết theo cấp', 'Số lượng hồ sơ tiếp nhận']),
    ...line(8, 'G', ['Số lượng hồ sơ đã giải quyết']),
    ...line(8, 'K', ['Số lượng hồ sơ đang giải quyết']),
    ...line(9, 'C', ['Tổng số', 'Trong kỳ']),
    ...line(9, 'F', ['Từ kỳ trước', 'Tổng số', 'Trước hạn', 'Đúng hạn', 'Quá hạn', 'Tổng số', 'Trong hạn', 'Quá hạn']),
    ...line(10, 'D', ['Trực tuyến', 'Trực tiếp, dịch vụ bưu chính']),
    ...line(11, 'A', numbers),
    ...line(12, 'A', ['1', 'Hoạt động xây dựng', ...march.permits]),
    ...line(13, 'A', ['2', 'Hộ tịch', ...march.births]),
    ...line(14, 'B', ['Tổng cộng', ...march.total]),
    ['A17', 'Người lập báo cáo'],
    ['A18', '(Ký, ghi rõ họ tên)'],
    ['H16', expect.stringMatching(/^……, ngày \d\d tháng 03 năm 2026$/u)],
    ['H17', 'Thủ trưởng đơn vị'],
    ['H18', '(Ký, ghi rõ họ tên, đóng dấu)'],
  ]
  expect(Object.fromEntries(said)).toEqual(Object.fromEntries(expected))
}
