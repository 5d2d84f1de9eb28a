import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { choose, main, press, printAll, printed, scanQr, take, told } from '#test/support/desk-hands.ts'
import { type Journey, signIn, startJourney } from '#test/support/journey.ts'

/** The main job of the house, once with script and once without: every step must be possible both ways. */
let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(await journey.screens())
})
afterAll(() => journey.end())

/** 2 March 2026 is a Monday; the term of a birth registration is one working day, counted by the hour. */
const at = (time: string) => journey.office.clock.set(`2026-03-${time}:00+07:00`)

describe.each([
  ['with script', true],
  ['without script', false],
])('a birth registration from the door to the result, %s', (_, javaScriptEnabled) => {
  const officers = new Map<string, Page>()
  let citizen: Page
  let code = ''
  /** The officer's screen with the work list, signed in for the day. */
  const officer = async (username: string) => {
    const page = officers.get(username) as Page
    await signIn(page, username)
    return page
  }

  beforeAll(async () => {
    for (const username of ['intake', 'leader', 'specialist', 'clerk']) {
      officers.set(username, await journey.visitor({ javaScriptEnabled }))
    }
    citizen = await journey.visitor({ javaScriptEnabled, viewport: { width: 390, height: 800 } })
  })

  test('goes through every hand, and its deadline moves by exactly the pause', async () => {
    at('02T09:00')
    const desk = await officer('intake')
    code = await receive(desk)
    await printSlip(desk, code)
    await scanSlip(desk, citizen)
    at('02T09:40')
    await assign(await officer('leader'), code)
    at('02T10:30')
    await askForSupplement(await officer('specialist'), code)
    at('03T15:00')
    await readAtHome(citizen)
    at('04T14:20')
    await bringSupplement(await officer('intake'), code)
    await resumed(await officer('specialist'), citizen, code)
    at('04T16:00')
    await appraise(await officer('specialist'), code)
    at('05T08:00')
    await approve(await officer('leader'), code)
    at('05T10:00')
    await issue(await officer('clerk'), code)
    at('06T08:15')
    await handOver(await officer('intake'), code)
    await readTheEnd(citizen)
  }, 60_000)

  test('leaves its slip, its request for a supplement and its control slip to print', async () => {
    const forms = await printAll(await officer('intake'), code)
    expect([...forms.keys()]).toEqual(['01', '02', '06', '07'])
    for (const [number, text] of forms) expect(text, number).toContain(code)
    expect(forms.get('02')).toContain('Giấy chứng sinh')
    expect(forms.get('06')).toContain('Cán bộ specialist')
  })
})

async function receive(page: Page): Promise<string> {
  await press(page, 'Tiếp nhận hồ sơ mới')
  await main(page).getByRole('searchbox').fill('khai sinh')
  await page.keyboard.press('Enter')
  await main(page).locator('#found').getByRole('link', { name: 'Đăng ký khai sinh' }).click()
  await page.getByLabel('Số định danh (bắt buộc)').fill('087 190 001 234')
  await page.getByLabel('Họ và tên (bắt buộc)').fill('Nguyễn Thị Sen')
  await page.getByLabel('Số điện thoại').fill('0912 345 678')
  await page.getByLabel('Địa chỉ', { exact: true }).fill('Ấp Tân Đông A')
  expect(await page.getByLabel('Bản chính: Giấy chứng sinh').inputValue()).toBe('1')
  await page.getByLabel('Photo: Giấy chứng sinh').fill('2')
  await press(page, 'Tiếp nhận và in giấy hẹn')
  const code = await largeCode(page)
  expect(code).toMatch(/^H20\.101-260302-\d{4}$/u)
  expect(await told(page)).toContain('09:00 03/03/2026 (còn 1 ngày)')
  return code
}

const largeCode = async (page: Page) => (await page.locator('.code-large').textContent()) ?? ''

async function printSlip(page: Page, code: string): Promise<void> {
  const slip = main(page).getByRole('link', { name: 'In giấy hẹn' })
  const text = await printed(page, (await slip.getAttribute('href')) ?? '')
  for (const part of [code, 'NGUYỄN THỊ SEN', '09 giờ 00 phút, ngày 03 tháng 3 năm 2026']) {
    expect(text.toUpperCase()).toContain(part.toUpperCase())
  }
}

async function scanSlip(page: Page, citizen: Page): Promise<void> {
  const address = await scanQr(page)
  const secret = await main(page).locator('code').textContent()
  expect(address).toBe(`${journey.base}/tra-cuu/${await largeCode(page)}?m=${secret}`)
  await citizen.goto(address)
  expect(await told(citizen)).toContain('Hồ sơ đã được tiếp nhận')
}

