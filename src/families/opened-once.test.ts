import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkLedger } from '#src/dossiers/check-ledger.ts'
import type { Dossier } from '#src/dossiers/dossier.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { createDb, type Db, run } from '#src/platform/db.ts'
import { runQueue, type Task } from '#src/platform/queue.ts'
import { parentsAndChildren, toResult } from '#test/support/children.ts'
import { until } from '#test/support/crash.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { doJob, takeJobs, workOff } from '#test/support/jobs.ts'
import { command, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { interconnectedProcess, putInForce } from '#test/support/processes.ts'
import { familiesTasks } from './families.tasks.ts'

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

const { stand, go, childrenOf, waiting, withChildren } = parentsAndChildren(() => office)
const elsewhere = (ctx: Ctx): Ctx => ({ ...ctx, db: other })

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

test('the ledger of all these dossiers is whole', async () => {
  const { faults } = await checkLedger(office.system)
  expect(faults).toEqual([])
})
