import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { assignRole } from '#src/accounts/assign-role.ts'
import { deactivateAccount } from '#src/accounts/deactivate-account.ts'
import { findIdentity, findSession } from '#src/accounts/session.query.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { readToken } from '#src/platform/session.ts'
import { type Client, client, signedInAs, type TestApp, testApp, tokenFor } from '#test/support/app.ts'
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
import { type DelegateRole, delegateRole } from './delegate-role.ts'
import { revokeDelegation } from './revoke-delegation.ts'

const PAGE = '/cua-toi/thay-the'
const MORNING = '2026-03-02T08:00:00+07:00'
const EVENING = '2026-03-02T17:00:00+07:00'
const GROUND = '12/QĐ-SXD'

let database: TestDatabase
let at: TestApp
let system: Ctx
type Holder = Person & { assignmentId: number }
const people: Record<string, Holder> = {}

beforeAll(async () => {
  database = await testDatabase()
  at = testApp(database.db)
  system = systemCtx(database.db, at.clock)
  const calendar = await newCalendar(system)
  await newAgency(system, { code: 'H01', calendar, kind: 'province' })
  await newAgency(system, { code: 'H01.1', calendar, parent: 'H01', name: 'Sở Xây dựng' })
  await newAgency(system, { code: 'H01.2', calendar, parent: 'H01' })
  const names = [
    ['giam.doc', 'leader', 'H01.1', 'Nguyễn Văn Bình'],
    ['pho', 'leader', 'H01.1', 'Trần Thị Cúc'],
    ['chuyen.vien', 'specialist', 'H01.1', 'Lê Văn Dũng'],
    ['van.thu', 'clerk', 'H01.1', 'Phạm Thị Én'],
    ['tinh', 'leader', 'H01', 'Hồ Văn Phúc'],
    ['noi.khac', 'leader', 'H01.2', 'Vũ Thị Giang'],
    ['quan.tri', 'admin', 'H01.1', 'Đỗ Văn Hải'],
    ['kiem.soat', 'control', 'H01.1', 'Bùi Thị Khuê'],
  ] as const
  for (const [username, role, agency, name] of names) {
    people[username] = await newOfficer(system, { username, role, agency, name })
  }
  await newCitizen(system, 'sen')
})
afterAll(() => database.close())
beforeEach(async () => {
  at.clock.set(MORNING)
  // Each test begins with nobody standing in.
  const open = await database.owner.selectFrom('delegation').select('id').where('revoked_at', 'is', null).execute()
  for (const { id } of open) await revokeDelegation(system, { id, reason: 'hết ca thử' })
})

const person = (name: string) => people[name] as Holder

async function as(username: string, delegationId?: number): Promise<Ctx> {
  const found = await findIdentity(database.db, { ...person(username), delegationId, now: at.clock.now() })
  if (!found) throw new Error(`${username} cannot act there`)
  return { ...system, actor: found.identity.actor }
}

/** The deputy for the director until the evening, unless changed. */
async function give(by: string, change: Partial<DelegateRole> = {}): Promise<number> {
  const input = { assignment: person('giam.doc').assignmentId, substitute: 'pho', ground: GROUND, until: EVENING }
  return (await delegateRole(await as(by), { ...input, ...change })).id
}

async function standingIn(who: string, id: number): Promise<Client> {
  const substitute = await signedInAs(at, person(who))
  expect((await substitute.post('/doi-vai-tro', { assignment: `thay-${id}` })).status).toBe(303)
  return substitute
}

