import { readXlsx } from 'hucre/xlsx'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { fileAt, main, press, printAll, printed, take, told } from '#test/support/desk-hands.ts'
import { type Journey, startJourney } from '#test/support/journey.ts'
import { advanceTo, receiveBirth } from '#test/support/office.ts'

/** Every statutory form leaves the printer: which exist depends on what became of the dossier, which set on when it came in. */
let journey: Journey
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(await journey.screens())
})

const received = async () => (await receiveBirth(journey.office.as('intake'))).code as string

describe('since 1 July 2025', () => {
  beforeAll(async () => {
    journey = await startJourney()
  })
  afterAll(() => journey.end())

  test('a refusal at the counter prints form 03 with its reason, and no number is used up', async () => {
    const page = await atTheCounter()
    await page.getByText('Không thuộc phạm vi: từ chối tiếp nhận').click()
    await page.getByLabel('Lý do từ chối').fill('Trẻ đã được đăng ký khai sinh tại xã Tân Long')
    await press(page, 'Từ chối tiếp nhận')
    const ref = /\/ho-so\/(D\d+)/u.exec(page.url())?.[1] ?? ''
    const forms = await printAll(page, ref)
    expect([...forms.keys()]).toEqual(['03'])
    expect(forms.get('03')).toContain('PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ')
    expect(forms.get('03')).toContain('Trẻ đã được đăng ký khai sinh tại xã Tân Long')
    expect(await received()).toMatch(/-0001$/u)
  })

  test('papers missing at the counter print form 02 before any clock runs', async () => {
    const page = await atTheCounter()
    await page.getByText('Hồ sơ còn thiếu: yêu cầu bổ sung').click()
    await page.getByLabel('Giấy chứng sinh', { exact: true }).check()
    await page.getByLabel('Lý do yêu cầu bổ sung').fill('Chưa có giấy chứng sinh')
    await press(page, 'Yêu cầu bổ sung')
    expect(await told(page)).toContain('Chưa tính thời hạn')
    const forms = await printAll(page, /\/ho-so\/([^/?]+)/u.exec(page.url())?.[1] ?? '')
    expect([...forms.keys()]).toEqual(['02'])
    expect(forms.get('02')).toContain('Chưa có giấy chứng sinh')
  })

  test('an apology prints form 04 with the new date, and moves the control slip to 06', async () => {
    const code = await received()
    const page = await journey.signedIn('leader')
    await take(page, code, 'Xin lỗi, gia hạn', async () => {
      await page.getByLabel('Ngày hẹn lại').fill('2026-03-06')
      await page.getByLabel('Lý do').fill('Chờ xác minh nơi cư trú')
    })
    const forms = await printAll(page, code)
    expect([...forms.keys()]).toEqual(['01', '04', '06', '07'])
    expect(forms.get('04')).toContain('VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT')
    expect(forms.get('04')).toContain('17 giờ 00 phút, ngày 06 tháng 3 năm 2026')
    expect(forms.get('06')).toContain('Mẫu số 06 – Thông tư số 03/2025/TT-VPCP')
  })

  test('a stop prints form 05 with its legal ground', async () => {
    const code = await received()
    const page = await journey.signedIn('leader')
    await take(page, code, 'Dừng giải quyết', async () => {
      await page.getByLabel('Lý do').fill('Có tranh chấp đang được tòa án giải quyết')
      await page.getByLabel('Căn cứ pháp lý').fill('Điều 9 Luật Hộ tịch')
    })
    const forms = await printAll(page, code)
    expect([...forms.keys()]).toEqual(['01', '05', '06', '07'])
    expect(forms.get('05')).toContain('THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ')
    expect(forms.get('05')).toContain('Điều 9 Luật Hộ tịch')
  })

  test('the tracking book is form 07, on paper and as a spreadsheet, with the dossiers of the period', async () => {
    const code = await received()
    const { paper, sheet } = await book(await journey.signedIn('intake'), '2026-03-01', '2026-03-31')
    expect(paper).toContain('Mẫu số 07 – Thông tư số 03/2025/TT-VPCP')
    expect(joined(paper)).toContain(code)
    expect(sheet).toContain(code)
  })
})

describe('received before 1 July 2025', () => {
  beforeAll(async () => {
    journey = await startJourney('2025-06-30T09:00:00+07:00')
  })
  afterAll(() => journey.end())
  let code = ''

  test('the dossier keeps the set of 2018, whatever happens to it later', async () => {
    code = await received()
    await advanceTo(journey.office, code, 'in-process')
    journey.office.clock.set('2025-07-01T08:00:00+07:00')
    const page = await journey.signedIn('leader')
    await take(page, code, 'Xin lỗi, gia hạn', async () => {
      await page.getByLabel('Ngày hẹn lại').fill('2025-07-03')
      await page.getByLabel('Lý do').fill('Chuyển giao cơ quan')
    })
    const forms = await printAll(page, code)
    expect([...forms.keys()]).toEqual(['01', '04', '05', '06'])
    for (const [number, text] of forms) expect(text).toContain(`Mẫu số ${number} – Thông tư số 01/2018/TT-VPCP`)
    expect(forms.get('04')).toContain('PHIẾU XIN LỖI')
    expect(forms.get('05')).toContain('PHIẾU KIỂM SOÁT')
  })

  test('its tracking book is form 06, and a period across the change is two books', async () => {
    journey.office.clock.set('2025-07-01T10:00:00+07:00')
    const later = await received()
    const page = await journey.signedIn('intake')
    const { paper, sheet } = await book(page, '2025-06-01', '2025-06-30')
    expect(paper).toContain('Mẫu số 06 – Thông tư số 01/2018/TT-VPCP')
    for (const text of [joined(paper), sheet]) {
      expect(text).toContain(code)
      expect(text).not.toContain(later)
    }
    await page.goto('/so-theo-doi?from=2025-06-30&to=2025-07-01')
    expect(await told(page)).toContain('hai phần vì mẫu sổ đổi trong kỳ')
    expect(await main(page).getByRole('link', { name: 'PDF' }).count()).toBe(2)
  })
})

/** A narrow column breaks a code where it has a hyphen. */
const joined = (text: string) => text.replaceAll(' ', '')

async function atTheCounter(): Promise<Page> {
  const page = await journey.signedIn('intake')
  await page.goto('/tiep-nhan?thu-tuc=1.001193')
  await page.getByLabel('Số định danh (bắt buộc)').fill('087190001234')
  await page.getByLabel('Họ và tên (bắt buộc)').fill('Nguyễn Thị Sen')
  await page.getByLabel('Số điện thoại').fill('0912345678')
  return page
}

/** The book of a period as its page offers it: the words on paper, and every cell of the sheet. */
async function book(page: Page, from: string, to: string): Promise<{ paper: string; sheet: string }> {
  await page.goto('/so-theo-doi')
  await page.getByLabel('Tiếp nhận từ ngày').fill(from)
  await page.getByLabel('Tiếp nhận đến ngày').fill(to)
  await press(page, 'Xem sổ')
  const hrefOf = async (name: string) => (await main(page).getByRole('link', { name }).getAttribute('href')) ?? ''
  const { bytes } = await fileAt(page, await hrefOf('xlsx'))
  const { sheets } = await readXlsx(new Uint8Array(bytes))
  return { paper: await printed(page, await hrefOf('PDF')), sheet: JSON.stringify(sheets) }
}
