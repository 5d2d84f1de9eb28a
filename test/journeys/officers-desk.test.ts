import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { main, press, told } from '#test/support/desk-hands.ts'
import { type Journey, startJourney } from '#test/support/journey.ts'
import { advanceTo, MONDAY, receiveBirth } from '#test/support/office.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(await journey.screens())
  for (const context of journey.browser.contexts()) await context.close()
  journey.office.clock.set(MONDAY)
})
afterAll(() => journey.end())

const received = async () => (await receiveBirth(journey.office.as('intake'))).code as string
const dossiers = async () => (await journey.database.db.selectFrom('dossier').select('id').execute()).length
const lastDossier = () =>
  journey.database.db.selectFrom('dossier').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()
/** Where the keyboard is, by the words there. */
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.textContent?.trim() || document.activeElement?.id)

describe('two leaders before the same dossier', () => {
  test.each([true, false])(
    'the second is told who did what, and keeps what was written (script: %s)',
    async javaScriptEnabled => {
      const code = await received()
      await advanceTo(journey.office, code, 'pending-approval')
      const first = await journey.signedIn('leader', { javaScriptEnabled })
      const second = await journey.signedIn('leader2', { javaScriptEnabled })
      for (const page of [first, second]) await page.goto(`/ho-so/${code}/lam/approve`)
      journey.office.clock.set('2026-03-02T10:05:00+07:00')
      await first.getByLabel('Ý kiến phê duyệt').fill('Đồng ý')
      await press(first, 'Phê duyệt')
      await second.getByLabel('Ý kiến phê duyệt').fill('Cần xem lại')
      await press(second, 'Phê duyệt')
      const text = await told(second)
      expect(text).toContain('Chưa thực hiện')
      expect(text).toContain('02/03 10:05, Cán bộ leader: Phê duyệt')
      expect(await second.getByLabel('Ý kiến phê duyệt').inputValue()).toBe('Cần xem lại')
      expect(await main(second).getByRole('button', { name: 'Phê duyệt' }).count()).toBe(0)
      await press(second, 'Về hồ sơ')
      expect(await told(second)).not.toContain('Cần xem lại')
    },
  )
})

describe('a double click on "Tiếp nhận"', () => {
  test.each([true, false])('makes one dossier (script: %s)', async javaScriptEnabled => {
    const page = await intakePage({ javaScriptEnabled })
    const before = await dossiers()
    await main(page).getByRole('button', { name: 'Tiếp nhận và in giấy hẹn' }).dblclick({ noWaitAfter: true })
    await page.waitForURL('**/da-tiep-nhan')
    expect(await dossiers()).toBe(before + 1)
  })
})

