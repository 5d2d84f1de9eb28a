import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { refuseAtCounter } from '#src/casework/refuse-intake.ts'
import { submitDossier } from '#src/casework/submit-dossier.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { type Db, run } from '#src/platform/db.ts'
import { OWN_LIST } from '#src/tracking/own-dossiers.query.ts'
import { findTracked, TRACK_BY_SECRET } from '#src/tracking/tracking.query.ts'
import { type Client, client, signedInAs, type TestApp, testApp } from './support/app.ts'
import { publishDemoCatalogue } from './support/catalogue.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { advanceTo, birthIntake, command, MONDAY, makeOffice, type Office } from './support/office.ts'

let database: TestDatabase
let office: Office
let test: TestApp
let citizen: Client

const OWN = { applicant: { kind: 'citizen', name: 'Lê Thị Thử', idNumber: '000190000077', phone: '0900000077' } }

beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  test = testApp(database.db)
  citizen = await signedInAs(test, {
    accountId: (office.citizen.actor as { accountId: number }).accountId,
    assignmentId: null,
  })
})
afterAll(() => database.close())

type Slip = { code: string; secret: string }

async function received(change: Record<string, unknown> = {}): Promise<Slip> {
  office.clock.set(MONDAY)
  test.clock.set('2026-03-02T10:00:00+07:00')
  const answer = await receiveDossier(office.as('intake'), birthIntake(change), randomUUID())
  return { code: answer.code ?? '', secret: answer.trackingSecret }
}

async function track({ code, secret }: Slip) {
  const answer = await client(test).get(`/api/v1/track/${code}?secret=${secret}`)
  return { status: answer.status, body: answer.json() as Record<string, unknown> }
}
const pageOf = ({ code, secret }: Slip) => client(test).get(`/tra-cuu/${code}?m=${secret}`)

async function viewsOf(code: string): Promise<unknown[]> {
  return run(
    database.db,
    `SELECT v.actor, v.via, v.at FROM dossier_view v JOIN dossier d ON d.id = v.dossier_id WHERE d.code = $1 ORDER BY v.id`,
    [code],
  )
}

describe('tracking by code and secret', () => {
  it('tells a received dossier', async () => {
    const slip = await received()
    const { status, body } = await track(slip)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      code: slip.code,
      state: 'received',
      procedure: { code: '1.001193', name: 'Đăng ký khai sinh' },
      receivedAt: '2026-03-02T02:00:00.000Z',
      dueAt: '2026-03-03T02:00:00.000Z',
      originalDueAt: '2026-03-03T02:00:00.000Z',
      provisional: false,
      gaps: [],
      paused: false,
      where: 'UBND xã Thanh Bình',
      next: 'Ông/bà chưa phải làm gì. Kết quả có chậm nhất lúc 09:00 thứ Ba, 03/03/2026.',
      desk: { name: 'Bộ phận một cửa, UBND xã Thanh Bình', hours: 'thứ Hai đến thứ Sáu: 07:30–11:30, 13:00–17:00' },
      history: [
        { at: '2026-03-02T02:00:00.000Z', type: 'received', text: 'UBND xã Thanh Bình tiếp nhận, cấp giấy hẹn' },
      ],
    })
    for (const key of ['supplement', 'extension', 'result', 'judgement', 'endReason'])
      expect(body).not.toHaveProperty(key)
  })

  it('answers a wrong code and a wrong secret alike, and logs neither', async () => {
    const slip = await received()
    const wrong = [
      { ...slip, secret: 'AAAAAAAA' },
      { ...slip, code: 'H20.101-260302-9999' },
      { ...slip, code: 'nonsense' },
      { code: 'H20.101-260302-9999', secret: 'AAAAAAAA' },
    ]
    const answers = await Promise.all(wrong.map(track))
    for (const { status, body } of answers) {
      expect(status).toBe(404)
      expect({ ...body, requestId: '' }).toEqual({ ...answers[0]?.body, requestId: '' })
      expect(body.code).toBe('tracking-not-found')
    }
    for (const one of wrong) {
      const { status, text } = await pageOf(one)
      expect(status).toBe(404)
      expect(text).toContain('Mã hồ sơ hoặc mã tra cứu chưa đúng')
      expect(text).not.toContain('Đăng ký khai sinh')
    }
    expect(await viewsOf(slip.code)).toEqual([])
  })

  it('logs that it was looked at', async () => {
    const slip = await received()
    await pageOf(slip)
    await track(slip)
    const view = { actor: 'visitor', via: 'track', at: test.clock.now() }
    expect(await viewsOf(slip.code)).toEqual([view, view])
  })

  it('forgives how codes are typed', async () => {
    const { code, secret } = await received()
    expect((await track({ code: code.toLowerCase(), secret: secret.toLowerCase() })).status).toBe(200)
    const typed = new URLSearchParams({ code: ` ${code.replaceAll('-', ' – ')} `, m: secret.toLowerCase() })
    const { status, location } = await client(test).get(`/tra-cuu?${typed}`)
    expect([status, location]).toEqual([303, `/tra-cuu/${code}?m=${secret}`])
  })

  it('asks for what is missing at the field, keeping what was typed', async () => {
    const { status, text } = await client(test).get('/tra-cuu?code=H20.101-260302-0001&m=')
    expect(status).toBe(422)
    expect(text).toContain('Hãy nhập mã tra cứu.')
    expect(text).toContain('value="H20.101-260302-0001"')
    expect((await client(test).get('/tra-cuu/H20.101-260302-0001')).text).toContain('value="H20.101-260302-0001"')
  })

  it('needs the secret in the API and refuses what it does not know', async () => {
    const { code, secret } = await received()
    for (const query of ['', '?secret=', `?secret=${secret}&x=1`, `?secret=${'A'.repeat(41)}`]) {
      expect((await client(test).get(`/api/v1/track/${code}${query}`)).status).toBe(422)
    }
  })

  it('is kept by no browser', async () => {
    expect((await pageOf(await received())).headers.get('Cache-Control')).toContain('no-store')
  })
})

