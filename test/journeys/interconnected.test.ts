import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { checkLedger } from '#src/dossiers/check-ledger.ts'
import { detectDelays } from '#src/watch/detect-delays.ts'
import { recordSilences } from '#src/watch/record-silences.ts'
import { main, press, take, told } from '#test/support/desk-hands.ts'
import { type Journey, startJourney } from '#test/support/journey.ts'
import { birthIntake } from '#test/support/office.ts'
import { permitProcess, putInForce } from '#test/support/processes.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
  const { office } = journey
  await putInForce(office.system, { key: 'gpxd', procedure: '1.009994', process: permitProcess })
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(await journey.screens())
  for (const context of journey.browser.contexts()) await context.close()
})
afterAll(() => journey.end())

const at = (time: string) => journey.office.clock.set(time)

describe('a building permit that two communes are asked about, one of which does not answer, without a line of script', () => {
  let code: string
  let secret: string
  const desk = (username: string) => journey.signedIn(username, { javaScriptEnabled: false })

  test('the centre hands it to the department, which sends it to the commune for an inspection', async () => {
    const components = ['C1', 'C2'].map(one => ({ code: one, originals: 1 }))
    const answer = await receiveDossier(
      journey.office.as('centre.intake'),
      birthIntake({ procedure: '1.009994', components }),
      randomUUID(),
    )
    code = answer.code as string
    secret = answer.trackingSecret
    at('2026-03-02T10:00:00+07:00')
    const centre = await desk('centre.intake')
    await centre.goto(`/ho-so/${code}`)
    expect(await told(centre)).toContain('Đang ở bước: Chuyển hồ sơ đến Sở')
    await press(centre, 'Chuyển cơ quan giải quyết')
    at('2026-03-02T11:00:00+07:00')
    await take(await desk('so.leader'), code, 'Phân công', async () => {})
    at('2026-03-03T08:00:00+07:00')
    const specialist = await desk('so.specialist')
    await specialist.goto(`/ho-so/${code}`)
    await press(specialist, 'Chuyển kiểm tra thực địa')
    if (specialist.url().includes('/lam/')) await press(specialist, 'Hoàn thành bước')
    expect(await told(specialist)).toContain('Đang ở bước: Kiểm tra thực địa')
  })

  test('the commune finds it in its list, takes it, and records the inspection with its minutes', async () => {
    at('2026-03-03T09:00:00+07:00')
    const page = await desk('specialist')
    await page.goto('/viec')
    expect(await told(page)).toContain(code)
    await page.goto(`/ho-so/${code}`)
    await press(page, 'Đã kiểm tra')
    await press(page, 'Hoàn thành bước')
    expect(await told(page)).toContain('Biên bản kiểm tra')
    await page.getByLabel('Có', { exact: true }).check()
    const pdf = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF')
    await main(page)
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'bien-ban.pdf', mimeType: 'application/pdf', buffer: pdf })
    at('2026-03-03T15:00:00+07:00')
    await press(page, 'Hoàn thành bước')
    const text = await told(page)
    expect(text).toContain('Đang ở bước: Lấy ý kiến')
    expect(text).toContain('0/2 đã trả lời')
  })

  test('one commune answers; the other is warned, keeps silent, and that is written down', async () => {
    at('2026-03-04T14:00:00+07:00')
    const first = await desk('specialist')
    await take(first, code, 'Cho ý kiến', async () => {
      await first.getByLabel('Thống nhất có điều kiện').check()
      await first.getByLabel(/Nội dung ý kiến/u).fill('Mở thêm lối thoát hiểm phía sau')
      await first.getByLabel(/Số văn bản trả lời/u).fill('15/UBND-KT')
    })
    const silent = await desk('b.specialist')
    await silent.goto('/viec')
    expect(await told(silent)).toContain(code)
    // The time to answer is over: the minute job finds it.
    at('2026-03-04T15:01:00+07:00')
    const watch = { ...journey.office.system, actor: { kind: 'system', name: 'watch' } as const }
    await detectDelays(watch)
    await recordSilences(watch)
    await recordSilences(watch)
    await silent.goto(`/ho-so/${code}`)
    const text = await told(silent)
    expect(text).toContain('Đang ở bước: Tổng hợp ý kiến')
    expect(text.match(/Quá hạn không có ý kiến/gu)?.length).toBe(1)
    expect(await main(silent).getByRole('link', { name: 'Cho ý kiến' }).count()).toBe(0)
  })

  test('the citizen sees one story: who has it now, who was asked, who did not answer', async () => {
    const page = await journey.visitor({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } })
    await page.goto(`/tra-cuu/${code}?m=${secret}`)
    const text = await told(page)
    expect(text).toContain('Sở Xây dựng')
    expect(text).toContain('Không trả lời ý kiến đúng hạn: Xã Tân Long')
    expect(text).not.toContain('Cán bộ')
  })

  test('the department ends it in time, and the ledger of it all holds', async () => {
    at('2026-03-06T09:00:00+07:00')
    const specialist = await desk('so.specialist')
    await specialist.goto(`/ho-so/${code}`)
    await press(specialist, 'Trình lãnh đạo')
    if (specialist.url().includes('/lam/')) await press(specialist, 'Hoàn thành bước')
    const leader = await desk('so.leader')
    await take(leader, code, 'Phê duyệt')
    const clerk = await desk('so.clerk')
    await take(clerk, code, 'Ký số, cấp số', async () => {
      await clerk.getByLabel(/Số, ký hiệu/u).fill('07/GPXD')
      await clerk.getByLabel(/Người ký/u).selectOption('Cán bộ so.leader')
    })
    await clerk.goto(`/ho-so/${code}`)
    await press(clerk, 'Chuyển kết quả về một cửa')
    const director = await journey.signedIn('director')
    await director.goto(`/ho-so/${code}`)
    const text = await told(director)
    expect(text).toContain('Có kết quả, chờ trả')
    expect(text).toContain('UBND xã Tân Long')
    const { faults } = await checkLedger(journey.office.system)
    expect(faults).toEqual([])
  })
})

