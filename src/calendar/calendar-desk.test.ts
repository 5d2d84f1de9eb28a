import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findAgency } from '#src/agencies/agency.query.ts'
import { type Client, client, signedInAs, type TestApp, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { newAgency, newOfficer, systemCtx } from '#test/support/people.ts'
import { findCalendar } from './calendar.query.ts'
import { installNationalCalendar } from './install-national-calendar.ts'

let database: TestDatabase
let at: TestApp
let admin: Client
let control: Client
let director: Client
beforeAll(async () => {
  database = await testDatabase()
  at = testApp(database.db)
  const ctx = systemCtx(database.db, at.clock)
  await installNationalCalendar(ctx)
  for (const code of ['H01.1', 'H01.2']) await newAgency(ctx, { code, calendar: 1 })
  const enter = async (role: 'admin' | 'control' | 'director') =>
    signedInAs(at, await newOfficer(ctx, { username: role, role, agency: 'H01.1' }))
  admin = await enter('admin')
  control = await enter('control')
  director = await enter('director')
})
afterAll(() => database.close())

const calendarNow = (id: number) => findCalendar(systemCtx(database.db, at.clock), id)
const jobs = async () => {
  const rows = await database.owner
    .selectFrom('graphile_worker.jobs' as never)
    .select(['task_identifier'] as never)
    .execute()
  return rows.length
}
/** The error summary on. */
const mainOf = (text: string) => text.slice(text.indexOf('error-summary'), text.indexOf('<form class="form"'))
const notice2027 = { notice: 'Thông báo 1/TB-BNV', off: '01/01: Tết Dương lịch\n05/02-11/02: Tết Nguyên đán', work: '' }

const noteOfEveryDay = () => '01/01-31/01: A\n01/03-31/03: B'

describe('the calendar page', () => {
  test('shows the present year with its days, their reasons and their ground', async () => {
    const { text, status } = await director.get('/lich')
    expect(status).toBe(200)
    expect(text).toContain('Lịch làm việc 2026')
    expect(text).toContain('Tết Nguyên đán Bính Ngọ')
    expect(text).toContain('Thông báo 9441/TB-BNV')
    expect(text).toContain('Làm bù cho thứ Hai 31/8/2026')
    expect(text).not.toContain('tạm tính qua')
    expect(text).not.toContain('chưa có thông báo')
  })

  test('warns of a year without a notice, and offers the form to who may enter it', async () => {
    const warning = 'Năm 2027 chưa có thông báo chính thức; hạn trả tính qua năm này chỉ là tạm tính.'
    const seen = await director.get('/lich?year=2027')
    expect(seen.text).toContain(warning)
    expect(seen.text).not.toContain('Nhập thông báo năm 2027')
    const offered = await control.get('/lich?year=2027')
    expect(offered.text).toContain(warning)
    expect(offered.text).toContain('Nhập thông báo năm 2027')
  })

  test.each([
    '/lich?year=1900',
    '/lich?calendar=99',
    '/lich?calendar=x',
    '/lich/1/thong-bao/x',
    '/lich/99/thong-bao/2027',
  ])('is not found at %s', async path => {
    expect((await admin.get(path)).status).toBe(404)
  })
})

describe('entering a notice', () => {
  const form = '/lich/1/thong-bao/2027'

  test('begins with the days the law fixes', async () => {
    const { text } = await control.get(form)
    expect(text).toContain('01/01: Tết Dương lịch')
    expect(text).toContain('03/05: Nghỉ bù Ngày Quốc tế lao động')
    expect(text).toContain('Hạn trả của 0 hồ sơ đang giải quyết')
  })

  test.each([
    [{ notice: '' }, 'Hãy nhập số, ký hiệu thông báo.'],
    [{ off: '' }, 'Hãy nhập các ngày nghỉ.'],
    [{ off: '01/01: A\nTết' }, 'Dòng 2 “Tết”: hãy ghi ngày/tháng, dấu hai chấm rồi lý do'],
    [{ work: '31/02: Làm bù' }, 'Dòng 1 “31/02: Làm bù”: không phải ngày hợp lệ của năm 2027.'],
    [{ work: '01/01: Làm bù' }, 'Ngày 2027-01-01 được nêu hai lần.'],
    [{ off: `01/01: ${'x'.repeat(201)}` }, 'Dài quá 200 ký tự.'],
    [{ notice: '', work: 'x' }, 'Dòng 1 “x”'],
    [{ also: '99' }, 'Không có lịch làm việc này.'],
    [{ off: noteOfEveryDay() }, 'Nhiều nhất 60 mục.'],
    [{ forAll: 'yes' }, 'Không nhận trường “forAll”.'],
  ])('with %j changes nothing, says why and keeps what was typed', async (wrong, sentence) => {
    const answer = await control.post(form, { ...notice2027, ...wrong } as Record<string, string>)
    expect([404, 422]).toContain(answer.status)
    expect(mainOf(answer.text)).toContain(sentence)
    if (!('notice' in wrong)) expect(answer.text).toContain('value="Thông báo 1/TB-BNV"')
    expect((await calendarNow(1))?.version).toBe(1)
    expect(await jobs()).toBe(0)
  })

  test('replaces the year, queues the recomputation and comes back with word of it', async () => {
    const answer = await control.post(form, notice2027)
    expect([answer.status, answer.location]).toEqual([303, '/lich?calendar=1&year=2027&done=notice'])
    const { text } = await control.get(answer.location ?? '')
    expect(text).toContain('Đã ghi thông báo.')
    expect(text).toContain('Sửa thông báo năm 2027')
    expect(text).not.toContain('chưa có thông báo')
    const calendar = await calendarNow(1)
    expect(calendar?.version).toBe(2)
    expect(calendar?.noticedYears).toContain(2027)
    expect(calendar?.days.filter(({ day }) => day.startsWith('2027'))).toHaveLength(8)
    expect(await jobs()).toBe(1)
  })
})

describe('calendars of agencies with other hours', () => {
  const hours = Object.fromEntries([1, 2, 3, 4, 5].map(day => [`hours.d${day}`, '07:30-11:30, 13:00-17:00']))
  const saturday = { source: '1', name: 'Lịch sáng thứ Bảy', ...hours, 'hours.d6': '7:30-11:30' }

  test('are copied from another with its days, and agencies are moved to them', async () => {
    const made = await admin.post('/lich/moi', saturday)
    expect([made.status, made.location]).toEqual([303, '/lich?calendar=2&year=2026&done=calendar'])
    const [copy, source] = [await calendarNow(2), await calendarNow(1)]
    expect(copy?.weekly[6]).toEqual([{ from: '07:30', to: '11:30' }])
    expect([copy?.days, copy?.noticedYears]).toEqual([source?.days, source?.noticedYears])
    const moved = await admin.post('/lich/2/co-quan?year=2026', { agency: 'H01.2' })
    expect([moved.status, moved.location]).toEqual([303, '/lich?calendar=2&year=2026&done=agency'])
    expect((await findAgency(systemCtx(database.db, at.clock), 'H01.2'))?.calendarId).toBe(2)
    expect((await admin.get('/lich?calendar=2')).text).toContain('Ủy ban nhân dân xã H01.2')
  })

  test('are in the notice form, ticked unless they have a notice of their own', async () => {
    const { text } = await control.get('/lich/1/thong-bao/2028')
    expect(text).toMatch(/<input[^>]*name="also"[^>]*value="2"[^>]*checked/u)
    await control.post('/lich/2/thong-bao/2028', { ...notice2027, notice: 'Thông báo riêng' })
    const own = await control.get('/lich/1/thong-bao/2028')
    expect(own.text).toContain('Thông báo riêng')
    expect(own.text).not.toMatch(/<input[^>]*name="also"[^>]*value="2"[^>]*checked/u)
    const both = await control.post('/lich/1/thong-bao/2028', { ...notice2027, also: '2' })
    expect(both.status).toBe(303)
    const days = async (id: number) => (await calendarNow(id))?.days.filter(({ day }) => day.startsWith('2028'))
    expect(await days(2)).toEqual(await days(1))
  })

  test.each([
    [{ name: '' }, 'Hãy nhập tên lịch.', 422],
    [{ 'hours.d6': 'sáng' }, 'Giờ làm việc phải có dạng', 422],
    [{ 'hours.d6': '07:30-11:30, 11:00-12:00' }, 'Giờ làm việc phải có dạng', 422],
    [{ 'hours.d1': '' }, 'Cần có giờ làm việc của thứ Hai', 422],
    [{ name: 'Lịch sáng thứ Bảy' }, 'Đã có lịch làm việc mang tên này.', 409],
    [{ source: '99' }, 'Không có lịch làm việc này.', 404],
    [{ 'hours.d8': '07:30-11:30' }, 'Không nhận trường “d8”', 422],
  ])('cannot be made with %j', async (wrong, sentence, status) => {
    const answer = await admin.post('/lich/moi', { ...saturday, name: 'Lịch khác', ...wrong } as Record<string, string>)
    expect(mainOf(answer.text)).toContain(sentence)
    expect(answer.status).toBe(status)
  })

  test('an unknown agency is refused at the field', async () => {
    const answer = await admin.post('/lich/2/co-quan?year=2026', { agency: 'H99' })
    expect(answer.status).toBe(404)
    expect(answer.text).toContain('Không tìm thấy cơ quan này.')
  })
})

describe('the API', () => {
  test('gives a year to everyone, provisional while it has no notice', async () => {
    const known = (await client(at).get('/api/v1/calendars/1?year=2026')).json()
    expect(known).toMatchObject({ id: 1, year: 2026, provisional: false, notice: expect.any(String) })
    expect(known).toMatchObject({ weekly: { 6: [] }, noticedYears: expect.arrayContaining([2026]) })
    const gap = (await client(at).get('/api/v1/calendars/1?year=2030')).json()
    expect(gap).toMatchObject({ provisional: true, notice: null, days: expect.arrayContaining([expect.anything()]) })
    expect((await client(at).get('/api/v1/calendars/99')).status).toBe(404)
    expect((await client(at).get('/api/v1/calendars/1?jahr=2026')).status).toBe(422)
    expect((await client(at).get('/api/v1/calendars/1')).json()).toMatchObject({ year: 2026 })
  })

  test('takes a notice from who may enter it, in several calendars at once', async () => {
    const path = '/api/v1/calendars/1/years/2029'
    const body = { notice: 'Thông báo 3/TB-BNV', off: [{ day: '2029-01-01', reason: 'Tết Dương lịch' }], also: [2] }
    expect((await client(at).send('PUT', path, body)).status).toBe(401)
    expect((await director.send('PUT', path, body)).status).toBe(403)
    const entered = await control.send('PUT', path, body)
    expect(entered.status).toBe(200)
    expect(entered.json()).toMatchObject({ calendar: 1, year: 2029, version: expect.any(Number) })
    for (const id of [1, 2]) expect((await calendarNow(id))?.noticedYears).toContain(2029)
  })

  test.each([
    [{ off: [{ day: '2028-01-01', reason: 'Năm khác' }] }, 'off'],
    [{ off: [{ day: '2029-02-30', reason: 'Không có' }] }, 'off.0.day'],
    [{ notice: undefined }, 'notice'],
    [{ year: 2030 }, 'year'],
  ])('refuses %j at the field', async (wrong, field) => {
    const body = { notice: 'Thông báo', off: [{ day: '2029-01-01', reason: 'Tết' }], ...wrong }
    const answer = await admin.send('PUT', '/api/v1/calendars/1/years/2029', body)
    expect(answer.status).toBe(422)
    const { field: one, errors } = answer.json() as { field?: string; errors?: { field: string }[] }
    expect([one, ...(errors ?? []).map(error => error.field)]).toContain(field)
  })
})

test('every change is audited', async () => {
  const rows = await database.owner.selectFrom('audit').select('action').distinct().execute()
  const actions = rows.map(({ action }) => action)
  for (const action of ['enter-notice', 'create-calendar', 'set-agency-calendar']) expect(actions).toContain(action)
})