async function assign(page: Page, code: string): Promise<void> {
  await main(page).getByRole('link', { name: code }).click()
  await press(page, 'Phân công')
  await page.getByLabel('Cán bộ specialist', { exact: true }).check()
  await page.getByLabel('Ý kiến chỉ đạo').fill('Ưu tiên giải quyết')
  await press(page, 'Phân công')
  expect(await told(page)).toContain('Đã ghi nhận: Phân công')
}

async function askForSupplement(page: Page, code: string): Promise<void> {
  await take(page, code, 'Yêu cầu bổ sung', async () => {
    await page.getByLabel('Giấy chứng sinh', { exact: true }).check()
    await page.getByLabel('Ghi chú: Giấy chứng sinh').fill('bản chụp bị mờ')
    await page.getByLabel('Lý do').fill('Không đọc được ngày sinh')
    await page.getByLabel('Đề nghị bổ sung trước ngày').fill('2026-03-06')
  })
  expect(await told(page)).toContain('Tạm dừng; hạn trước khi dừng 09:00 03/03/2026')
}

async function readAtHome(citizen: Page): Promise<void> {
  await citizen.reload()
  const text = await told(citizen)
  for (const part of [
    'Tạm dừng',
    'Giấy chứng sinh: bản chụp bị mờ',
    'Không đọc được ngày sinh',
    'chậm nhất thứ Sáu, 06/03/2026',
  ]) {
    expect(text).toContain(part)
  }
  expect(text).not.toContain('Quá hạn')
}

async function bringSupplement(page: Page, code: string): Promise<void> {
  await main(page).getByRole('searchbox').fill('nguyen thi sen')
  await page.keyboard.press('Enter')
  await main(page).getByRole('link', { name: code }).click()
  await press(page, 'Nhận bổ sung')
  expect(await told(page)).toContain('Giấy chứng sinh: bản chụp bị mờ')
  expect(await page.getByLabel('Bản chính: Giấy chứng sinh').inputValue()).toBe('1')
  expect(await page.getByLabel('Photo: Giấy chứng sinh').inputValue()).toBe('2')
  await press(page, 'Nhận bổ sung')
}

/** Paused from Monday 10:30 to Wednesday 14:20: 18 hours 20 minutes of office time. Tuesday 09:00 and as much is Thursday 11:20. */
async function resumed(page: Page, citizen: Page, code: string): Promise<void> {
  await page.goto(`/ho-so/${code}`)
  const text = await told(page)
  expect(text).toContain('Hạn trả 11:20 05/03/2026')
  expect(text).toContain('Hạn ban đầu: 09:00 03/03/2026')
  expect(text).toContain('Tạm dừng (chờ bổ sung): 09:00 03/03/2026 → 11:20 05/03/2026')
  expect(text).toContain('Còn 6 giờ 30 phút')
  await page.getByText('Vì sao là 11:20 05/03/2026?').click()
  await main(page).getByRole('rowheader', { name: 'Thứ Ba 03/03/2026' }).waitFor()
  await citizen.reload()
  expect(await told(citizen)).toContain('11:20 thứ Năm, 05/03/2026')
}

async function appraise(page: Page, code: string): Promise<void> {
  await take(page, code, 'Ghi kết quả thẩm định', async () => {
    await page.getByLabel('Đủ điều kiện', { exact: true }).check()
    await page.getByLabel('Ý kiến thẩm định').fill('Giấy tờ khớp nhau')
  })
  await take(page, code, 'Trình duyệt')
}

async function approve(page: Page, code: string): Promise<void> {
  await page.goto(`/ho-so/${code}`)
  await choose(page, 'Phê duyệt')
  expect(await told(page)).toContain('Giấy tờ khớp nhau')
  await press(page, 'Phê duyệt')
}

async function issue(page: Page, code: string): Promise<void> {
  await take(page, code, 'Ký số, cấp số', async () => {
    await page.getByLabel('Số, ký hiệu').fill('128/GKS-UBND')
    await page.getByLabel('Người ký').selectOption('Cán bộ leader')
  })
  await press(page, 'Chuyển kết quả về một cửa')
  expect(await told(page)).toContain('Đúng hạn')
}

async function handOver(page: Page, code: string): Promise<void> {
  await page.goto('/tra-ket-qua')
  await main(page).getByRole('searchbox').fill(code)
  await page.keyboard.press('Enter')
  await page.getByLabel('Người nhận').fill('Trần Văn Hai')
  await page.getByLabel('Quan hệ với chủ hồ sơ').fill('chồng')
  await press(page, 'Trả kết quả')
  expect(await told(page)).toContain('Người nhận: Trần Văn Hai (chồng)')
}

async function readTheEnd(citizen: Page): Promise<void> {
  await citizen.reload()
  const text = await told(citizen)
  for (const part of ['Hồ sơ đã giải quyết xong, kết quả đã trao', '128/GKS-UBND', 'đúng hạn', 'Trao kết quả']) {
    expect(text).toContain(part)
  }
}
