import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDb } from '#src/platform/db.ts'
import { type Client, client, signedInAs, type TestApp, testApp, tokenFor } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { newAgency, newCalendar, newOfficer, type Person, systemCtx } from '#test/support/people.ts'
import { trainingClock } from './platform/clock.ts'

let database: TestDatabase
let at: TestApp
let visitor: Client
let admin: Person & { assignmentId: number }

beforeAll(async () => {
  database = await testDatabase()
  at = testApp(database.db)
  visitor = client(at)
  const ctx = systemCtx(database.db, at.clock)
  await newAgency(ctx, { code: 'H01.1', calendar: await newCalendar(ctx) })
  admin = await newOfficer(ctx, { username: 'admin', role: 'admin', agency: 'H01.1' })
})
afterAll(() => database.close())

const session = (body: BodyInit, headers: Record<string, string> = {}) =>
  at.app.request('/api/v1/session', {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json', ...headers },
  })

describe('an address that is not there', () => {
  test('is a page for people and a problem for machines', async () => {
    const page = await visitor.get('/khong-co')
    expect(page.status).toBe(404)
    expect(page.text).toContain('Không tìm thấy trang')
    const problem = await visitor.get('/api/v1/khong-co')
    expect(problem.status).toBe(404)
    expect(problem.json()).toMatchObject({
      code: 'page-not-found',
      status: 404,
      requestId: problem.headers.get('X-Request-Id'),
    })
  })
})

test('what someone signed in is shown is kept by no proxy; public pages may be', async () => {
  const signedIn = await (await signedInAs(at, admin)).get('/quan-tri/tai-khoan')
  expect([signedIn.status, signedIn.headers.get('Cache-Control')]).toEqual([200, 'private, no-cache'])
  expect((await visitor.get('/thu-tuc')).headers.get('Cache-Control')).toBeNull()
})

describe('what the API says about a wrong body', () => {
  test('each wrong field has its code and a sentence', async () => {
    const answer = await session(JSON.stringify({ password: 12, next: '/' }))
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({
      code: 'fields-invalid',
      title: 'Thông tin chưa đúng',
      errors: [
        { field: 'username', code: 'required', message: 'Hãy nhập tên đăng nhập.' },
        { field: 'password', code: 'wrong-type', message: 'Phải là văn bản.' },
        { field: 'next', code: 'unknown-field', message: 'Không nhận trường “next”.' },
      ],
    })
  })

  test('English by Accept-Language', async () => {
    const answer = await session('{}', { 'Accept-Language': 'en-GB,en;q=0.9' })
    expect(((await answer.json()) as { title: string }).title).toBe('Not valid')
  })

  test.each([
    ['broken JSON', '{"username":', {}, 400, 'body-unreadable'],
    ['another media type', 'username=a', { 'Content-Type': 'text/plain' }, 415, 'media-type-unsupported'],
    ['more than a megabyte', JSON.stringify({ username: 'x'.repeat(1_100_000) }), {}, 413, 'body-too-large'],
    ['a NUL in a text', '{"username":"a\\u0000b","password":"x"}', {}, 400, 'text-unreadable'],
    ['a list instead of an object', '[]', {}, 422, 'fields-invalid'],
  ])('%s', async (_what, body, headers, status, code) => {
    const answer = await session(body, headers)
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([status, code])
  })

  test('a form that is not one is refused', async () => {
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x', 'Sec-Fetch-Site': 'same-origin' }
    const answer = await at.app.request('/dang-nhap', { method: 'POST', body: 'nothing of the kind', headers })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('Không đọc được nội dung gửi lên')
  })
})

describe('a write', () => {
  const write = async (headers: Record<string, string>) => {
    const token = await tokenFor(at, admin)
    const cookie = { Cookie: `motcua=${token}`, Host: 'motcua.example' }
    const body = new URLSearchParams({ assignment: '1' })
    return (await at.app.request('/doi-vai-tro', { method: 'POST', body, headers: { ...cookie, ...headers } })).status
  }

  test('from our own page is carried out', async () => {
    expect(await write({ 'Sec-Fetch-Site': 'same-origin' })).not.toBe(403)
    expect(await write({ Origin: 'http://motcua.example' })).not.toBe(403)
  })

  test.each([
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a sister site', { 'Sec-Fetch-Site': 'same-site', Origin: 'http://motcua.example' }],
    ['another origin', { Origin: 'https://evil.example' }],
    ['an opaque origin', { Origin: 'null' }],
    ['nowhere, with a browser’s cookie', {}],
  ])('from %s is refused', async (_from, headers) => {
    expect(await write(headers as Record<string, string>)).toBe(403)
  })

  test('by a machine with a token needs neither header', async () => {
    const headers = { Authorization: `Bearer ${await tokenFor(at, admin)}` }
    expect((await at.app.request('/api/v1/session', { method: 'DELETE', headers })).status).toBe(204)
  })
})

