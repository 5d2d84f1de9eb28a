import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { folderBlobs } from '#src/platform/blobs.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { reportKinds } from '#src/report-kinds.ts'
import { type Client, client, signedInAs, type TestApp, testApp, tokenFor } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { makeExport } from './make-export.ts'

let database: TestDatabase
let office: Office
let app: TestApp
let folder: string
let press: Parameters<typeof makeExport>[1]
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  for (let i = 0; i < 3; i += 1) await receiveBirth(office.as('intake'))
  office.clock.set('2026-03-10T09:00:00+07:00')
  folder = await mkdtemp(join(tmpdir(), 'motcua-exports-web-'))
  press = { blobs: folderBlobs(folder), kinds: reportKinds }
  app = testApp(database.db, { services: { blobs: press.blobs } })
  app.clock.set('2026-03-10T09:00:00+07:00')
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

const as = (who: string): Promise<Client> => signedInAs(app, office.as(who).actor as Officer)
const newest = async () =>
  (await run<{ id: number }>(database.owner, 'SELECT max(id) AS id FROM export_file', []))[0]?.id ?? 0

describe('the page of files', () => {
  test('shows how far a file is and comes again by itself until it is there to take away', async () => {
    const control = await as('control')
    const list = '/bao-cao/ho-so'
    const form = { o: 'received', tu: '2026-03-01', den: '2026-03-10', format: 'csv' }
    const asked = await control.post(`${list}/xuat`, form)
    expect([asked.status, asked.location]).toEqual([303, '/bao-cao/tap-tin'])
    const id = await newest()
    const waiting = await control.get('/bao-cao/tap-tin')
    expect([waiting.headers.get('Refresh'), waiting.text.includes('Chờ tạo')]).toEqual(['3', true])
    expect((await control.get('/bao-cao/tap-tin?tu-cap-nhat=khong')).headers.get('Refresh')).toBeNull()
    expect((await control.get(`/bao-cao/tap-tin/${id}/tai-ve`)).status).toBe(409)
    await run(
      database.owner,
      `UPDATE export_file SET state = 'running', rows_done = 300, rows_total = 1200 WHERE id = $1`,
      [id],
    )
    expect((await control.get('/bao-cao/tap-tin')).text).toContain('300 / 1.200 dòng (25\u00a0%)')
    await makeExport(office.system, press, id)
    const done = await control.get('/bao-cao/tap-tin')
    expect(done.text).toContain('10/03/2026 · theo tiếp nhận trong kỳ · UBND tỉnh Đồng Tháp')
    expect([done.headers.get('Refresh'), done.text.includes(`/bao-cao/tap-tin/${id}/tai-ve`)]).toEqual([null, true])
    const file = await control.get(`/bao-cao/tap-tin/${id}/tai-ve`)
    expect([file.status, file.headers.get('Content-Disposition')]).toEqual([
      200,
      'attachment; filename="bao-cao-ho-so-2026-03-01_2026-03-10.csv"',
    ])
    expect((await (await as('director')).get(`/bao-cao/tap-tin/${id}/tai-ve`)).status).toBe(404)
    expect((await (await as('director')).get('/bao-cao/tap-tin')).text).toContain('chưa yêu cầu tệp nào')
  })

  test('begins with what was sent to whoever asked for nothing', async () => {
    const id = await newest()
    const sent = `INSERT INTO report_delivery (schedule_id, period, account_id, export_id, sent_at, how)
      SELECT id, '2026-M02', $1, $2, $3, 'notice' FROM report_schedule ORDER BY id LIMIT 1`
    const { accountId } = office.as('director').actor as Officer
    await run(database.owner, sent, [accountId, id, office.clock.now()])
    const { text } = await (await as('director')).get('/bao-cao/tap-tin')
    expect(text).toContain('Báo cáo định kỳ được gửi đến tôi')
    expect(text).toContain('UBND tỉnh Đồng Tháp')
    expect(text).not.toContain('chưa yêu cầu tệp nào')
  })

  test('makes nothing of what is asked wrongly', async () => {
    const control = await as('control')
    const before = await newest()
    const all: Record<string, string>[] = [{ tu: '2026-03-01', den: '2026-02-01' }, { tu: 'x' }, {}]
    for (const wrong of all) {
      const answer = await control.post('/bao-cao/ii06a/xuat', { format: wrong.tu ? 'csv' : 'doc', ...wrong })
      expect(answer.status).toBe(422)
    }
    expect((await control.post('/bao-cao/no-such/xuat', { format: 'csv' })).status).toBe(404)
    expect(await newest()).toBe(before)
  })
})

