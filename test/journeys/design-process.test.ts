import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { main, press, told } from '#test/support/desk-hands.ts'
import { type Journey, startJourney } from '#test/support/journey.ts'
import { birthIntake, command } from '#test/support/office.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(await journey.screens())
  for (const context of journey.browser.contexts()) await context.close()
})
afterAll(() => journey.end())

const PERMIT = '1.009994'

async function receivePermit(): Promise<string> {
  const components = [
    { code: 'C1', originals: 1 },
    { code: 'C2', originals: 1 },
  ]
  const { code } = await receiveDossier(
    journey.office.as('intake'),
    birthIntake({ procedure: PERMIT, components }),
    randomUUID(),
  )
  return code as string
}

/** From the desk to the end of the appraisal, as both processes have it. */
async function appraise(code: string): Promise<void> {
  const { office } = journey
  await command(office.as('intake'), code, 'forward')
  await command(office.as('so.leader'), code, 'assign', { assignee: 'so.specialist' })
  await command(office.as('so.specialist'), code, 'appraise')
  await command(office.as('so.specialist'), code, 'submit-for-approval')
}

const stepOf = (code: string) =>
  journey.database.db
    .selectFrom('dossier as d')
    .leftJoin('agency as a', 'a.id', 'd.holder_agency_id')
    .select(['d.step_key as step', 'a.code as agency'])
    .where('d.code', '=', code)
    .executeTakeFirstOrThrow()

describe('a new process for a procedure, without a line of script', () => {
  let before: string

  test('procedure control draws it: a site visit by the commune, an error named and mended', async () => {
    before = await receivePermit()
    const page = await journey.signedIn('control', { javaScriptEnabled: false })
    await page.goto('/viec')
    await page.getByRole('link', { name: 'Quy trình', exact: true }).first().click()
    await press(page, 'Quy trình mới')
    await main(page).getByRole('searchbox').fill('xay dung moi')
    await main(page).getByRole('button', { name: 'Tìm' }).click()
    await main(page).getByRole('link', { name: 'Cấp giấy phép xây dựng mới' }).click()
    await press(page, 'Tạo bản soạn thảo')
    expect(await told(page)).toContain('Quy trình không có lỗi')

    await main(page).getByRole('link', { name: 'Thêm bước sau: Thẩm định' }).click()
    await page.getByLabel('Tên bước (bắt buộc)').fill('Kiểm tra thực địa')
    await press(page, 'Thêm bước')
    await page.getByLabel('Cơ quan (bắt buộc)').selectOption('UBND xã Tân Long')
    await page.getByLabel('Số giờ làm việc (bắt buộc)').fill('8')
    await page.getByLabel('Kết quả 1').fill('Đã kiểm tra')
    await press(page, 'Lưu bước')

    const faulty = await told(page)
    expect(faulty).toContain('Còn 1 lỗi cần sửa trước khi trình')
    expect(faulty).toContain('128 trên 120 giờ làm việc (15 ngày làm việc), vượt thời hạn')
    expect(await main(page).getByRole('button', { name: 'Trình phê duyệt' }).isDisabled()).toBe(true)

    await main(page).getByRole('link', { name: 'Sửa: Thẩm định' }).click()
    await page.getByLabel('Số giờ làm việc (bắt buộc)').fill('40,5')
    await press(page, 'Lưu bước')
    expect(await told(page)).toContain('Quy trình không có lỗi')
    await press(page, 'Trình phê duyệt')
    expect(await told(page)).toContain('Đã trình phê duyệt')
    expect(await told(page)).toContain('Bản 1 đang chờ phê duyệt')
  })

  test('the director reads what it changes and puts it in force from a day', async () => {
    const page = await journey.signedIn('director', { javaScriptEnabled: false })
    await page.goto('/quy-trinh?trang=submitted')
    await main(page).getByRole('link', { name: 'Cấp giấy phép xây dựng mới' }).click()
    await press(page, 'Xem và phê duyệt')
    await press(page, 'Phê duyệt')
    expect(await told(page)).toContain('Hãy nhập số, ngày quyết định ban hành.')
    await page.getByLabel('Số, ngày quyết định ban hành (bắt buộc)').fill('Quyết định số 45/QĐ-UBND ngày 02/3/2026')
    await page.getByLabel('Áp dụng từ ngày (bắt buộc)').fill('2026-03-03')
    await press(page, 'Phê duyệt')
    const text = await told(page)
    expect(text).toContain('Đã phê duyệt. Hồ sơ đang chạy vẫn theo phiên bản của mình.')
    expect(text).toContain('Sắp áp dụng')
  })

  test('until that day everybody sees the general process, from it the new one', async () => {
    const page = await journey.visitor({ javaScriptEnabled: false })
    const path = `/thu-tuc/${PERMIT}/quy-trinh`
    await page.goto(`/thu-tuc/${PERMIT}`)
    await page.getByRole('link', { name: 'Hồ sơ đi qua những ai, mất bao lâu' }).click()
    expect(await main(page).innerHTML()).not.toContain('Kiểm tra thực địa')
    journey.office.clock.set('2026-03-03T09:00:00+07:00')
    await page.goto(path)
    expect(await main(page).innerHTML()).toContain('Kiểm tra thực địa')
    await main(page).getByText('Quy trình bằng chữ').click()
    expect(await told(page)).toContain('UBND xã Tân Long')
  })

  test('a dossier received before runs on by the old process, one received since by the new', async () => {
    const since = await receivePermit()
    for (const code of [before, since]) await appraise(code)
    expect(await stepOf(before)).toEqual({ step: 'phe-duyet', agency: 'H20.11' })
    expect(await stepOf(since)).toEqual({ step: 'kiem-tra-thuc-dia', agency: 'H20.102' })

    const commune = journey.office.as('b.specialist')
    await command(commune, since, 'claim')
    await command(commune, since, 'complete-step', { outcome: 'done', note: 'Đúng hiện trạng' })
    expect(await stepOf(since)).toEqual({ step: 'phe-duyet', agency: 'H20.11' })

    const page = await journey.signedIn('control')
    await page.goto('/quy-trinh/cap-giay-phep-xay-dung-moi')
    const row = main(page).getByRole('row', { name: /Bản 1/u })
    expect(await row.textContent()).toMatch(/Đang áp dụng[\s\S]*45\/QĐ-UBND[\s\S]*1\s*$/u)
  })

  test('its picture and its BPMN file are there to be taken away', async () => {
    const page = await journey.signedIn('leader')
    await page.goto('/quy-trinh/cap-giay-phep-xay-dung-moi')
    await main(page).locator('details.menu', { hasText: 'Tải về' }).locator('summary').click()
    const [bpmn, svg] = await main(page).locator('details.menu a').all()
    const fetched = async (link: typeof bpmn) =>
      (await page.request.get((await link?.getAttribute('href')) ?? '')).text()
    expect(await fetched(bpmn)).toContain('Kiểm tra thực địa')
    await page.setContent(await fetched(svg))
    expect(await page.locator('svg').textContent()).toContain('Thẩm định')
  })
})