describe('every answer', () => {
  test('forbids inline script, framing and telling other sites our addresses', async () => {
    const { headers } = await visitor.get('/dang-nhap')
    const policy = headers.get('Content-Security-Policy')
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(headers.get('Referrer-Policy')).toBe('same-origin')
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('Strict-Transport-Security')).toBeNull()
  })

  test('has no script or style in the page itself', async () => {
    const signedIn = await signedInAs(at, admin)
    for (const answer of [
      await visitor.get('/dang-nhap'),
      await visitor.get('/api'),
      await signedIn.get('/quan-tri/tai-khoan'),
    ]) {
      expect(answer.status).toBe(200)
      expect(answer.text).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/u)
    }
  })

  test('speaks the chosen language, Vietnamese first', async () => {
    expect((await visitor.get('/dang-nhap')).text).toContain('<html lang="vi">')
    const chosen = await visitor.get('/ngon-ngu/en?back=/dang-nhap')
    expect([chosen.status, chosen.location]).toEqual([303, '/dang-nhap'])
    const english = client(at, chosen.headers.getSetCookie()[0]?.split(';')[0])
    expect((await english.get('/dang-nhap')).text).toContain('<html lang="en">')
    expect((await visitor.get('/ngon-ngu/en?back=//evil.example')).location).toBe('/')
  })

  test('says so when the clock is one for practice', async () => {
    const start = new Date('2026-03-02T08:00:00+07:00')
    const clock = trainingClock({ simStart: start, realStart: new Date(), speed: 60 })
    const practice = client(testApp(database.db, { services: { clock } }))
    for (const path of ['/dang-nhap', '/khong-co', '/api']) {
      expect((await practice.get(path)).text).toMatch(/Đồng hồ tập huấn: 08:0\d 02\/03\/2026, nhanh gấp 60 lần/u)
    }
    expect((await visitor.get('/dang-nhap')).text).not.toContain('Đồng hồ tập huấn')
  })
})

describe('the log', () => {
  test('has a line per request with its pattern, and no address, query or name', async () => {
    const lines: string[] = []
    const log = pino({ level: 'info' }, { write: line => lines.push(line) })
    const logged = testApp(database.db, { services: { log } })
    const answer = await client(logged).get('/quan-tri/tai-khoan/12345?q=nguyen')
    const line = JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>
    expect(line).toMatchObject({
      method: 'GET',
      route: '/quan-tri/tai-khoan/:id',
      status: 303,
      requestId: answer.headers.get('X-Request-Id'),
    })
    expect(lines.join('')).not.toMatch(/12345|nguyen/u)
  })

  test('a fault of ours is logged with where it broke, and shown without it', async () => {
    const lines: string[] = []
    const log = pino({ level: 'info' }, { write: line => lines.push(line) })
    const broken = testApp(database.db, { services: { log } })
    broken.app.get('/api/v1/broken', () => {
      throw Object.assign(new Error('invalid input: 079090001234'), { code: '22P02' })
    })
    const answer = await client(broken).get('/api/v1/broken')
    expect(answer.status).toBe(500)
    expect(answer.json()).toMatchObject({ code: 'fault', requestId: answer.headers.get('X-Request-Id') })
    expect(lines[0]).toContain('app.test.ts')
    expect(lines.join('') + answer.text).not.toContain('079090001234')
  })
})

describe('while the database is away', () => {
  test('pages and API say so with 503, and only readiness fails', async () => {
    const away = createDb('postgres://nobody@127.0.0.1:1/nothing')
    const app = testApp(away)
    const cookie = `motcua=${await tokenFor(at, admin)}`
    const page = await client(app, cookie).get('/dang-nhap')
    expect(page.status).toBe(503)
    expect(page.text).toContain('Hệ thống đang bận')
    const signIn = await client(app).send('POST', '/api/v1/session', { username: 'a', password: 'b' })
    expect([signIn.status, (signIn.json() as { code: string }).code]).toEqual([503, 'busy'])
    expect((await client(app).get('/readyz')).status).toBe(503)
    expect((await client(app).get('/healthz')).status).toBe(200)
    await away.destroy()
  })
})

describe('for operators and integrators', () => {
  test('metrics count requests by pattern', async () => {
    await visitor.get('/dang-nhap')
    const { text } = await visitor.get('/metrics')
    expect(text).toMatch(/http_request_duration_seconds_count\{method="GET",route="\/dang-nhap",status="200"\} \d+/u)
    expect(text).toContain('process_cpu_seconds_total')
  })

  test('the OpenAPI document describes the session, and the page shows it', async () => {
    const document = (await visitor.get('/api/openapi.json')).json() as {
      openapi: string
      paths: Record<string, object>
    }
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths['/api/v1/session'] ?? {})).toEqual(['post', 'delete'])
    expect(document).toHaveProperty('components.schemas.Problem')
    expect((await visitor.get('/api')).text).toContain('POST /api/v1/session')
  })
})
