import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createServicePoint } from '#src/agencies/create-service-point.ts'
import { type Client, client, signedInAs, type TestApp, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { newAgency, newCalendar, newOfficer, PASSWORD, type Person, systemCtx } from '#test/support/people.ts'

const LIST = '/quan-tri/tai-khoan'
let database: TestDatabase
let at: TestApp
let admin: Client
let self: Person
let elsewhere: number

beforeAll(async () => {
  database = await testDatabase()
  at = testApp(database.db)
  const ctx = systemCtx(database.db, at.clock)
  const calendar = await newCalendar(ctx)
  await newAgency(ctx, { code: 'H01.1', calendar })
  await newAgency(ctx, { code: 'H01.2', calendar })
  elsewhere = (await createServicePoint(ctx, { agency: 'H01.2', name: 'Bưu điện xã', kind: 'post-office' })).id
  self = await newOfficer(ctx, { username: 'admin', role: 'admin', agency: 'H01.1' })
  admin = await signedInAs(at, self)
})
afterAll(() => database.close())

const fields = { kind: 'officer', name: 'Đỗ Thị Ngọc Ánh', username: 'anh.do', password: 'rất khó đoán 1' }

test('a new officer can sign in once given a role in an agency', async () => {
  const made = await admin.post(LIST, fields)
  expect(made.status).toBe(303)
  const page = made.location as string
  const enter = () => client(at).post('/dang-nhap', { username: 'anh.do', password: fields.password })
  expect((await enter()).text).toContain('Tài khoản chưa được phân công')
  const assigned = await admin.post(`${page}/phan-cong`, { agency: 'H01.1', role: 'specialist' })
  expect([assigned.status, assigned.location]).toEqual([303, page])
  expect((await admin.get(page)).text).toContain('Chuyên viên')
  expect((await enter()).location).toBe('/viec')
})

test('the list finds names typed without diacritics', async () => {
  const found = await admin.get(`${LIST}?q=do+thi+ngoc`)
  expect(found.text).toContain('Đỗ Thị Ngọc Ánh')
  expect(found.text).toContain('Chuyên viên · Xã H01.1')
  expect((await admin.get(`${LIST}?q=100%25`)).text).toContain('Không có tài khoản nào')
})

test('the list goes on page by page without losing anyone', async () => {
  const ctx = systemCtx(database.db, at.clock)
  const rows = Array.from({ length: 60 }, (_, n) => ({
    kind: 'officer',
    username: `many${n}`,
    password_hash: 'x',
    name: `Người thứ ${n}`,
    created_at: ctx.clock.now(),
  }))
  await database.owner.insertInto('account').values(rows).execute()
  const names = (text: string) => [...text.matchAll(/Người thứ \d+/gu)].map(found => found[0])
  const first = await admin.get(`${LIST}?q=nguoi+thu`)
  const next = /href="([^"]+)" rel="next"/u.exec(first.text)?.[1]?.replaceAll('&amp;', '&')
  const second = await admin.get(next ?? '')
  expect(new Set([...names(first.text), ...names(second.text)]).size).toBe(60)
  expect(second.text).not.toContain('rel="next"')
})

describe('what cannot be', () => {
  test('two accounts of one user name', async () => {
    const again = await admin.post(LIST, { ...fields, name: 'Người khác' })
    expect(again.status).toBe(409)
    expect(again.text).toContain('Tên đăng nhập này đã có người dùng.')
    expect(again.text).toContain('value="Người khác"')
    expect(again.text).not.toContain(fields.password)
  })

  test.each([
    [{ password: 'ngắn' }, 'Cần ít nhất 8 ký tự.'],
    [{ username: 'Ngọc Ánh' }, 'Tên đăng nhập gồm 2–60 chữ thường không dấu'],
    [{ kind: 'robot' }, 'Hãy chọn một trong: officer, citizen.'],
    [{ kind: 'citizen' }, 'Tài khoản công dân cần số định danh.'],
    [{ email: 'anh@' }, 'Địa chỉ thư điện tử chưa đúng'],
    [{ role: 'admin' }, 'Không nhận trường “role”.'],
  ])('an account with %j', async (wrong, sentence) => {
    const answer = await admin.post(LIST, { ...fields, username: 'moi', ...wrong } as Record<string, string>)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(sentence)
  })

  test.each([
    [{ agency: 'H99.9', role: 'clerk' }, 'Không có cơ quan mang mã này.'],
    [{ agency: 'H01.1', role: 'clerk', servicePoint: 'ELSEWHERE' }, 'Điểm tiếp nhận này không thuộc cơ quan đã chọn.'],
    [{ agency: 'H01.1', role: 'admin' }, 'Cán bộ đã có phân công này.'],
    [
      { agency: 'H01.1', role: 'clerk', validFrom: '2026-03-02', validTo: '2026-03-02' },
      'Ngày kết thúc phải sau ngày bắt đầu.',
    ],
    [{ agency: 'H01.1', role: 'clerk', validFrom: '30/02/2026' }, 'Ngày phải có dạng năm-tháng-ngày'],
    [{ agency: 'H01.1' }, 'Hãy chọn vai trò.'],
  ])('an assignment with %j', async (wrong, sentence) => {
    const given = Object.entries(wrong).map(([name, value]) => [
      name,
      value === 'ELSEWHERE' ? String(elsewhere) : value,
    ])
    const answer = await admin.post(`${LIST}/${self.accountId}/phan-cong`, Object.fromEntries(given))
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(sentence)
  })

  test('shutting one’s own account', async () => {
    const answer = await admin.post(`${LIST}/${self.accountId}/ngung`)
    expect(answer.status).toBe(409)
    expect((await admin.get(LIST)).status).toBe(200)
  })
})

test('a deactivated officer is signed out at once, and let in again when activated', async () => {
  const ctx = systemCtx(database.db, at.clock)
  const leaver = await newOfficer(ctx, { username: 'leaver', role: 'clerk', agency: 'H01.1' })
  const desk = await signedInAs(at, leaver)
  await admin.post(`${LIST}/${leaver.accountId}/ngung`)
  expect((await desk.get('/doi-vai-tro')).location).toBe('/dang-nhap?next=%2Fdoi-vai-tro')
  await admin.post(`${LIST}/${leaver.accountId}/mo-lai`)
  expect((await client(at).post('/dang-nhap', { username: 'leaver', password: PASSWORD })).location).toBe('/viec')
})

test('every change of accounts is audited under the administrator’s name', async () => {
  const rows = await database.owner
    .selectFrom('audit')
    .selectAll()
    .where('actor', '=', `officer:${self.accountId}`)
    .execute()
  expect(new Set(rows.map(row => row.action))).toEqual(
    new Set(['create-account', 'assign-role', 'deactivate-account', 'activate-account']),
  )
  expect(JSON.stringify(rows)).not.toMatch(/Ánh|anh\.do/u)
})