describe('naming a substitute', () => {
  test('the absent one does it for their own role, from now until the hour they say', async () => {
    const ctx = await as('giam.doc')
    const { id } = await delegateRole(ctx, { substitute: 'PHO', ground: GROUND, until: '2026-03-02T17:00' })
    const row = await database.owner.selectFrom('delegation').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    expect(row).toMatchObject({
      assignment_id: person('giam.doc').assignmentId,
      account_id: person('giam.doc').accountId,
      delegate_id: person('pho').accountId,
      role: 'leader',
      ground: GROUND,
      valid_from: new Date(MORNING),
      valid_to: new Date(EVENING),
      made_by: person('giam.doc').accountId,
    })
  })

  test('a head of the agency or an administrator does it for someone who fell ill, and it is audited', async () => {
    const chuyenVien = { assignment: person('chuyen.vien').assignmentId, substitute: 'van.thu' }
    const id = await give('pho', chuyenVien)
    await give('quan.tri', { ...chuyenVien, substitute: 'tinh' })
    const rows = await database.owner
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'delegate-role')
      .orderBy('id')
      .execute()
    expect(rows.find(row => (row.detail as { delegation: number }).delegation === id)).toMatchObject({
      actor: `officer:${person('pho').accountId}`,
      subject: `account:${person('chuyen.vien').accountId}`,
      detail: { assignment: person('chuyen.vien').assignmentId, to: person('van.thu').accountId, ground: GROUND },
    })
  })

  const chuyenVien = () => person('chuyen.vien').assignmentId
  test.each<[string, string, () => Partial<DelegateRole>, string]>([
    ['a colleague who is no head', 'van.thu', () => ({}), 'assignment-not-found'],
    ['a head of another agency', 'noi.khac', () => ({}), 'assignment-not-found'],
    ['the head of the agency above, who is not head here', 'tinh', () => ({}), 'assignment-not-found'],
    ['anyone, of a place that is not there', 'pho', () => ({ assignment: 9_999 }), 'assignment-not-found'],
    [
      'an administrator, of the role of administrator',
      'quan.tri',
      () => ({ assignment: undefined }),
      'role-not-delegable',
    ],
    ['procedure control, of their own role', 'kiem.soat', () => ({ assignment: undefined }), 'role-not-delegable'],
    [
      'anyone, naming somebody of another agency',
      'giam.doc',
      () => ({ substitute: 'noi.khac' }),
      'substitute-elsewhere',
    ],
    ['anyone, naming a citizen', 'giam.doc', () => ({ substitute: 'sen' }), 'substitute-elsewhere'],
    ['anyone, naming nobody known', 'giam.doc', () => ({ substitute: 'khong.co' }), 'substitute-elsewhere'],
    ['the absent one, naming themselves', 'giam.doc', () => ({ substitute: 'giam.doc' }), 'substitute-is-absent'],
    ['a head, naming themselves', 'pho', () => ({ assignment: chuyenVien() }), 'substitute-is-self'],
    ['anyone, until before now', 'giam.doc', () => ({ until: '2026-03-02T08:00:00+07:00' }), 'delegation-period'],
    ['anyone, until before it begins', 'giam.doc', () => ({ from: EVENING }), 'delegation-period'],
    ['anyone, for years', 'giam.doc', () => ({ until: '2027-03-04T08:00:00+07:00' }), 'delegation-too-long'],
  ])('is refused to %s', async (_, by, change, code) => {
    await expect(give(by, change())).rejects.toMatchObject({ code })
  })

  test('is refused to citizens and visitors', async () => {
    const input = { assignment: person('giam.doc').assignmentId, substitute: 'pho', ground: GROUND, until: EVENING }
    const visitor: Ctx = { ...system, actor: { kind: 'visitor' } }
    await expect(delegateRole(visitor, input)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(revokeDelegation(visitor, { id: 1, reason: 'x' })).rejects.toMatchObject({ kind: 'forbidden' })
  })

  test('a substitute passes nothing on, neither the place lent nor a colleague’s', async () => {
    const id = await give('giam.doc')
    const acting = { ...system, actor: (await as('pho', id)).actor }
    const input = { substitute: 'chuyen.vien', ground: GROUND, until: EVENING }
    await expect(delegateRole(acting, input)).rejects.toMatchObject({ code: 'delegation-chain' })
    const other = { ...input, assignment: person('van.thu').assignmentId }
    await expect(delegateRole(acting, other)).rejects.toMatchObject({ code: 'delegation-chain' })
    await expect(revokeDelegation(acting, { id, reason: 'x' })).rejects.toMatchObject({ code: 'delegation-chain' })
  })

  test('twice for one person and overlapping hours is refused, also when both are asked at once', async () => {
    const both = await Promise.allSettled([give('giam.doc'), give('quan.tri')])
    expect(both.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(one => one.status === 'rejected')).toMatchObject({ reason: { code: 'delegation-overlaps' } })
    await give('giam.doc', { from: EVENING, until: '2026-03-03T17:00:00+07:00' })
    await give('giam.doc', { substitute: 'tinh' })
  })

  test('what was decided does not change: the app may only take it back', async () => {
    const id = await give('giam.doc')
    const change = (column: 'delegate_id' | 'valid_to', value: number | Date) =>
      database.db
        .updateTable('delegation')
        .set({ [column]: value })
        .where('id', '=', id)
        .execute()
    await expect(change('delegate_id', person('tinh').accountId)).rejects.toMatchObject({ code: '42501' })
    await expect(change('valid_to', new Date('2027-01-01'))).rejects.toMatchObject({ code: '42501' })
    const remove = database.db.deleteFrom('delegation').where('id', '=', id).execute()
    await expect(remove).rejects.toMatchObject({ code: '42501' })
  })
})

