import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { assignRole } from '#src/accounts/assign-role.ts'
import { client, signedInAs, tokenFor } from '#test/support/app.ts'
import { PASSWORD, type Person } from '#test/support/people.ts'
import { EVENING, GROUND, type Substitutes, substitutes } from '#test/support/substitutes.ts'
import { revokeDelegation } from './revoke-delegation.ts'

const PAGE = '/cua-toi/thay-the'

let { database, at, system, person, give, standingIn, beginAnew } = {} as Substitutes
beforeAll(async () => {
  ;({ database, at, system, person, give, standingIn, beginAnew } = await substitutes())
})
afterAll(() => database.close())
beforeEach(() => beginAnew())

describe('standing in', () => {
  test('every page says for whom, by what decision and until when', async () => {
    const id = await give('giam.doc')
    const pho = await signedInAs(at, person('pho'))
    expect((await pho.get('/doi-vai-tro')).text).toContain('Lãnh đạo · Sở Xây dựng — thay ông/bà Nguyễn Văn Bình')
    const switched = await pho.post('/doi-vai-tro', { assignment: `thay-${id}` })
    expect([switched.status, switched.location]).toEqual([303, '/viec'])
    const said = 'Đang làm thay ông/bà Nguyễn Văn Bình (12/QĐ-SXD, đến 17:00 02/03/2026)'
    for (const path of ['/viec', '/ho-so', PAGE]) expect((await pho.get(path)).text).toContain(said)
    expect((await pho.get('/doi-vai-tro')).text).toMatch(new RegExp(`value="thay-${id}"[^>]* checked`, 'u'))
  })

  test('leaves the session its twelve hours once the substitute is back in their own place', async () => {
    const id = await give('giam.doc', { until: '2026-03-02T09:00:00+07:00' })
    const pho = await standingIn('pho', id)
    expect((await pho.post('/doi-vai-tro', { assignment: String(person('pho').assignmentId) })).status).toBe(303)
    at.clock.set('2026-03-02T19:59:00+07:00')
    const page = await pho.get('/viec')
    expect(page.status).toBe(200)
    expect(page.text).not.toContain('Đang làm thay')
    at.clock.set('2026-03-02T20:00:00+07:00')
    expect((await pho.get('/viec')).status).toBe(303)
  })

  test('is nobody else’s: not another officer’s, and not the absent one’s', async () => {
    const id = await give('giam.doc')
    for (const who of ['chuyen.vien', 'giam.doc']) {
      const one = await signedInAs(at, person(who))
      expect((await one.post('/doi-vai-tro', { assignment: `thay-${id}` })).status).toBe(404)
    }
    const pho = await signedInAs(at, person('pho'))
    for (const wrong of ['thay-', 'thay-0', 'thay-99999999999', 'thay-1x', '-1']) {
      expect((await pho.post('/doi-vai-tro', { assignment: wrong })).status).toBe(422)
    }
  })
})

