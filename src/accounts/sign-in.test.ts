import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SESSION_COOKIE } from '#src/platform/session.ts'
import { type Client, client, signedInAs, type TestApp, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import {
  newAgency,
  newCalendar,
  newCitizen,
  newOfficer,
  PASSWORD,
  type Person,
  systemCtx,
} from '#test/support/people.ts'
import { assignRole } from './assign-role.ts'
import { deactivateAccount } from './deactivate-account.ts'

let database: TestDatabase
let test_: TestApp
let visitor: Client
const people: Record<string, Person> = {}

beforeAll(async () => {
  database = await testDatabase()
  test_ = testApp(database.db)
  visitor = client(test_)
  const ctx = systemCtx(database.db, test_.clock)
  const calendar = await newCalendar(ctx)
  await newAgency(ctx, { code: 'H01.1', calendar })
  await newAgency(ctx, { code: 'H01.2', calendar })
  for (const username of ['hoa', 'lan', 'mai', 'cuc', 'dao', 'tram', 'hue']) {
    people[username] = await newOfficer(ctx, { username, role: 'intake', agency: 'H01.1' })
  }
  people.sen = await newCitizen(ctx, 'sen')
})
afterAll(() => database.close())

const person = (name: string) => people[name] as Person
const open = (body: unknown) => visitor.send('POST', '/api/v1/session', body)
const cookieOf = (headers: Headers) => headers.getSetCookie().find(one => one.startsWith(`${SESSION_COOKIE}=`))

describe('signing in on the page', () => {
  test('an officer is led to their work, a citizen to their own dossiers', async () => {
    const officer = await visitor.post('/dang-nhap', { username: 'hoa', password: PASSWORD })
    expect([officer.status, officer.location]).toEqual([303, '/viec'])
    expect(cookieOf(officer.headers)).toMatch(
      /^motcua=[\w-]{43}\.[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/u,
    )
    const citizen = await visitor.post('/dang-nhap', { username: 'sen', password: PASSWORD })
    expect([citizen.status, citizen.location]).toEqual([303, '/cua-toi'])
  })

  test('the cookie is sent only over https when the installation is', async () => {
    const secure = testApp(database.db, { config: { publicUrl: 'https://motcua.example' } })
    const answer = await client(secure).post('/dang-nhap', { username: 'hoa', password: PASSWORD })
    expect(cookieOf(answer.headers)).toContain('; Secure')
  })

  test('the user name may be typed in capitals and with spaces around', async () => {
    expect((await visitor.post('/dang-nhap', { username: ' HOA ', password: PASSWORD })).status).toBe(303)
  })

  test('a person comes back to the page they wanted, but never to another site', async () => {
    const enter = async (next: string) =>
      (await visitor.post('/dang-nhap', { username: 'hoa', password: PASSWORD, next })).location
    expect(await enter('/ho-so?q=an')).toBe('/ho-so?q=an')
    for (const away of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      'javascript:1',
    ]) {
      expect(await enter(away)).toBe('/viec')
    }
  })

  test('a wrong password and an unknown name get the same answer and keep what was typed', async () => {
    const wrong = await visitor.post('/dang-nhap', { username: 'hoa', password: 'không phải' })
    const unknown = await visitor.post('/dang-nhap', { username: 'hua', password: 'không phải' })
    expect([wrong.status, unknown.status]).toEqual([422, 422])
    expect(wrong.text).toContain('Tên đăng nhập hoặc mật khẩu chưa đúng.')
    expect(wrong.text).toContain('value="hoa"')
    expect(wrong.text).not.toContain('không phải')
    expect(unknown.text.replaceAll('"hua"', '"hoa"')).toBe(wrong.text)
  })

  test('missing fields are named', async () => {
    const answer = await visitor.post('/dang-nhap', { username: '', password: '' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('Hãy nhập tên đăng nhập.')
    expect(answer.text).toContain('Hãy nhập mật khẩu.')
  })

  test('signing out ends the session, not only the cookie', async () => {
    const hoa = await signedInAs(test_, person('hoa'))
    expect((await hoa.get('/doi-vai-tro')).status).toBe(200)
    const out = await hoa.post('/dang-xuat')
    expect([out.status, out.location]).toEqual([303, '/dang-nhap'])
    expect((await hoa.get('/doi-vai-tro')).location).toBe('/dang-nhap?next=%2Fdoi-vai-tro')
  })
})

describe('signing in by the API', () => {
  test('gives a token that works until it is ended', async () => {
    const answer = await open({ username: 'hoa', password: PASSWORD })
    expect(answer.status).toBe(200)
    const session = answer.json() as { token: string }
    expect(session).toMatchObject({
      expiresAt: '2026-03-02T13:00:00.000Z',
      officer: {
        name: 'Cán bộ hoa',
        role: 'intake',
        agency: { code: 'H01.1', name: 'Ủy ban nhân dân xã H01.1' },
        servicePoint: null,
      },
    })
    const headers = { Authorization: `Bearer ${session.token}` }
    expect((await visitor.send('DELETE', '/api/v1/session', undefined, headers)).status).toBe(204)
    expect((await visitor.send('DELETE', '/api/v1/session', undefined, headers)).status).toBe(401)
  })

  test('refuses a wrong password with 401 and a sentence', async () => {
    const answer = await open({ username: 'hoa', password: 'sai' })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8')
    expect(answer.json()).toMatchObject({ code: 'sign-in-failed', status: 401, type: '/api#sign-in-failed' })
  })

  test('the token itself is not in the database', async () => {
    const { token } = (await open({ username: 'hoa', password: PASSWORD })).json() as { token: string }
    const rows = await database.owner.selectFrom('session').select('token_hash').execute()
    expect(rows.some(row => token.includes(row.token_hash.toString('base64url')))).toBe(false)
  })

  test('a token of another installation, or changed by one letter, is nobody’s', async () => {
    const { token } = (await open({ username: 'hoa', password: PASSWORD })).json() as { token: string }
    const elsewhere = testApp(database.db, { config: { sessionSecret: 'another secret' } })
    const changed = (token.startsWith('A') ? 'B' : 'A') + token.slice(1)
    const end = (at: TestApp, bearer: string) =>
      client(at).send('DELETE', '/api/v1/session', undefined, { Authorization: `Bearer ${bearer}` })
    expect((await end(elsewhere, token)).status).toBe(401)
    expect((await end(test_, changed)).status).toBe(401)
    expect((await end(test_, token)).status).toBe(204)
  })
})

describe('guessing passwords', () => {
  const guess = (username: string, password: string) => open({ username, password }).then(answer => answer.status)

  test('after five failures even the right password waits five minutes', async () => {
    for (let n = 0; n < 4; n += 1) expect(await guess('lan', 'sai')).toBe(401)
    expect(await guess('lan', PASSWORD)).toBe(200)
    for (let n = 0; n < 5; n += 1) expect(await guess('lan', 'sai')).toBe(401)
    expect(await guess('lan', PASSWORD)).toBe(401)
    test_.clock.set('2026-03-02T08:04:59+07:00')
    expect(await guess('lan', PASSWORD)).toBe(401)
    test_.clock.set('2026-03-02T08:05:00+07:00')
    expect(await guess('lan', 'sai')).toBe(401)
    expect(await guess('lan', PASSWORD)).toBe(200)
    test_.clock.set('2026-03-02T08:00:00+07:00')
  })

  test('five failures at once lock like five in a row', async () => {
    await Promise.all(Array.from({ length: 5 }, () => guess('mai', 'sai')))
    expect(await guess('mai', PASSWORD)).toBe(401)
  })

  test('a crowd signing in rightly at once is let in', async () => {
    const all = await Promise.all(Array.from({ length: 12 }, () => guess('dao', PASSWORD)))
    expect(new Set(all)).toEqual(new Set([200]))
  })

  test('failures and successes are audited without what was typed', async () => {
    await guess('tram', 'mật khẩu sai')
    await guess('không có ai', 'mật khẩu sai')
    await guess('tram', PASSWORD)
    const rows = await database.owner.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(3).execute()
    const subject = `account:${person('tram').accountId}`
    expect(rows.map(row => [row.action, row.subject, row.actor])).toEqual([
      ['sign-in', subject, 'visitor'],
      ['sign-in-failed', 'account:unknown', 'visitor'],
      ['sign-in-failed', subject, 'visitor'],
    ])
    expect(JSON.stringify(rows)).not.toMatch(/sai|có ai/u)
  })
})

describe('a session', () => {
  test('lasts twelve hours of the platform’s clock', async () => {
    const cuc = await signedInAs(test_, person('cuc'))
    test_.clock.set('2026-03-02T19:59:59+07:00')
    expect((await cuc.get('/doi-vai-tro')).status).toBe(200)
    test_.clock.set('2026-03-02T20:00:00+07:00')
    expect((await cuc.get('/doi-vai-tro')).status).toBe(303)
    test_.clock.set('2026-03-02T08:00:00+07:00')
  })

  test('ends when the account is deactivated', async () => {
    const hue = await signedInAs(test_, person('hue'))
    await deactivateAccount(systemCtx(database.db, test_.clock), { accountId: person('hue').accountId })
    expect((await hue.get('/doi-vai-tro')).status).toBe(303)
    expect((await open({ username: 'hue', password: PASSWORD })).status).toBe(401)
  })

  test('an officer with several assignments chooses one, and acts in it from then on', async () => {
    const ctx = systemCtx(database.db, test_.clock)
    const { id } = await assignRole(ctx, { accountId: person('cuc').accountId, agency: 'H01.2', role: 'leader' })
    const entered = await visitor.post('/dang-nhap', { username: 'cuc', password: PASSWORD, next: '/ho-so' })
    expect(entered.location).toBe('/doi-vai-tro?next=%2Fho-so')
    const cuc = client(test_, cookieOf(entered.headers)?.split(';')[0])
    expect((await cuc.get('/doi-vai-tro?next=%2Fho-so')).text).toContain('Lãnh đạo · Ủy ban nhân dân xã H01.2')
    const switched = await cuc.post('/doi-vai-tro', { assignment: String(id), next: '/ho-so' })
    expect([switched.status, switched.location]).toEqual([303, '/ho-so'])
    const page = await cuc.get('/doi-vai-tro')
    expect(page.text).toContain('Lãnh đạo · Xã H01.2')
    const audit = await database.owner
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'switch-assignment')
      .executeTakeFirstOrThrow()
    expect(audit.detail).toEqual({ from: person('cuc').assignmentId, to: id })
  })

  test('another person’s assignment cannot be taken', async () => {
    const cuc = await signedInAs(test_, person('cuc'))
    const answer = await cuc.post('/doi-vai-tro', { assignment: String(person('hoa').assignmentId) })
    expect(answer.status).toBe(404)
    expect(answer.text).toContain('Không có phân công này')
    expect((await open({ username: 'cuc', password: PASSWORD, assignment: person('hoa').assignmentId })).status).toBe(
      404,
    )
  })
})