describe('what the citizen is told', () => {
  it('on a supplement: which papers, why, until when and where', async () => {
    const slip = await received()
    await command(office.as('leader'), slip.code, 'assign', { assignee: 'specialist' })
    await command(office.as('specialist'), slip.code, 'request-supplement', {
      items: [{ component: 'C3', note: 'hai bản' }, { note: 'Giấy xác nhận của ấp' }],
      reason: 'Thông tin cư trú chưa khớp',
      answerBy: '2026-03-09',
    })
    const { body } = await track(slip)
    expect(body).toMatchObject({
      state: 'supplement-requested',
      paused: true,
      next: 'Xin ông/bà mang các giấy tờ dưới đây đến Bộ phận một cửa, UBND xã Thanh Bình, chậm nhất thứ Hai, 09/03/2026.',
      supplement: {
        reason: 'Thông tin cư trú chưa khớp',
        answerBy: '2026-03-09',
        items: [
          { component: 'C3', name: 'Văn bản ủy quyền', note: 'hai bản' },
          { component: null, name: 'Giấy xác nhận của ấp', note: '' },
        ],
      },
    })
    const { text } = await pageOf(slip)
    for (const part of ['Tạm dừng', 'Văn bản ủy quyền', 'Thông tin cư trú chưa khớp', 'Giấy tờ cần bổ sung (2)']) {
      expect(text).toContain(part)
    }
    await command(office.as('intake'), slip.code, 'answer-supplement', { components: [{ code: 'C3', originals: 2 }] })
    expect((await track(slip)).body).not.toHaveProperty('supplement')
  })

  it('on an apology: the reason, the new date and the first promise', async () => {
    const slip = await received()
    await command(office.as('leader'), slip.code, 'assign', { assignee: 'specialist' })
    await command(office.as('leader'), slip.code, 'extend', { until: '2026-03-06', reason: 'Phải xác minh nơi sinh' })
    expect((await track(slip)).body).toMatchObject({
      dueAt: '2026-03-06T10:00:00.000Z',
      originalDueAt: '2026-03-03T02:00:00.000Z',
      extension: { reason: 'Phải xác minh nơi sinh', until: '2026-03-06T10:00:00.000Z' },
    })
    const { text } = await pageOf(slip)
    expect(text).toContain('xin lỗi')
    expect(text).toContain('17:00 thứ Sáu, 06/03/2026')
  })

  it('on a financial obligation: which notice and how much', async () => {
    const slip = await received()
    await command(office.as('leader'), slip.code, 'assign', { assignee: 'specialist' })
    await command(office.as('specialist'), slip.code, 'pause', {
      notice: '12/TB-CT',
      ground: 'Luật',
      amount: 1_250_000,
    })
    expect((await track(slip)).body.next).toContain('theo thông báo số 12/TB-CT (1.250.000 đ)')
  })

  it('on the result: where and what to bring, its number, and whether it was in time', async () => {
    const slip = await received()
    await advanceTo(office, slip.code, 'result-ready')
    const { body } = await track(slip)
    expect(body).toMatchObject({
      state: 'result-ready',
      judgement: 'early',
      result: { kind: 'grant', number: '12/GKS', signedAt: '2026-03-02T02:00:00.000Z' },
    })
    expect(body.next).toContain('mang theo giấy hẹn và giấy tờ tùy thân')
    await command(office.as('intake'), slip.code, 'hand-over', {})
    expect((await track(slip)).body).toMatchObject({ state: 'closed', where: null })
  })

  it('on an end without result: why', async () => {
    const stopped = await received()
    await command(office.as('leader'), stopped.code, 'stop', { reason: 'Đang có tranh chấp', ground: 'Điều 5' })
    expect((await track(stopped)).body).toMatchObject({ state: 'stopped', endReason: 'Đang có tranh chấp' })
    const online = await submitDossier(office.as('intake'), birthIntake({ channel: 'online' }), randomUUID())
    await command(office.as('intake'), online.code, 'refuse', { reason: 'Không thuộc thẩm quyền' })
    const refused = { code: online.code ?? '', secret: online.trackingSecret }
    expect((await track(refused)).body).toMatchObject({
      state: 'refused-at-intake',
      endReason: 'Không thuộc thẩm quyền',
    })
  })

  it('that a date is provisional, with the years that have no calendar yet', async () => {
    office.clock.set('2026-12-31T16:00:00+07:00')
    test.clock.set('2026-12-31T16:30:00+07:00')
    const answer = await receiveDossier(office.as('intake'), birthIntake(), randomUUID())
    const slip = { code: answer.code ?? '', secret: answer.trackingSecret }
    expect((await track(slip)).body).toMatchObject({ provisional: true, gaps: [2027] })
    expect((await pageOf(slip)).text).toContain('Lịch nghỉ lễ, làm bù năm 2027 chưa được công bố')
  })

  it('never an officer’s name, an opinion or a note', async () => {
    const slip = await received()
    await command(office.as('leader'), slip.code, 'assign', { assignee: 'specialist', note: 'BÍ MẬT giao việc' })
    await command(office.as('specialist'), slip.code, 'note', { text: 'BÍ MẬT ghi chú' })
    await command(office.as('specialist'), slip.code, 'appraise', { opinion: 'eligible', note: 'BÍ MẬT thẩm định' })
    await command(office.as('specialist'), slip.code, 'submit-for-approval', {})
    await command(office.as('leader'), slip.code, 'reject-back', { reason: 'BÍ MẬT trả lại' })
    const api = await client(test).get(`/api/v1/track/${slip.code}?secret=${slip.secret}`)
    for (const text of [api.text, (await pageOf(slip)).text]) {
      expect(text).not.toMatch(/Cán bộ |BÍ MẬT|specialist|Nguyễn Văn An|0900000001|000190000001/u)
    }
  })

  it('in English when asked to', async () => {
    const slip = await received()
    const { text } = await client(test, 'lang=en').get(`/tra-cuu/${slip.code}?m=${slip.secret}`)
    expect(text).toContain('What you need to do')
    const answer = await client(test).send('GET', `/api/v1/track/${slip.code}?secret=${slip.secret}`, undefined, {
      'Accept-Language': 'en',
    })
    expect((answer.json() as { next: string }).next).toMatch(/^There is nothing to do/u)
  })
})