describe('standing in', () => {
  test('the substitute has role, agency and assignment of the absent one, and stays themselves', async () => {
    const id = await give('giam.doc')
    const { actor } = await as('pho', id)
    expect(actor).toEqual({
      kind: 'officer',
      accountId: person('pho').accountId,
      name: 'Trần Thị Cúc',
      assignmentId: person('giam.doc').assignmentId,
      role: 'leader',
      agencyId: (actor as Officer).agencyId,
      agencyCode: 'H01.1',
      servicePointId: null,
      onBehalfOf: {
        accountId: person('giam.doc').accountId,
        name: 'Nguyễn Văn Bình',
        ground: GROUND,
        delegationId: id,
        until: '2026-03-02T10:00:00.000Z',
      },
    })
  })

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

  test('begins and ends by the clock', async () => {
    const id = await give('giam.doc', { from: '2026-03-02T09:00:00+07:00' })
    const pho = await signedInAs(at, person('pho'))
    expect((await pho.post('/doi-vai-tro', { assignment: `thay-${id}` })).status).toBe(404)
    at.clock.set('2026-03-02T09:00:00+07:00')
    expect((await pho.post('/doi-vai-tro', { assignment: `thay-${id}` })).status).toBe(303)
    at.clock.set('2026-03-02T16:59:59+07:00')
    expect((await pho.get('/viec')).status).toBe(200)
    at.clock.set(EVENING)
    expect((await pho.get('/viec')).location).toContain('/dang-nhap')
    await expect(as('pho', id)).rejects.toThrow()
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

  test('what is done meanwhile is audited with both names’ numbers', async () => {
    const id = await give('giam.doc')
    await audit(await as('pho', id), { action: 'test', subject: 'x:1', detail: { a: 1 } })
    const row = await database.owner.selectFrom('audit').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow()
    expect(row).toMatchObject({
      actor: `officer:${person('pho').accountId}`,
      detail: { a: 1, onBehalfOf: person('giam.doc').accountId, delegation: id },
    })
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

  test('ends with the substitute’s own work there, and not before the day it ends', async () => {
    const id = await give('giam.doc', { until: '2026-03-06T17:00:00+07:00' })
    const own = database.owner.updateTable('assignment').where('id', '=', person('pho').assignmentId)
    await own.set({ valid_to: '2026-03-03' }).execute()
    expect(((await as('pho', id)).actor as Officer).onBehalfOf?.until).toBe('2026-03-02T17:00:00.000Z')
    at.clock.set('2026-03-03T08:00:00+07:00')
    await expect(as('pho', id)).rejects.toThrow()
    await own.set({ valid_to: null }).execute()
  })

  test('ends when the absent one’s account is shut', async () => {
    const absent = await newOfficer(system, { username: 'nghi.huu', role: 'leader', agency: 'H01.1' })
    const id = await give('quan.tri', { assignment: absent.assignmentId })
    const pho = await standingIn('pho', id)
    expect((await pho.get('/viec')).status).toBe(200)
    await deactivateAccount(system, { accountId: absent.accountId })
    expect((await pho.get('/viec')).status).toBe(303)
  })

  test('somebody of the agency above may', async () => {
    const id = await give('giam.doc', { substitute: 'tinh' })
    expect((await as('tinh', id)).actor).toMatchObject({ agencyCode: 'H01.1', role: 'leader' })
  })
})

describe('taking it back', () => {
  test('signs the substitute out at once; they begin again in their own place', async () => {
    const id = await give('giam.doc')
    const pho = await standingIn('pho', id)
    expect((await pho.get('/viec')).status).toBe(200)
    await revokeDelegation(await as('giam.doc'), { id, reason: 'Đã đi làm lại' })
    expect((await pho.get('/viec')).location).toContain('/dang-nhap')
    expect((await (await signedInAs(at, person('pho'))).get('/viec')).status).toBe(200)
    await expect(as('pho', id)).rejects.toThrow()
    const rows = await database.owner
      .selectFrom('audit')
      .select(['actor', 'detail'])
      .where('action', '=', 'revoke-delegation')
      .orderBy('id', 'desc')
      .execute()
    expect(rows[0]).toMatchObject({ actor: `officer:${person('giam.doc').accountId}`, detail: { delegation: id } })
  })

  test('leaves other sessions of the substitute alone', async () => {
    const id = await give('giam.doc')
    const own = await signedInAs(at, person('pho'))
    const acting = await standingIn('pho', id)
    await revokeDelegation(await as('giam.doc'), { id, reason: 'Đã đi làm lại' })
    expect([(await own.get('/viec')).status, (await acting.get('/viec')).status]).toEqual([200, 303])
  })

  test('holds even for a session that was being opened meanwhile', async () => {
    const id = await give('giam.doc')
    const token = await tokenFor(at, { ...person('pho'), delegationId: id })
    const hash = readToken(token, at.services.config.sessionSecret ?? '') as Buffer
    // As if the session's row had been written just after the delegation was taken back.
    const mark = { revoked_at: at.clock.now(), reason: 'x' }
    await database.owner.updateTable('delegation').set(mark).where('id', '=', id).execute()
    expect(await findSession(database.db, hash, at.clock.now())).toBeUndefined()
  })

  test('and being named are told to the substitute, each once, not to whoever does it', async () => {
    const mine = async (who: string) =>
      (
        await run<{ kind: string; absent: string }>(
          database.db,
          `SELECT kind, params ->> 'absent' AS absent FROM officer_notice WHERE account_id = $1 AND key IN ($2, $3) ORDER BY id`,
          [person(who).accountId, `substitution:${id}`, `substitution-ended:${id}`],
        )
      ).map(({ kind, absent }) => `${kind} ${absent}`)
    const asked = { substitute: 'pho', ground: GROUND, until: EVENING }
    const { id } = await delegateRole(await as('giam.doc'), asked, 'told-once')
    await delegateRole(await as('giam.doc'), asked, 'told-once')
    expect(await mine('pho')).toEqual(['substitution Nguyễn Văn Bình'])
    await revokeDelegation(await as('giam.doc'), { id, reason: 'Đã đi làm lại' })
    expect(await mine('pho')).toEqual(['substitution Nguyễn Văn Bình', 'substitution-ended Nguyễn Văn Bình'])
    expect(await mine('giam.doc')).toEqual([])
    expect(await mine('chuyen.vien')).toEqual([])
  })

  test('frees the person to be named again', async () => {
    const id = await give('giam.doc')
    await revokeDelegation(await as('pho'), { id, reason: 'Nhầm ngày' })
    await give('giam.doc')
  })

  test('is for the absent one, heads of the agency and administrators; once', async () => {
    const id = await give('giam.doc', { substitute: 'chuyen.vien' })
    const revoke = async (who: string) => revokeDelegation(await as(who), { id, reason: 'Đã đi làm lại' })
    await expect(revoke('chuyen.vien')).rejects.toMatchObject({ code: 'role-not-allowed' })
    for (const who of ['van.thu', 'noi.khac', 'tinh']) {
      await expect(revoke(who)).rejects.toMatchObject({ code: 'delegation-not-found' })
    }
    await revoke('quan.tri')
    await expect(revoke('giam.doc')).rejects.toMatchObject({ code: 'delegation-over' })
  })

  test('comes too late once it has ended', async () => {
    const id = await give('giam.doc')
    at.clock.set(EVENING)
    const late = revokeDelegation(await as('giam.doc'), { id, reason: 'x' })
    await expect(late).rejects.toMatchObject({ code: 'delegation-over' })
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
