import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { APPLICANT, type Api, INTAKE, problemOf, testApi } from './support/api.ts'
import { MONDAY, PASSWORD } from './support/office.ts'
import { stateOf } from './support/state-of.ts'

let api: Api
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.database.close())
beforeEach(() => api.app.clock.set(MONDAY))

describe('a session', () => {
  const session = (body: unknown, headers: Record<string, string> = {}) =>
    api.send('/api/v1/session', { body, headers })

  test('opens with name and password, and its token hands in a dossier and can be ended', async () => {
    const opened = await session({ username: 'intake', password: PASSWORD })
    expect(opened.status).toBe(200)
    const { token, ...more } = opened.json() as { token: string }
    expect(more).toMatchObject({
      expiresAt: expect.stringMatching(/^2026-03-0\dT.*Z$/u),
      officer: { role: 'intake', agency: { code: 'H20.101' }, assignment: expect.any(Number) },
    })
    const bearer = { Authorization: `Bearer ${token}` }
    expect((await api.handIn({}, { as: undefined, headers: bearer })).status).toBe(201)
    expect((await api.send('/api/v1/session', { method: 'DELETE', text: '', headers: bearer })).status).toBe(204)
    expect((await api.handIn({}, { as: undefined, headers: bearer })).status).toBe(401)
  })

  test('is refused alike for a wrong password and an unknown name', async () => {
    const wrong = problemOf(await session({ username: 'intake', password: 'sai' }))
    const unknown = problemOf(await session({ username: 'khong.co', password: 'sai' }))
    expect({ ...wrong, requestId: '' }).toEqual({ ...unknown, requestId: '' })
    expect(wrong).toMatchObject({ status: 401, code: 'sign-in-failed' })
  })

  test('names the field that is missing or unknown', async () => {
    const answer = problemOf(await session({ username: 'intake', ghi_nho: true }))
    expect(answer).toMatchObject({
      status: 422,
      errors: [
        { field: 'password', code: 'required', message: expect.stringContaining('Hãy nhập') },
        { field: 'ghi_nho', code: 'unknown-field', message: 'Không nhận trường “ghi_nho”.' },
      ],
    })
  })
})

describe('handing in a dossier', () => {
  test('answers 201 with its code, its state, when it was received and when it is due, and the secret of the slip', async () => {
    const answer = await api.handIn()
    expect(answer.status).toBe(201)
    const body = answer.json() as Record<string, unknown>
    expect(body).toEqual({
      ref: body.code,
      code: expect.stringMatching(/^H20\.101-260302-\d{4}$/u),
      version: 1,
      state: 'received',
      receivedAt: '2026-03-02T02:00:00.000Z',
      dueAt: '2026-03-03T02:00:00.000Z',
      provisional: false,
      gaps: [],
      trackingSecret: expect.stringMatching(/^[2-9A-HJ-NP-Z]{8}$/u),
    })
  })

  test('with the same key again changes nothing and answers the same, however often and however late', async () => {
    const key = randomUUID()
    const first = await api.handIn({}, { key })
    const before = await stateOf(api.database)
    api.app.clock.set('2026-03-02T18:30:00+07:00')
    for (let i = 0; i < 3; i += 1) {
      const again = await api.handIn({}, { key })
      expect([again.status, again.json()]).toEqual([201, first.json()])
    }
    expect(await stateOf(api.database)).toBe(before)
  })

  test('a draft answers the same to the same key even after it was received and has its code', async () => {
    const key = randomUUID()
    const draft = () => api.send('/api/v1/drafts', { as: 'intake', body: INTAKE, key })
    const first = await draft()
    expect([first.status, first.json()]).toMatchObject([201, { code: null, state: 'draft', receivedAt: null }])
    const { ref } = first.json() as { ref: string }
    const save = randomUUID()
    const saved = await api.act(ref, 'save-draft', INTAKE, { key: save })
    const received = await api.act(ref, 'receive')
    expect(received.json()).toMatchObject({ code: expect.any(String), state: 'received', version: 3 })
    expect((await draft()).json()).toEqual(first.json())
    expect((await api.act(ref, 'save-draft', INTAKE, { key: save })).json()).toEqual(saved.json())
  })

  test('through each channel that brings papers is received; online it waits to be examined', async () => {
    for (const channel of ['counter', 'post', 'home', 'phone']) {
      expect((await api.handIn({ channel })).json(), channel).toMatchObject({ state: 'received' })
    }
    const online = (await api.handIn({ channel: 'online' })).json()
    expect(online).toMatchObject({ code: expect.any(String), state: 'submitted', receivedAt: null, dueAt: null })
  })
})

describe('a command', () => {
  test('answers the dossier as it left it', async () => {
    const { code } = await api.filed()
    const assigned = await api.act(code, 'assign', { assignee: 'specialist', version: 1 }, { as: 'leader' })
    expect([assigned.status, assigned.json()]).toMatchObject([
      200,
      { ref: code, code, version: 2, state: 'in-process' },
    ])
  })

  test('repeated under its key is carried out once', async () => {
    const { code } = await api.filed()
    const key = randomUUID()
    const first = await api.act(code, 'note', { text: 'Đã gọi điện' }, { key })
    const before = await stateOf(api.database)
    const again = await api.act(code, 'note', { text: 'Đã gọi điện' }, { key })
    expect(again.json()).toEqual(first.json())
    expect(await stateOf(api.database)).toBe(before)
  })

  test('on a dossier that has changed since is refused with who did what and when', async () => {
    const { code } = await api.filed()
    await api.act(code, 'note', { text: 'Đã gọi điện' })
    const before = await stateOf(api.database)
    const stale = problemOf(await api.act(code, 'assign', { assignee: 'specialist', version: 1 }, { as: 'leader' }))
    expect(stale).toMatchObject({
      status: 409,
      code: 'dossier-changed',
      detail: 'Hồ sơ vừa thay đổi: Cán bộ intake đã “Ghi chú” lúc 09:00 02/03/2026. Xin xem lại rồi làm tiếp.',
    })
    expect(await stateOf(api.database)).toBe(before)
  })
})

test('a refusal speaks English to a program that asks for it', async () => {
  const answer = problemOf(await api.handIn({ procedure: '1.999999' }, { headers: { 'Accept-Language': 'en-GB' } }))
  expect(answer.detail).toBe('There is no such procedure, or it is no longer in force.')
})

test('every field that is wrong is named at once', async () => {
  const applicant = { idNumber: APPLICANT.idNumber, phone: '12' }
  const problem = problemOf(await api.handIn({ channel: 'fax', applicant, extra: 1 }))
  const fields = (problem.errors as { field: string }[]).map(error => error.field)
  expect(fields.sort()).toEqual(['applicant.name', 'applicant.phone', 'channel', 'extra'])
})

test('the document’s patterns are ones its own examples fit', async () => {
  const answer = await api.send('/api/openapi.json', { method: 'GET' })
  const { Intake } = (answer.json() as { components: { schemas: Record<string, Shape> } }).components.schemas
  const patternOf = (shape: Shape | undefined) => new RegExp(shape?.pattern ?? '(?!)', 'u')
  expect(INTAKE.procedure).toMatch(patternOf(Intake?.properties?.procedure))
  expect(APPLICANT.idNumber).toMatch(patternOf(Intake?.properties?.applicant?.properties?.idNumber))
  expect(APPLICANT.phone).toMatch(patternOf(Intake?.properties?.applicant?.properties?.phone))
})

type Shape = { pattern?: string; properties?: Record<string, Shape> }
