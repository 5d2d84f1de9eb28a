import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { submitDossier } from '#src/casework/submit-dossier.ts'
import { client, type TestApp } from './support/app.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { advanceTo, birthIntake, command, type Office } from './support/office.ts'
import { makeTrackedOffice, pageOf, received, type TrackedOffice, track, viewsOf } from './support/tracking.ts'

let database: TestDatabase
let tracked: TrackedOffice
let office: Office
let test: TestApp
beforeAll(async () => {
  database = await testDatabase()
  tracked = await makeTrackedOffice(database.db)
  ;({ office, test } = tracked)
})
afterAll(() => database.close())

describe('tracking by code and secret', () => {
  it('tells a received dossier', async () => {
    const slip = await received(tracked)
    const { status, body } = await track(tracked, slip)
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
    const slip = await received(tracked)
    const wrong = [
      { ...slip, secret: 'AAAAAAAA' },
      { ...slip, code: 'H20.101-260302-9999' },
      { ...slip, code: 'nonsense' },
      { code: 'H20.101-260302-9999', secret: 'AAAAAAAA' },
    ]
    const answers = await Promise.all(wrong.map(slip => track(tracked, slip)))
    for (const { status, body } of answers) {
      expect(status).toBe(404)
      expect({ ...body, requestId: '' }).toEqual({ ...answers[0]?.body, requestId: '' })
      expect(body.code).toBe('tracking-not-found')
    }
    for (const one of wrong) {
      const { status, text } = await pageOf(tracked, one)
      expect(status).toBe(404)
      expect(text).toContain('Mã hồ sơ hoặc mã tra cứu chưa đúng')
      expect(text).not.toContain('Đăng ký khai sinh')
    }
    expect(await viewsOf(tracked, slip.code)).toEqual([])
  })

  it('logs that it was looked at', async () => {
    const slip = await received(tracked)
    await pageOf(tracked, slip)
    await track(tracked, slip)
    const view = { actor: 'visitor', via: 'track', at: test.clock.now() }
    expect(await viewsOf(tracked, slip.code)).toEqual([view, view])
  })

  it('forgives how codes are typed', async () => {
    const { code, secret } = await received(tracked)
    expect((await track(tracked, { code: code.toLowerCase(), secret: secret.toLowerCase() })).status).toBe(200)
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
    const { code, secret } = await received(tracked)
    for (const query of ['', '?secret=', `?secret=${secret}&x=1`, `?secret=${'A'.repeat(41)}`]) {
      expect((await client(test).get(`/api/v1/track/${code}${query}`)).status).toBe(422)
    }
  })

  it('is kept by no browser', async () => {
    expect((await pageOf(tracked, await received(tracked))).headers.get('Cache-Control')).toContain('no-store')
  })
})