describe('a citizen’s own place', () => {
  it('lists the dossiers in their name and opens each without its secret', async () => {
    const mine = await received(OWN)
    const other = await received()
    const { text } = await citizen.get('/cua-toi')
    expect(text).toContain(`href="/cua-toi/${mine.code}"`)
    expect(text).not.toContain(other.code)
    const page = await citizen.get(`/cua-toi/${mine.code}`)
    expect(page.status).toBe(200)
    expect(page.text).toContain('Ông/bà cần làm gì')
    expect(await viewsOf(mine.code)).toMatchObject([{ actor: expect.stringMatching(/^citizen:\d+$/u), via: 'own' }])
    expect((await citizen.get(`/cua-toi/${other.code}`)).status).toBe(404)
    expect((await citizen.get('/cua-toi/D999999')).status).toBe(404)
    expect(await viewsOf(other.code)).toEqual([])
  })

  it('opens what was turned back at the counter and never got a code', async () => {
    office.clock.set(MONDAY)
    const refused = await refuseAtCounter(
      office.as('intake'),
      { intake: birthIntake(OWN), reason: 'Không thuộc thẩm quyền' },
      randomUUID(),
    )
    expect((await citizen.get('/cua-toi')).text).toContain(`href="/cua-toi/D${refused.id}"`)
    expect((await citizen.get(`/cua-toi/D${refused.id}`)).text).toContain('Không thuộc thẩm quyền')
  })

  it('pages through many', async () => {
    for (let n = 0; n < 21; n++) await received(OWN)
    const { text } = await citizen.get('/cua-toi')
    const before = /before=(\d+)/u.exec(text)?.[1]
    expect(before).toBeDefined()
    const rest = await citizen.get(`/cua-toi?before=${before}`)
    const codes = (page: string) => new Set(page.match(/\/cua-toi\/[^"]+/gu))
    expect(codes(text).size).toBe(20)
    expect([...codes(rest.text)].filter(code => codes(text).has(code))).toEqual([])
  })

  it('is for signed-in citizens only', async () => {
    const visitor = await client(test).get('/cua-toi')
    expect([visitor.status, visitor.location]).toEqual([303, '/dang-nhap?next=%2Fcua-toi'])
    const { accountId, assignmentId } = office.as('intake').actor as { accountId: number; assignmentId: number }
    const officer = await signedInAs(test, { accountId, assignmentId })
    expect((await officer.get('/cua-toi')).status).toBe(403)
  })
})

describe('what it costs', () => {
  it('is one round trip a view', async () => {
    const slip = await received()
    const visitor: Ctx = { ...office.system, actor: { kind: 'visitor' } }
    await findTracked(visitor, slip)
    let trips = 0
    const db = new Proxy(database.db, {
      get: (target, key) => {
        if (key === 'executeQuery') trips += 1
        const value = Reflect.get(target, key)
        return typeof value === 'function' ? value.bind(target) : value
      },
    }) as Db
    expect(await findTracked({ ...visitor, db }, slip)).toBeDefined()
    expect(trips).toBe(1)
  })

  it('is a walk by keys, whatever the number of dossiers', async () => {
    const slip = await received()
    const explain = async (sql: string, values: unknown[]) => {
      const rows = await run<{ 'QUERY PLAN': string }>(database.db, `EXPLAIN ${sql}`, values)
      return rows.map(row => row['QUERY PLAN']).join('\n')
    }
    await run(database.owner, 'ANALYZE dossier, dossier_event', [])
    const plan = await explain(TRACK_BY_SECRET, [slip.code, slip.secret, new Date(), 'visitor', 'track'])
    expect(plan).toContain('Index Scan using dossier_code_key on dossier')
    expect(plan).not.toMatch(/Seq Scan on dossier(_event)?\b/u)
    expect(await explain(OWN_LIST, ['000190000077', Number.MAX_SAFE_INTEGER])).not.toContain('Sort')
  })

  it('weighs less than 30 kB a page, styles included and fonts aside', async () => {
    const { id } = await database.db
      .selectFrom('agency')
      .select('id')
      .where('code', '=', 'H20.11')
      .executeTakeFirstOrThrow()
    await publishDemoCatalogue(office.system, id)
    office.clock.set(MONDAY)
    const slip = await received({ components: ['C1', 'C2', 'C3'].map(code => ({ code, originals: 1 })) })
    await advanceTo(office, slip.code, 'closed')
    const ui = (name: string) => brotliCompressSync(readFileSync(new URL(`../src/ui/${name}`, import.meta.url))).length
    const styles = ui('app.css') + ui('print.css') + ui('mark.svg')
    const pages = ['/', '/thu-tuc', '/thu-tuc?q=dang+ky', '/thu-tuc/1.001193', '/thu-tuc/1.013225', '/tra-cuu']
    for (const path of [...pages, `/tra-cuu/${slip.code}?m=${slip.secret}`]) {
      const { status, text } = await client(test).get(path)
      expect(status).toBe(200)
      expect(text).not.toContain('<script')
      expect(Buffer.byteLength(text) + styles, path).toBeLessThan(30_000)
    }
    const own = await citizen.get('/cua-toi')
    expect(Buffer.byteLength(own.text) + styles, '/cua-toi').toBeLessThan(30_000)
  })
})