test('programs ask for a file, see how far it is, and fetch it', async () => {
  const headers = { Authorization: `Bearer ${await tokenFor(app, office.as('leader').actor as Officer)}` }
  const send = (method: string, path: string, body?: unknown, more = {}) =>
    client(app).send(method, path, body, { ...headers, ...more })
  const body = { report: 'ii06a', format: 'xlsx', from: '2026-03-01', to: '2026-03-10', by: 'field' }
  const twice = await Promise.all([1, 2].map(() => send('POST', '/api/v1/exports', body, { 'Idempotency-Key': 'k' })))
  const [first, again] = twice.map(answer => answer.json() as { id: number; state: string })
  expect([twice.map(({ status }) => status), first?.id === again?.id, first?.state]).toEqual([
    [202, 202],
    true,
    'waiting',
  ])
  await makeExport(office.system, press, first?.id ?? 0)
  expect((await send('GET', `/api/v1/exports/${first?.id}`)).json()).toMatchObject({ state: 'done', report: 'ii06a' })
  const content = await send('GET', `/api/v1/exports/${first?.id}/content`)
  expect([content.status, content.headers.get('Content-Type')?.includes('spreadsheetml')]).toEqual([200, true])
  expect(((await send('GET', '/api/v1/exports')).json() as { items: unknown[] }).items).toHaveLength(1)
  expect((await send('POST', '/api/v1/exports', { ...body, by: 'moon' })).status).toBe(422)
  expect((await send('POST', '/api/v1/exports', { ...body, report: 'no-such' })).status).toBe(422)
  expect((await send('POST', '/api/v1/exports', { ...body, agency: 'H20.102' })).status).toBe(404)
})

describe('the page of schedules', () => {
  test('lists, adds and stops, and says what is in the way', async () => {
    const control = await as('control')
    expect((await control.get('/bao-cao/lich')).text).toContain('Giám đốc trung tâm')
    const form = {
      ...{ report: 'ii06a', by: 'ii06a:agency', scheme: 'national', kind: 'quarter', daysAfter: '2', format: 'csv' },
      ...{ roles: ['leader'], people: 'director, so.leader', ground: '5/QĐ', from: '2026-03-10' },
    }
    const empty = (await control.get('/bao-cao/lich/moi')).text
    expect(empty).toMatch(/<optgroup label="[^"]+"><option value="ii06a:field">/u)
    const unfit = await control.post('/bao-cao/lich', { ...form, by: 'ii06a:moon' })
    expect([unfit.status, unfit.text.includes('href="#f-by"')]).toEqual([422, true])
    const wrong = await control.post('/bao-cao/lich', { ...form, people: 'nobody' })
    expect(wrong.text).toMatch(/value="ii06a:agency" selected/u)
    expect([wrong.status, wrong.text.includes('“nobody”'), wrong.text.includes('value="5/QĐ"')]).toEqual([
      422,
      true,
      true,
    ])
    expect((await control.post('/bao-cao/lich', { ...form, ground: '' })).status).toBe(422)
    expect((await control.post('/bao-cao/lich', form)).location).toBe('/bao-cao/lich?done=yes')
    const list = await control.get('/bao-cao/lich')
    expect(list.text).toContain('2 ngày sau ngày chốt')
    expect(list.text).toContain('Cán bộ so.leader (so.leader)')
    const [added] = await run<{ id: number }>(
      database.owner,
      `SELECT id FROM report_schedule WHERE kind = 'quarter'`,
      [],
    )
    expect((await control.post(`/bao-cao/lich/${added?.id}/dung`)).status).toBe(303)
    expect((await control.get('/bao-cao/lich')).text).toContain('đã dừng từ 10/03/2026')
    expect((await control.post('/bao-cao/lich/9999/dung')).status).toBe(404)
  })

  test('has the same for programs', async () => {
    const headers = { Authorization: `Bearer ${await tokenFor(app, office.as('control').actor as Officer)}` }
    const send = (method: string, path: string, body?: unknown) => client(app).send(method, path, body, headers)
    const asked = {
      report: 'ii06a',
      scheme: 'national',
      kind: 'year',
      daysAfter: 0,
      format: 'xlsx',
      roles: ['director'],
    }
    const added = await send('POST', '/api/v1/report-schedules', { ...asked, ground: '5/QĐ', from: '2026-03-10' })
    const { id } = added.json() as { id: number }
    const { items } = (await send('GET', '/api/v1/report-schedules')).json() as { items: { id: number }[] }
    expect(items.find(one => one.id === id)).toMatchObject({ kind: 'year', agency: null, validTo: null })
    expect((await send('POST', `/api/v1/report-schedules/${id}/stop`)).status).toBe(204)
  })
})