describe('an absent leader', () => {
  test('is stood in for by a colleague on a written decision, and it stays visible who acted for whom', async () => {
    at('2026-03-09T08:00:00+07:00')
    const { code } = await receiveDossier(journey.office.as('intake'), birthIntake(), randomUUID())
    const leader = await journey.signedIn('leader', { javaScriptEnabled: false })
    await leader.goto('/cua-toi/thay-the')
    const substitutes = leader.getByLabel(/Người làm thay/u)
    const [value = ''] = await substitutes
      .locator('option', { hasText: 'Cán bộ clerk' })
      .evaluateAll(found => found.map(one => (one as HTMLOptionElement).value))
    await substitutes.selectOption(value)
    await leader.getByLabel(/Số văn bản/u).fill('QĐ 12/QĐ-UBND')
    await leader.getByLabel(/Đến lúc/u).fill('2026-03-10T17:00')
    await press(leader, 'Cử người làm thay')
    expect(await told(leader)).toContain('Cán bộ clerk')

    const clerk = await journey.signedIn('clerk', { javaScriptEnabled: false })
    await clerk.goto('/doi-vai-tro')
    await clerk.getByLabel(/thay ông\/bà Cán bộ leader/u).check()
    await press(clerk, 'Tiếp tục')
    await clerk.goto('/viec')
    expect(await clerk.getByText('Đang làm thay ông/bà Cán bộ leader').count()).toBe(1)
    expect(await told(clerk)).toContain(code)
    await take(clerk, code as string, 'Phân công', async () => {
      await clerk.getByLabel('Cán bộ specialist', { exact: true }).check()
    })

    const director = await journey.signedIn('director', { javaScriptEnabled: false })
    await director.goto(`/ho-so/${code}`)
    expect(await told(director)).toMatch(/Cán bộ clerk.*thay.*Cán bộ leader/u)

    // When the decision ends, so does acting on it.
    at('2026-03-10T17:00:30+07:00')
    const again = await journey.signedIn('clerk', { javaScriptEnabled: false })
    await again.goto('/doi-vai-tro')
    expect(await again.getByText('thay ông/bà').count()).toBe(0)
    expect((await checkLedger(journey.office.system)).faults).toEqual([])
  })
})
