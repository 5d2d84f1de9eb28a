import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Officer } from '#src/platform/ctx.ts'
import { tokenFor } from '#test/support/app.ts'
import { april, march, marchToSeal, type Sealing, sealingIn } from '#test/support/sealing.ts'
import { ii06aKeys } from './ii06a.ts'

let scene: Sealing
const { seal, correct, settle, sealsOf, enteredLate, officer } = sealingIn(() => scene)

/** March is sealed, then corrected in May by two people, something more being entered between proposal and approval. */
beforeAll(async () => {
  scene = await marchToSeal()
  scene.office.clock.set('2026-04-01T00:10:00+07:00')
  await seal('director')
  scene.office.clock.set('2026-05-04T09:00:00+07:00')
  await enteredLate('2026-03-20T10:00:00+07:00')
  const { correction } = await correct('control')
  await enteredLate('2026-03-21T10:00:00+07:00')
  await settle('director', correction)
  scene.at.clock.set('2026-05-05T09:00:00+07:00')
})
afterAll(() => scene.database.close())

test('the director seals on the page; the spreadsheet taken away later still says what was sealed', async () => {
  const director = await officer('director')
  const address = '/bao-cao/ii06a/chot?tu=2026-04-01&den=2026-04-30&co-quan=H20&theo=agency'
  expect((await director.get(address)).text).toContain('Chốt số liệu dưới đây')
  expect((await director.post(address, { commandId: 'once' })).location).toBe(address)
  expect((await director.get(address)).text).toContain('giống hệt bản đã chốt')
  const [{ read } = { read: null }] = await sealsOf(april)
  await enteredLate('2026-04-10T10:00:00+07:00')
  const page = await director.get(address)
  expect(page.text).toContain('ô khác với số liệu tính lại hôm nay')
  expect(page.text).toContain('Nguyên vẹn')
  const sheet = await director.send('GET', address.replace('/chot?', '/chot/csv?'))
  expect(sheet.headers.get('Content-Disposition')).toContain('bao-cao-ii06a-2026-04-01_2026-04-30-chot-1.csv')
  const total = ii06aKeys.map(key => read?.table.total?.cells[key])
  expect(sheet.text.trim().split('\r\n').at(-1)).toBe(['Tổng cộng', ...total].join(','))
  const cells = (await sealedSheet(address)).sheets[0]?.rows ?? []
  expect(cells.flat()).toContain('Biểu II.06a/VPCP/KSTT')
  const last = cells.find(row => row.includes('Tổng cộng')) ?? []
  expect(last.filter(cell => typeof cell === 'number')).toEqual(total)
})

test('a report says when its period is sealed, and offers to seal it only to who may', async () => {
  const page = '/bao-cao/ii06a?tu=2026-03-01&den=2026-03-31&co-quan=H20&theo=agency'
  const open = page.replace('theo=agency', 'theo=field')
  const seal = 'class="button button-secondary">Chốt số liệu</a>'
  const said = await (await officer('reform')).get(page)
  expect(said.text).toContain('Kỳ này đã chốt, bản 2 lúc 09:00 04/05/2026.')
  expect(said.text).toContain(
    'href="/bao-cao/ii06a/chot?tu=2026-03-01&amp;den=2026-03-31&amp;co-quan=H20&amp;theo=agency"',
  )
  expect(said.text).not.toContain(seal)
  for (const who of ['director', 'control']) expect((await (await officer(who)).get(open)).text, who).toContain(seal)
  const unsealed = (await (await officer('reform')).get(open)).text
  expect([unsealed.includes('/chot?'), unsealed.includes('đã chốt')]).toEqual([false, false])
  // What is narrowed, or of an earlier instant, is not what was sealed.
  for (const other of ['&linh-vuc=ho-tich', '&luc=2026-04-01T08:00']) {
    expect((await (await officer('control')).get(page + other)).text, other).not.toContain('Kỳ này đã chốt')
  }
})

