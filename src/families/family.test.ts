import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkLedger } from '#src/dossiers/check-ledger.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import { maySee } from '#src/dossiers/holder.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { silentLog } from '#src/platform/log.ts'
import { signedInAs, testApp } from '#test/support/app.ts'
import { parentsAndChildren, toResult } from '#test/support/children.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { doJob, takeJobs, workOff } from '#test/support/jobs.ts'
import { manyDossiers } from '#test/support/many-dossiers.ts'
import { MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { interconnectedProcess, putInForce } from '#test/support/processes.ts'
import type { Move } from '#test/support/stand-and-go.ts'
import { FAMILY, LOCK_FAMILY, readFamily } from './family.query.ts'

let database: TestDatabase
let office: Office
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  await putInForce(office.system, { key: 'lien-thong', procedure: '1.001193', process: interconnectedProcess() })
})
afterAll(() => database.close())

const { stand, go, withChildren } = parentsAndChildren(() => office)

const appraisedAsIneligible: Move = ['so.specialist', 'appraise', { opinion: 'ineligible' }]

describe('a dossier opened at another agency', () => {
  test('has its own code, term and process there, the applicant and the tracking code of its parent, and no papers', async () => {
    const { parent, copy, permit } = await withChildren()
    expect(permit).toMatchObject({
      state: 'received',
      procedureCode: '1.009994',
      parentId: parent.id,
      trackingSecret: parent.trackingSecret,
      applicant: parent.applicant,
      components: [],
      channel: parent.channel,
      receivingAgencyId: permit.competentAgencyId,
    })
    expect(permit.code).toMatch(/^H20\.11-260302-\d{4}$/u)
    expect(permit.term).toMatchObject({ amount: 15 })
    expect(copy.code).toMatch(/^H20\.102-/u)
    expect(parent.children.map(({ id, endedAt }) => [id, endedAt])).toEqual([
      [copy.id, null],
      [permit.id, null],
    ])
    expect(parent.step).toMatchObject({ key: 'cap-phep', kind: 'child', role: null, childId: permit.id })
  })

  test('is seen by the agencies of its parent, and its agency sees the parent; a stranger sees neither', async () => {
    const { parent, copy, permit } = await withChildren()
    const sees = (who: string, d: Dossier) => maySee(d, office.as(who).actor as Officer)
    expect(sees('specialist', permit)).toBe(true)
    expect(sees('so.specialist', parent)).toBe(true)
    expect(sees('b.specialist', parent)).toBe(true)
    expect([sees('b.specialist', permit), sees('so.specialist', copy)]).toEqual([false, false])
  })

  test('is shown to each officer of the family as one matter; what they may not open, without its events', async () => {
    const { parent, copy, permit } = await withChildren()
    const family = await readFamily(office.as('so.specialist'), permit)
    expect(family?.members.map(({ id, depth, mayOpen }) => [id, depth, mayOpen])).toEqual([
      [parent.id, 0, true],
      [copy.id, 1, false],
      [permit.id, 1, true],
    ])
    expect(family?.members[0]?.holder).toMatchObject({ agency: 'Sở Xây dựng', role: null, since: new Date(MONDAY) })
    expect(family?.events.map(({ dossierId }) => dossierId)).not.toContain(copy.id)
    expect(family?.events.map(({ type }) => type)).toContain('child-opened')
    const alone = await receiveBirth(office.as('intake'))
    expect(await readFamily(office.as('intake'), await stand(alone.code as string))).toBeNull()
  })

  test('with a result is taken over by its parent, which goes on', async () => {
    const { parent, permit } = await withChildren()
    office.clock.set('2026-03-04T09:00:00+07:00')
    await go(permit.code, ...toResult)
    await workOff(office.system)
    const [now, child] = [await stand(parent.code as string), await stand(permit.code as string)]
    expect(now.step).toMatchObject({ key: 'tong-hop', role: 'specialist' })
    expect(now.children.find(({ id }) => id === permit.id)).toMatchObject({ outcome: 'granted' })
    expect(child).toMatchObject({
      state: 'closed',
      handOver: { collector: 'UBND xã Thanh Bình', method: 'electronic' },
    })
  })

  test('that is refused leads its parent another way', async () => {
    const { parent, permit } = await withChildren()
    const refusal = toResult.map(step => (step[1] === 'appraise' ? appraisedAsIneligible : step))
    await go(permit.code, ...refusal)
    await workOff(office.system)
    expect(await stand(parent.code as string)).toMatchObject({ step: { key: 'bi-tu-choi' } })
  })

  test('that was stopped at its own agency is an end for its parent too', async () => {
    const { parent, permit } = await withChildren()
    await go(permit.code, ['so.leader', 'stop', { reason: 'Trùng hồ sơ', ground: 'Điều 5' }])
    await workOff(office.system)
    const now = await stand(parent.code as string)
    expect(now.step?.key).toBe('bi-tu-choi')
    expect(now.children.find(({ id }) => id === permit.id)).toMatchObject({ outcome: 'ended' })
  })

  test('ends with its parent, unless it has come to a result', async () => {
    const { parent, copy, permit } = await withChildren()
    await go(copy.code, ['b.leader', 'assign', { assignee: 'b.specialist' }])
    await go(parent.code, ['intake', 'withdraw', { reason: 'Gia đình xin rút' }])
    await workOff(office.system)
    for (const child of [copy, permit]) {
      expect(await stand(child.code as string)).toMatchObject({ state: 'stopped' })
    }
    const { children, state } = await stand(parent.code as string)
    expect([state, ...children.map(({ outcome }) => outcome)]).toEqual(['withdrawn', 'ended', 'ended'])
  })
})

