import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkLedger } from '#src/dossiers/check-ledger.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import { maySee } from '#src/dossiers/holder.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { createDb, type Db, run } from '#src/platform/db.ts'
import { silentLog } from '#src/platform/log.ts'
import { runQueue, type Task } from '#src/platform/queue.ts'
import { signedInAs, testApp } from '#test/support/app.ts'
import { until } from '#test/support/crash.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { findDossier } from '#test/support/find-dossier.ts'
import { doJob, takeJobs, workOff } from '#test/support/jobs.ts'
import { manyDossiers } from '#test/support/many-dossiers.ts'
import { command, MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { interconnectedProcess, putInForce } from '#test/support/processes.ts'
import { familiesTasks } from './families.tasks.ts'
import { FAMILY, getDossier, LOCK_FAMILY, readFamily } from './family.query.ts'

let database: TestDatabase
let office: Office
/** Connections of a second process. */
let other: Db
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  other = createDb(database.url, { max: 5 })
  await putInForce(office.system, { key: 'lien-thong', procedure: '1.001193', process: interconnectedProcess() })
})
afterAll(async () => {
  await other.destroy()
  await database.close()
})

const stand = async (code: string): Promise<Dossier> => {
  const found = await findDossier(office.system, code)
  if (!found) throw new Error(`no dossier ${code}`)
  return found
}
const childrenOf = async (parent: Dossier): Promise<Dossier[]> => {
  const rows = await run<{ id: number }>(database.db, 'SELECT id FROM dossier WHERE parent_id = $1 ORDER BY id', [
    parent.id,
  ])
  return Promise.all(rows.map(({ id }) => getDossier(office.system, id)))
}
const elsewhere = (ctx: Ctx): Ctx => ({ ...ctx, db: other })

async function go(code: string | null, ...steps: [who: string, type: string, input?: Record<string, unknown>][]) {
  for (const [who, type, input] of steps) await command(office.as(who), code, type, input ?? {})
}

/** A birth registered; the permit at the department is waited for, a certified copy at the other commune is not. */
async function waiting(): Promise<Dossier> {
  office.clock.set(MONDAY)
  const { code } = await receiveBirth(office.as('intake'))
  await go(code, ['specialist', 'complete-step', { outcome: 'da-dang-ky' }])
  return stand(code as string)
}

async function withChildren(): Promise<{ parent: Dossier; copy: Dossier; permit: Dossier }> {
  const parent = await waiting()
  await workOff(office.system)
  const [copy, permit] = await childrenOf(parent)
  if (!copy || !permit) throw new Error('not both children are open')
  return { parent: await stand(parent.code as string), copy, permit }
}

const toResult: [string, string, Record<string, unknown>?][] = [
  ['so.leader', 'assign', { assignee: 'so.specialist' }],
  ['so.specialist', 'appraise'],
  ['so.specialist', 'submit-for-approval'],
  ['so.leader', 'approve'],
  ['so.clerk', 'sign-result', { number: '7/GP', signer: 'Cán bộ so.leader' }],
  ['so.clerk', 'result-ready'],
]

const appraisedAsIneligible: (typeof toResult)[number] = ['so.specialist', 'appraise', { opinion: 'ineligible' }]

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

describe('once', () => {
  test('though two workers do each job at the same time, and again later', async () => {
    for (let round = 0; round < 5; round += 1) {
      const parent = await waiting()
      const twice = async () => {
        for (let jobs = await takeJobs(office.system); jobs.length > 0; jobs = await takeJobs(office.system)) {
          for (const job of jobs) await Promise.all([doJob(office.system, job), doJob(elsewhere(office.system), job)])
          for (const job of jobs) await doJob(elsewhere(office.system), job)
        }
      }
      await twice()
      const children = await childrenOf(parent)
      expect(children.map(({ procedureCode }) => procedureCode)).toEqual(['2.000815', '1.009994'])
      await go(children[1]?.code ?? null, ...toResult)
      await twice()
      const now = await stand(parent.code as string)
      expect(now.step?.key).toBe('tong-hop')
      expect((await stand(children[1]?.code as string)).state).toBe('closed')
    }
  })

  test('though the worker dies between the two dossiers: neither is written, and the next one writes both', async () => {
    const parent = await waiting()
    const jobs = await takeJobs(office.system)
    const codes = async () =>
      (await run(database.db, `SELECT FROM dossier WHERE code LIKE 'H20.11-%' AND $1`, [true])).length
    const before = await codes()
    await run(
      database.owner,
      `CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN new; END $$`,
      [],
    )
    await run(
      database.owner,
      `CREATE TRIGGER die BEFORE INSERT ON dossier_event FOR EACH ROW WHEN (new.type = 'child-opened') EXECUTE FUNCTION die()`,
      [],
    )
    await run(database.owner, 'ALTER FUNCTION die() SECURITY DEFINER', [])
    for (const job of jobs) await expect(doJob(elsewhere(office.system), job)).rejects.toThrow(/terminat/u)
    expect(await childrenOf(parent)).toEqual([])
    expect((await stand(parent.code as string)).children).toEqual([])
    await run(database.owner, 'DROP TRIGGER die ON dossier_event', [])
    for (const job of jobs) await doJob(office.system, job)
    expect(await childrenOf(parent)).toHaveLength(2)
    expect(await codes()).toBe(before + 1)
  })

  test('by the queue itself, with two workers', async () => {
    const parents: Dossier[] = []
    for (let i = 0; i < 5; i += 1) parents.push(await waiting())
    const options = { url: database.url, tasks: familiesTasks as Record<string, Task>, schedules: [] }
    const queues = [await runQueue(office.system, options), await runQueue(elsewhere(office.system), options)]
    await until('all children', async () => {
      const all = await Promise.all(parents.map(({ code }) => stand(code as string)))
      return all.every(({ children }) => children.length === 2)
    })
    for (const queue of queues) await queue.stop()
    for (const parent of parents) expect(await childrenOf(parent)).toHaveLength(2)
  })
})

describe('when the parent is quicker than the job', () => {
  test('nothing is opened for one that was withdrawn', async () => {
    const parent = await waiting()
    await go(parent.code, ['intake', 'withdraw', { reason: 'Xin rút' }])
    await workOff(office.system)
    expect(await childrenOf(parent)).toEqual([])
  })

  test('nor for a wait that the leader ended; a dossier already open runs on', async () => {
    const parent = await waiting()
    await go(parent.code, ['leader', 'end-child-wait', { outcome: 'granted', ground: 'Công văn 12' }])
    await workOff(office.system)
    expect((await childrenOf(parent)).map(({ procedureCode }) => procedureCode)).toEqual(['2.000815'])
    const open = await withChildren()
    await go(open.parent.code, ['leader', 'end-child-wait', { outcome: 'refused', ground: 'Công văn 13' }])
    await go(open.permit.code, ...toResult)
    await workOff(office.system)
    const now = await stand(open.parent.code as string)
    expect([now.step?.key, now.children[1]?.outcome]).toEqual(['bi-tu-choi', 'granted'])
  })

  test('only the leader of the resolving agency ends a wait', async () => {
    const { parent } = await withChildren()
    const input = { outcome: 'granted', ground: 'Công văn' }
    for (const who of ['specialist', 'so.leader', 'control']) {
      await expect(command(office.as(who), parent.code, 'end-child-wait', input)).rejects.toMatchObject({
        kind: 'forbidden',
      })
    }
    const ready = await receiveBirth(office.as('intake'))
    await expect(command(office.as('leader'), ready.code, 'end-child-wait', input)).rejects.toMatchObject({
      code: 'wrong-state',
    })
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