describe('the page', () => {
  const fields = () => ({
    assignment: String(person('giam.doc').assignmentId),
    substitute: 'pho',
    ground: GROUND,
    from: '',
    until: '2026-03-02T17:00',
  })

  test('names a substitute, shows who stands in, and takes it back with a reason', async () => {
    const boss = await signedInAs(at, person('giam.doc'))
    expect((await boss.get('/viec')).text).toContain(`href="${PAGE}"`)
    const named = await boss.post(PAGE, fields())
    expect([named.status, named.location]).toEqual([303, PAGE])
    const shown = (await boss.get(PAGE)).text
    expect(shown).toContain('Trần Thị Cúc thay Nguyễn Văn Bình')
    expect(shown).toContain('từ 08:00 02/03/2026 đến 17:00 02/03/2026')
    const [, id] = /thay-the\/(\d+)\/thu-hoi/u.exec(shown) ?? []
    const empty = await boss.post(`${PAGE}/${id}/thu-hoi`, { reason: '' })
    expect([empty.status, empty.text.includes('Hãy nhập lý do thu hồi.')]).toEqual([422, true])
    expect((await boss.post(`${PAGE}/${id}/thu-hoi`, { reason: 'Đã đi làm lại' })).status).toBe(303)
    const after = (await boss.get(PAGE)).text
    expect(after).toContain('08:00 02/03/2026 · Nguyễn Văn Bình · Đã đi làm lại')
    expect(after).not.toContain(`/${id}/thu-hoi`)
  })

  test('keeps what was typed and says at the field what is wrong', async () => {
    const boss = await signedInAs(at, person('giam.doc'))
    const answer = await boss.post(PAGE, { ...fields(), until: '2026-03-02T07:00', ground: '34/QĐ-SXD' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('Thời điểm kết thúc phải sau lúc này')
    expect(answer.text).toContain('value="34/QĐ-SXD"')
    const missing = await boss.post(PAGE, {})
    expect(missing.text).toContain('Hãy nhập số văn bản cử người thay.')
  })

  test('leads the substitute to the place in one step', async () => {
    const id = await give('giam.doc')
    const pho = await signedInAs(at, person('pho'))
    const shown = (await pho.get(PAGE)).text
    expect(shown).toContain('Làm thay ông/bà Nguyễn Văn Bình')
    expect(shown).toContain(`name="assignment" value="thay-${id}"`)
    const acting = await standingIn('pho', id)
    const page = (await acting.get(PAGE)).text
    expect(page).not.toContain('>Làm thay ông/bà')
    expect(page).toContain('Đang làm thay người khác thì không cử người làm thay.')
  })

  test('offers heads all of their agency, others themselves, administrators any agency', async () => {
    const offered = async (who: string, query = '') =>
      (await (await signedInAs(at, person(who))).get(PAGE + query)).text
    expect(await offered('pho')).toContain('Lê Văn Dũng — Chuyên viên')
    const own = await offered('chuyen.vien')
    expect(own).toContain('Lê Văn Dũng — Chuyên viên')
    expect(own).not.toContain('Nguyễn Văn Bình — Lãnh đạo')
    expect(await offered('quan.tri', '?co-quan=H01.2')).toContain('Vũ Thị Giang — Lãnh đạo')
    expect(await offered('pho', '?co-quan=H01.2')).not.toContain('Vũ Thị Giang')
    expect(await offered('kiem.soat')).toContain('không giao cho người làm thay')
    const nowhere = await (await signedInAs(at, person('quan.tri'))).get(`${PAGE}?co-quan=X`)
    expect(nowhere.status).toBe(404)
  })
})

describe('the API', () => {
  type Caller = Person & { delegationId?: number }
  const send = async (who: Caller, method: string, path: string, body?: unknown, key?: string) => {
    const headers = {
      Authorization: `Bearer ${await tokenFor(at, who)}`,
      ...(key !== undefined && { 'Idempotency-Key': key }),
    }
    return client(at).send(method, path, body, headers)
  }
  const make = (who: string, body: unknown) => send(person(who), 'POST', '/api/v1/delegations', body)

  test('names, lists and takes back', async () => {
    const made = await make('giam.doc', { substitute: 'pho', ground: GROUND, until: EVENING })
    expect(made.status).toBe(201)
    const item = made.json() as { id: number }
    expect(item).toMatchObject({
      absent: { username: 'giam.doc', name: 'Nguyễn Văn Bình' },
      substitute: { username: 'pho' },
      role: 'leader',
      agency: { code: 'H01.1', name: 'Sở Xây dựng' },
      until: '2026-03-02T10:00:00.000Z',
      state: 'in-force',
      revoked: null,
    })
    const list = async (who: string) => (await send(person(who), 'GET', '/api/v1/delegations?open=true')).json()
    expect(await list('giam.doc')).toMatchObject({ items: [item], next: null })
    expect(await list('pho')).toMatchObject({ items: [item] })
    expect(await list('noi.khac')).toMatchObject({ items: [] })
    expect(await list('van.thu')).toMatchObject({
      items: [],
      assignments: [{ id: person('van.thu').assignmentId, name: 'Phạm Thị Én', role: 'clerk' }],
    })
    const revoked = await send(person('giam.doc'), 'POST', `/api/v1/delegations/${item.id}/revoke`, { reason: 'Đã về' })
    expect(revoked.json()).toMatchObject({ state: 'revoked', revoked: { by: 'Nguyễn Văn Bình', reason: 'Đã về' } })
    const again = await send(person('giam.doc'), 'POST', `/api/v1/delegations/${item.id}/revoke`, { reason: 'Đã về' })
    expect([again.status, again.json()]).toMatchObject([409, { code: 'delegation-over' }])
  })

  test('does each once for an Idempotency-Key', async () => {
    const ask = { substitute: 'pho', ground: GROUND, until: EVENING }
    const name = () => send(person('giam.doc'), 'POST', '/api/v1/delegations', ask, 'name-1')
    const [first, again] = await Promise.all([name(), name()])
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.json()).toEqual(first.json())
    const { id } = first.json() as { id: number }
    const back = () =>
      send(person('giam.doc'), 'POST', `/api/v1/delegations/${id}/revoke`, { reason: 'Đã về' }, 'back-1')
    expect([(await back()).status, (await back()).status]).toEqual([200, 200])
  })

  test('pages through what is past', async () => {
    for (let n = 0; n < 3; n += 1) {
      await revokeDelegation(system, { id: await give('giam.doc'), reason: 'thử' })
    }
    const first = (await send(person('giam.doc'), 'GET', '/api/v1/delegations?limit=2')).json() as Listed
    expect(first.items).toHaveLength(2)
    const second = await send(person('giam.doc'), 'GET', `/api/v1/delegations?limit=2&cursor=${first.next}`)
    const ids = [...first.items, ...(second.json() as Listed).items].map(one => one.id)
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a))
  })
  type Listed = { items: { id: number }[]; next: string | null }

  test('refuses in sentences', async () => {
    const chained = await give('giam.doc')
    const acting = { ...person('pho'), delegationId: chained }
    const body = { substitute: 'tinh', ground: GROUND, until: EVENING }
    const answer = await send(acting, 'POST', '/api/v1/delegations', body)
    expect([answer.status, answer.json()]).toMatchObject([403, { code: 'delegation-chain' }])
    const wrong = await make('giam.doc', { substitute: 'pho', ground: '', until: 'mai' })
    expect(wrong.json()).toMatchObject({ errors: [{ field: 'ground' }, { field: 'until' }] })
    expect((await make('chuyen.vien', { ...body, assignment: person('pho').assignmentId })).status).toBe(404)
  })

  test('signing in tells in whose place one may act, and opens that place', async () => {
    const id = await give('giam.doc')
    const open = async (more: object) =>
      client(at).send('POST', '/api/v1/session', { username: 'pho', password: PASSWORD, ...more })
    const place = { delegation: id, name: 'Nguyễn Văn Bình', ground: GROUND, until: '2026-03-02T10:00:00.000Z' }
    expect((await open({})).json()).toMatchObject({
      officer: { assignment: person('pho').assignmentId },
      substitutions: [{ ...place, role: 'leader', agency: { code: 'H01.1' } }],
    })
    expect((await open({ delegation: id })).json()).toMatchObject({
      expiresAt: '2026-03-02T10:00:00.000Z',
      officer: { name: 'Trần Thị Cúc', assignment: person('giam.doc').assignmentId, onBehalfOf: place },
    })
    const both = await open({ delegation: id, assignment: person('pho').assignmentId })
    expect([both.status, both.json()]).toMatchObject([422, { code: 'one-place-only' }])
    expect((await open({ delegation: id + 1 })).status).toBe(404)
  })
})

test('an officer with two places still has both beside the one lent', async () => {
  await assignRole(system, { accountId: person('van.thu').accountId, agency: 'H01.2', role: 'clerk' })
  const id = await give('giam.doc', { substitute: 'van.thu' })
  const shown = (await (await signedInAs(at, person('van.thu'))).get('/doi-vai-tro')).text
  expect(shown.match(/name="assignment"/gu)).toHaveLength(3)
  expect(shown).toContain(`value="thay-${id}"`)
})