describe('by keyboard alone', () => {
  test('a dossier is received: N, the procedure by typing, Enter from field to field, Ctrl+Enter', async () => {
    const known = { name: 'Nguyễn Thị Sen', idNumber: '087190001234', phone: '0912345678' }
    await receiveBirth(journey.office.as('intake'), { applicant: { kind: 'citizen', ...known } })
    const page = await journey.signedIn('intake')
    await page.goto('/viec')
    const key = (...keys: string[]) =>
      keys.reduce((done, one) => done.then(() => page.keyboard.press(one)), Promise.resolve())
    await key('n')
    await page.waitForURL('**/tiep-nhan')
    await page.keyboard.type('dang ky khai')
    await main(page).locator('#found a').first().waitFor()
    await key('ArrowDown', 'Enter')
    await page.waitForURL('**/tiep-nhan?thu-tuc=1.001193')
    await page.getByLabel('Số định danh (bắt buộc)').focus()
    await page.keyboard.type(known.idNumber)
    await key('Enter')
    await main(page).locator('#known').getByRole('link').first().waitFor()
    await reach(page, 'Số điện thoại')
    await page.keyboard.type('0987654321')
    await key('Control+Enter')
    await page.waitForURL('**/da-tiep-nhan')
    const { applicant_name: name, applicant_phone: phone } = await lastDossier()
    expect({ name, phone }).toEqual({ name: known.name, phone: '0987654321' })
  })

  test('what was filled in for one number does not stay for another, what was typed does', async () => {
    const known = { name: 'Nguyễn Thị Sen', idNumber: '087190004321', phone: '0912345678', address: 'Ấp 3' }
    await receiveBirth(journey.office.as('intake'), { applicant: { kind: 'citizen', ...known } })
    const page = await journey.signedIn('intake')
    await page.goto('/tiep-nhan?thu-tuc=1.001193')
    const box = (label: string) => page.getByLabel(label)
    await box('Thư điện tử').fill('sen@example.vn')
    await box('Số định danh (bắt buộc)').fill(known.idNumber)
    await page.keyboard.press('Enter')
    await main(page).locator('#known').getByRole('link').first().waitFor()
    expect(await box('Họ và tên (bắt buộc)').inputValue()).toBe(known.name)
    await box('Số điện thoại').fill('0987654321')
    await box('Số định danh (bắt buộc)').fill('087190009876')
    await page.keyboard.press('Enter')
    await main(page).locator('#known').getByRole('link').first().waitFor({ state: 'detached' })
    const left = ['Họ và tên (bắt buộc)', 'Số điện thoại', 'Thư điện tử'].map(label => box(label).inputValue())
    expect(await Promise.all(left)).toEqual(['', '0987654321', 'sen@example.vn'])
  })

  test('the work list is gone through with J and K, opened with Enter, searched with the slash', async () => {
    const codes = [await received(), await received(), await received()]
    const page = await journey.signedIn('leader')
    await page.goto('/viec')
    const listed = await main(page).locator('.row-link').allTextContents()
    expect(listed).toEqual(expect.arrayContaining(codes))
    const seen = []
    for (const key of ['j', 'j', 'j', 'k']) {
      await page.keyboard.press(key)
      seen.push(await focused(page))
    }
    expect(seen).toEqual([listed[0], listed[1], listed[2], listed[1]])
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/ho-so/${listed[1]}`)
    await page.goBack()
    await page.keyboard.press('/')
    await page.keyboard.type(`${listed[0]}`)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/ho-so?q=*')
    expect(await told(page)).toContain(listed[0])
  })

  test('the keys can be turned off, and letters stay letters in a box', async () => {
    await received()
    const page = await journey.signedIn('leader')
    await page.goto('/viec')
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByRole('button', { name: 'Tắt phím tắt' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Đóng' }).click()
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await page.keyboard.press('j')
    expect(await page.evaluate(() => document.activeElement?.className)).not.toContain('row-link')
    await main(page).getByRole('searchbox').focus()
    await page.keyboard.type('jn?')
    expect(await main(page).getByRole('searchbox').inputValue()).toBe('jn?')
  })
})

describe('what is typed wrongly', () => {
  test.each([true, false])(
    'is summed up on top, each line leading to its field, and all else is kept (script: %s)',
    async javaScriptEnabled => {
      const page = await intakePage({ javaScriptEnabled })
      await page.getByLabel('Số định danh (bắt buộc)').fill('12')
      await page.getByLabel('Số điện thoại').fill('')
      await page.getByLabel('Photo: Giấy chứng sinh').fill('3')
      const before = await dossiers()
      await press(page, 'Tiếp nhận và in giấy hẹn')
      const summary = page.getByRole('alert')
      expect(await summary.getByRole('link').count()).toBe(2)
      await summary.getByRole('link').first().click()
      expect(await page.evaluate(() => document.activeElement?.id || location.hash.slice(1))).toBe(
        'f-applicant-idNumber',
      )
      expect(await page.getByLabel('Số định danh (bắt buộc)').getAttribute('aria-invalid')).toBe('true')
      expect(await page.getByLabel('Họ và tên (bắt buộc)').inputValue()).toBe('Nguyễn Thị Sen')
      expect(await page.getByLabel('Số định danh (bắt buộc)').inputValue()).toBe('12')
      expect(await page.getByLabel('Photo: Giấy chứng sinh').inputValue()).toBe('3')
      expect(await dossiers()).toBe(before)
    },
  )

  test('a wrong password is one plain sentence, which does not say what was wrong', async () => {
    const page = await journey.visitor()
    const sentences = new Set<string>()
    for (const [username, password] of [
      ['intake', 'khong-phai'],
      ['khong-ai', 'mot-cua-thu-nghiem'],
    ] as const) {
      await page.goto('/dang-nhap')
      await page.getByLabel('Tên đăng nhập').fill(username)
      await page.getByLabel('Mật khẩu').fill(password)
      await press(page, 'Đăng nhập')
      sentences.add((await page.getByRole('alert').textContent()) ?? '')
      expect(await page.getByLabel('Tên đăng nhập').inputValue()).toBe(username)
      expect(await page.getByLabel('Mật khẩu').inputValue()).toBe('')
    }
    expect([...sentences]).toHaveLength(1)
    expect([...sentences][0]).toContain('Tên đăng nhập hoặc mật khẩu chưa đúng')
  })
})

describe('the language', () => {
  test('is changed on the spot and back, and stays for the next page', async () => {
    const page = await journey.signedIn('intake')
    await page.goto('/viec?view=today')
    await page.getByRole('link', { name: 'English' }).first().click()
    await page.waitForURL('**/viec?view=today')
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    expect(await told(page)).toContain('My work')
    await page.goto('/tiep-nhan')
    expect(await told(page)).toContain('Receive a dossier')
    await page.getByRole('link', { name: 'Tiếng Việt' }).first().click()
    expect(await page.locator('html').getAttribute('lang')).toBe('vi')
    expect(await told(page)).toContain('Tiếp nhận hồ sơ')
  })
})

async function intakePage(options: { javaScriptEnabled: boolean }): Promise<Page> {
  const page = await journey.signedIn('intake', options)
  await page.goto('/tiep-nhan?thu-tuc=1.001193')
  await page.getByLabel('Số định danh (bắt buộc)').fill('087190001234')
  await page.getByLabel('Họ và tên (bắt buộc)').fill('Nguyễn Thị Sen')
  await page.getByLabel('Số điện thoại').fill('0912345678')
  return page
}

/** Enter goes to the next field; some are passed over on the way. */
async function reach(page: Page, label: string): Promise<void> {
  const field = page.getByLabel(label)
  for (let n = 0; n < 6; n += 1) {
    if (await field.evaluate(element => element === document.activeElement)) return
    await page.keyboard.press('Enter')
  }
  throw new Error(`"${label}" cannot be reached by Enter`)
}
