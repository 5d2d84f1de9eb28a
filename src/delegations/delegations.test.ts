import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { deactivateAccount } from '#src/accounts/deactivate-account.ts'
import { findSession } from '#src/accounts/session.query.ts'
import { audit } from '#src/platform/audit.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { readToken } from '#src/platform/session.ts'
import { signedInAs, tokenFor } from '#test/support/app.ts'
import { newOfficer } from '#test/support/people.ts'
import { EVENING, GROUND, MORNING, type Substitutes, substitutes } from '#test/support/substitutes.ts'
import { type DelegateRole, delegateRole } from './delegate-role.ts'
import { revokeDelegation } from './revoke-delegation.ts'

let { database, at, system, person, as, give, standingIn, beginAnew } = {} as Substitutes
beforeAll(async () => {
  ;({ database, at, system, person, as, give, standingIn, beginAnew } = await substitutes())
})
afterAll(() => database.close())
beforeEach(() => beginAnew())

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

  test('what is done meanwhile is audited with both names’ numbers', async () => {
    const id = await give('giam.doc')
    await audit(await as('pho', id), { action: 'test', subject: 'x:1', detail: { a: 1 } })
    const row = await database.owner.selectFrom('audit').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow()
    expect(row).toMatchObject({
      actor: `officer:${person('pho').accountId}`,
      detail: { a: 1, onBehalfOf: person('giam.doc').accountId, delegation: id },
    })
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