test('the API tells the family to those who may see a member, and to nobody else', async () => {
  const { parent, copy, permit } = await withChildren()
  const app = { ...testApp(database.db, { services: { clock: office.clock } }), clock: office.clock }
  const ask = async (who: string) => {
    const client = await signedInAs(app, office.as(who).actor as Officer)
    return client.get(`/api/v1/dossiers/${parent.code}/family`)
  }
  expect((await ask('b.leader')).json()).toMatchObject({
    members: [
      { code: parent.code, parent: null, mayOpen: true, holder: { agency: 'Sở Xây dựng', role: null } },
      { code: copy.code, parent: parent.code, mayOpen: true },
      { code: permit.code, parent: parent.code, mayOpen: false },
    ],
    links: [],
  })
  expect((await ask('admin')).status).toBe(404)
})

test('a dossier that cannot be opened fails loudly, and those who can mend it are told once', async () => {
  const process = interconnectedProcess({ procedure: '9.999999' })
  await putInForce(office.system, { key: 'lien-thong', procedure: '1.001193', process, validFrom: '2026-03-10' })
  office.clock.set('2026-03-10T09:00:00+07:00')
  const { code } = await receiveBirth(office.as('intake'))
  await go(code, ['specialist', 'complete-step', { outcome: 'da-dang-ky' }])
  const jobs = await takeJobs(office.system)
  const wrong = jobs.filter(({ payload }) => (payload as { step: string }).step === 'cap-phep')
  for (const job of [...wrong, ...wrong]) {
    await expect(doJob({ ...office.system, log: silentLog }, job)).rejects.toMatchObject({ code: 'procedure-unknown' })
  }
  const told = await run<{ username: string; kind: string }>(
    database.db,
    `SELECT a.username, n.kind FROM officer_notice n JOIN account a ON a.id = n.account_id
     WHERE n.kind = $1 ORDER BY a.username`,
    ['child-not-opened'],
  )
  expect(told.map(({ username }) => username)).toEqual(['control', 'leader', 'leader2'])
})

describe('related dossiers', () => {
  test('are shown on both sides, though linked twice', async () => {
    office.clock.set(MONDAY)
    const [a, b] = [await receiveBirth(office.as('intake')), await receiveBirth(office.as('intake'))]
    await go(a.code, ['intake', 'link', { code: b.code?.toLowerCase(), reason: 'Cùng thửa đất' }])
    await workOff(office.system)
    for (const [here, there] of [
      [a, b],
      [b, a],
    ] as const) {
      const { links } = await stand(here.code as string)
      expect(links).toEqual([{ id: there.id, code: there.code, reason: 'Cùng thửa đất', at: new Date(MONDAY) }])
    }
    await expect(go(b.code, ['intake', 'link', { code: a.code, reason: 'Lại' }])).rejects.toMatchObject({
      code: 'linked-already',
    })
    await expect(go(b.code, ['intake', 'link', { code: b.code, reason: 'Lại' }])).rejects.toMatchObject({
      code: 'link-to-itself',
    })
  })

  test('are dossiers the officer may see', async () => {
    const [mine, theirs] = [await receiveBirth(office.as('intake')), await receiveBirth(office.as('b.intake'))]
    await expect(go(mine.code, ['intake', 'link', { code: theirs.code, reason: 'Thử' }])).rejects.toMatchObject({
      code: 'link-unknown',
    })
    await expect(go(theirs.code, ['intake', 'link', { code: mine.code, reason: 'Thử' }])).rejects.toMatchObject({
      kind: 'not-found',
    })
  })
})

test('the ledger of all these dossiers is whole', async () => {
  const { faults } = await checkLedger(office.system)
  expect(faults).toEqual([])
})

test('among many dossiers, a family is read and held by keys alone', async () => {
  const { permit } = await withChildren()
  await manyDossiers(database.owner, 6_000)
  await run(database.owner, 'ANALYZE dossier, dossier_event', [])
  const explain = async (sql: string, values: unknown[]) => {
    const rows = await run<{ 'QUERY PLAN': string }>(database.db, `EXPLAIN ${sql}`, values)
    return rows.map(row => row['QUERY PLAN']).join('\n')
  }
  expect(await explain(FAMILY, [permit.id, false, 1, null, ['received']])).not.toMatch(
    /Seq Scan on dossier(_event)?\b/u,
  )
  expect(await explain(LOCK_FAMILY, [permit.id])).not.toMatch(/Seq Scan on dossier(_event)?\b/u)
})