describe('what the citizen is told', () => {
  it('on a supplement: which papers, why, until when and where', async () => {
    const slip = await received(tracked)
    await command(office.as('leader'), slip.code, 'assign', { assignee: 'specialist' })
    await command(office.as('specialist'), slip.code, 'request-supplement', {
      items: [{ component: 'C3', note: 'hai bản' }, { note: 'Giấy xác nhận của ấp' }],
      reason: 'Thông tin cư trú chưa khớp',
      answerBy: '2026-03-09',
    })
    const { body } = await track(tracked, slip)
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
    const { text } = await pageOf(tracked, slip)
    for (const part of ['Tạm dừng', 'Văn bản ủy quyền', 'Thông tin cư trú chưa khớp', 'Giấy tờ cần bổ sung (2)']) {
      expect(text).toContain(part)
    }
    await command(office.as('intake'), slip.code, 'answer-supplement', { components: [{ code: 'C3', originals: 2 }] })
    expect((await track(tracked, slip)).body).not.toHaveProperty('supplement')
  })

  it('on an apology: the reason, the new date and the first promise', async () => {
    const slip = await received(tracked)
    await command(office.as('leader'), slip.code, 'assign', { assignee: 'specialist' })
    await command(office.as('leader'), slip.code, 'extend', { until: '2026-03-06', reason: 'Phải xác minh nơi sinh' })
    expect((await track(tracked, slip)).body).toMatchObject({
      dueAt: '2026-03-06T10:00:00.000Z',
      originalDueAt: '2026-03-03T02:00:00.000Z',
      extension: { reason: 'Phải xác minh nơi sinh', until: '2026-03-06T10:00:00.000Z' },
    })
    const { text } = await pageOf(tracked, slip)
    expect(text).toContain('xin lỗi')
    expect(text).toContain('17:00 thứ Sáu, 06/03/2026')
  })

  it('on a financial obligation: which notice and how much', async () => {
    const slip = await received(tracked)
    await command(office.as('leader'), slip.code, 'assign', { assignee: 'specialist' })
    await command(office.as('specialist'), slip.code, 'pause', {
      notice: '12/TB-CT',
      ground: 'Luật',
      amount: 1_250_000,
    })
    expect((await track(tracked, slip)).body.next).toContain('theo thông báo số 12/TB-CT (1.250.000 đ)')
  })

  it('on the result: where and what to bring, its number, and whether it was in time', async () => {
    const slip = await received(tracked)
    await advanceTo(office, slip.code, 'result-ready')
    const { body } = await track(tracked, slip)
    expect(body).toMatchObject({
      state: 'result-ready',
      judgement: 'early',
      result: { kind: 'grant', number: '12/GKS', signedAt: '2026-03-02T02:00:00.000Z' },
    })
    expect(body.next).toContain('mang theo giấy hẹn và giấy tờ tùy thân')
    await command(office.as('intake'), slip.code, 'hand-over', {})
    expect((await track(tracked, slip)).body).toMatchObject({ state: 'closed', where: null })
  })

  it('on an end without result: why', async () => {
    const stopped = await received(tracked)
    await command(office.as('leader'), stopped.code, 'stop', { reason: 'Đang có tranh chấp', ground: 'Điều 5' })
    expect((await track(tracked, stopped)).body).toMatchObject({ state: 'stopped', endReason: 'Đang có tranh chấp' })
    const online = await submitDossier(office.as('intake'), birthIntake({ channel: 'online' }), randomUUID())
    await command(office.as('intake'), online.code, 'refuse', { reason: 'Không thuộc thẩm quyền' })
    const refused = { code: online.code ?? '', secret: online.trackingSecret }
    expect((await track(tracked, refused)).body).toMatchObject({
      state: 'refused-at-intake',
      endReason: 'Không thuộc thẩm quyền',
    })
  })

  it('that a date is provisional, with the years that have no calendar yet', async () => {
    office.clock.set('2026-12-31T16:00:00+07:00')
    test.clock.set('2026-12-31T16:30:00+07:00')
    const answer = await receiveDossier(office.as('intake'), birthIntake(), randomUUID())
    const slip = { code: answer.code ?? '', secret: answer.trackingSecret }
    expect((await track(tracked, slip)).body).toMatchObject({ provisional: true, gaps: [2027] })
    expect((await pageOf(tracked, slip)).text).toContain('Lịch nghỉ lễ, làm bù năm 2027 chưa được công bố')
  })

  it('never an officer’s name, an opinion or a note', async () => {
    const slip = await received(tracked)
    await command(office.as('leader'), slip.code, 'assign', { assignee: 'specialist', note: 'BÍ MẬT giao việc' })
    await command(office.as('specialist'), slip.code, 'note', { text: 'BÍ MẬT ghi chú' })
    await command(office.as('specialist'), slip.code, 'appraise', { opinion: 'eligible', note: 'BÍ MẬT thẩm định' })
    await command(office.as('specialist'), slip.code, 'submit-for-approval', {})
    await command(office.as('leader'), slip.code, 'reject-back', { reason: 'BÍ MẬT trả lại' })
    const api = await client(test).get(`/api/v1/track/${slip.code}?secret=${slip.secret}`)
    for (const text of [api.text, (await pageOf(tracked, slip)).text]) {
      expect(text).not.toMatch(/Cán bộ |BÍ MẬT|specialist|Nguyễn Văn An|0900000001|000190000001/u)
    }
  })

  it('in English when asked to', async () => {
    const slip = await received(tracked)
    const { text } = await client(test, 'lang=en').get(`/tra-cuu/${slip.code}?m=${slip.secret}`)
    expect(text).toContain('What you need to do')
    const answer = await client(test).send('GET', `/api/v1/track/${slip.code}?secret=${slip.secret}`, undefined, {
      'Accept-Language': 'en',
    })
    expect((answer.json() as { next: string }).next).toMatch(/^There is nothing to do/u)
  })
})