/** By token: the client of pages keeps text, no bytes. */
async function sealedSheet(address: string) {
  const headers = { Authorization: `Bearer ${await tokenFor(scene.at, scene.office.as('director').actor as Officer)}` }
  const answer = await scene.at.app.request(address.replace('/chot?', '/chot/xlsx?'), { headers })
  return readXlsx(new Uint8Array(await answer.arrayBuffer()))
}

test('on the page a correction without a reason is asked for one; a second person approves it there', async () => {
  const [control, director] = [await officer('control'), await officer('director')]
  const address = '/bao-cao/ii06a/chot?tu=2026-04-01&den=2026-04-30&co-quan=H20&theo=agency'
  const propose = address.replace('/chot?', '/chot/dieu-chinh?')
  const without = await control.post(propose, { reason: ' ' })
  expect(without.status).toBe(422)
  expect(without.text).toContain('Hãy nhập lý do điều chỉnh')
  expect((await control.post(propose, { reason: 'Hồ sơ nhập muộn' })).status).toBe(303)
  const [id] = /(?<=chot\/duyet\/)\d+/u.exec((await director.get(address)).text) ?? []
  const decide = address.replace('/chot?', `/chot/duyet/${id}?`)
  expect((await control.post(decide, { decision: '' })).status).toBe(422)
  const own = await control.post(decide, { decision: 'approve' })
  expect(own.status).toBe(403)
  expect(own.text).toContain('không tự duyệt')
  expect((await director.get('/bao-cao/da-chot')).text).toContain('Điều chỉnh chờ duyệt')
  expect((await director.post(decide, { decision: 'approve' })).status).toBe(303)
  expect((await director.get(`${address}&ban=1`)).text).toContain('Số liệu bản 1')
  expect((await director.get(address)).text).toContain('Số liệu bản 2')
  expect((await director.get(`${address}&ban=9`)).status).toBe(404)
})

test('through the API a program seals once, reads what was sealed and has the hash checked', async () => {
  const control = await officer('control')
  const body = { from: '2026-02-01', to: '2026-02-28', by: 'field' }
  const key = { 'Idempotency-Key': 'seal-february' }
  const made = await control.send('POST', '/api/v1/reports/ii06a/seals', body, key)
  expect([made.status, made.json()]).toEqual([201, { version: 1 }])
  expect((await control.send('POST', '/api/v1/reports/ii06a/seals', body, key)).json()).toEqual({ version: 1 })
  expect((await control.send('POST', '/api/v1/reports/ii06a/seals', body)).status).toBe(409)
  const query = new URLSearchParams(body)
  const list = (await control.get(`/api/v1/reports/ii06a/seals?${query}`)).json()
  expect(list).toMatchObject({
    versions: [{ version: 1, intact: true, hash: expect.stringMatching(/^[0-9a-f]{64}$/u), prevHash: '' }],
    correction: null,
    differences: [],
  })
  const sealed = (await control.get(`/api/v1/reports/ii06a/seals/1?${query}`)).json()
  expect(sealed).toMatchObject({
    seal: { version: 1 },
    rows: [],
    total: { c3: 0, c13: 0 },
    content: { report: 'ii06a' },
  })
  expect((await control.get(`/api/v1/reports/ii06a/seals/2?${query}`)).status).toBe(404)
})

test('a leader reads what is sealed of their own agency and nothing of the province', async () => {
  await seal('control', { ...march, agency: 'H20.101' } as typeof march)
  const leader = await officer('leader')
  const own = await leader.get('/bao-cao/ii06a/chot?tu=2026-03-01&den=2026-03-31&theo=agency')
  expect(own.text).toContain('Bản 1')
  expect(own.text).not.toContain('Đề nghị điều chỉnh</button>')
  expect((await leader.get('/bao-cao/ii06a/chot?tu=2026-03-01&den=2026-03-31&co-quan=H20')).status).toBe(404)
  const list = await leader.get('/bao-cao/da-chot')
  expect(list.text).toContain('UBND xã Thanh Bình')
  expect(list.text).not.toContain('UBND tỉnh Đồng Tháp')
})
