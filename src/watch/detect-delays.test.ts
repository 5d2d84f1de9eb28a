import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { submitDossier } from '#src/casework/submit-dossier.ts'
import { actorRef, type Ctx, type Officer } from '#src/platform/ctx.ts'
import { createDb, type Db, run } from '#src/platform/db.ts'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'
import { advanceTo, birthIntake, command, makeOffice, type Office, receiveBirth } from '../../test/support/office.ts'
import { detectDelays } from './detect-delays.ts'

let database: TestDatabase
let office: Office
/** Connections of a second worker. */
let other: Db
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  other = createDb(database.url, { max: 4 })
})
afterAll(async () => {
  await other.destroy()
  await database.close()
})
/** Each test has a week of its own, and what is still open of the ones before is put aside. */
let monday = new Date('2026-03-02T07:30:00+07:00')
beforeEach(async () => {
  await run(
    database.owner,
    `UPDATE dossier SET due_at = NULL, step_due_at = NULL, submitted_at = NULL, received_at = coalesce(received_at, created_at) WHERE true`,
    [],
  )
  monday = new Date(monday.getTime() + 7 * 86_400_000)
  office.clock.set(monday)
})

const at = (days: number, time: string) => {
  const [h = 0, m = 0] = time.split(':').map(Number)
  office.clock.set(new Date(monday.getTime() + days * 86_400_000 + ((h - 7) * 60 + m - 30) * 60_000))
}
const account = (who: string) => (office.as(who).actor as Officer).accountId
const onWorker = (db: Db = database.db): Ctx => ({ ...office.system, db, actor: { kind: 'system', name: 'watch' } })

type Fired = { rule: string; told: number[]; cause: string | null; over: number | null }
const firedFor = (code: string | null) =>
  run<Fired>(
    database.db,
    `SELECT a.rule_key AS rule, a.told, g.code AS cause, a.cause_over AS over FROM dossier_alert a JOIN dossier d ON d.id = a.dossier_id
     LEFT JOIN agency g ON g.id = a.cause_agency_id WHERE d.code = $1 ORDER BY a.id`,
    [code],
  )
const rulesOf = async (code: string | null) => (await firedFor(code)).map(one => one.rule)
const noticesOf = (who: string, code: string | null) =>
  run<{ kind: string; actor: string }>(
    database.db,
    `SELECT n.kind, n.actor FROM officer_notice n JOIN dossier d ON d.id = n.dossier_id
     WHERE n.account_id = $1 AND d.code = $2 AND n.kind NOT LIKE 'work-%' ORDER BY n.id`,
    [account(who), code],
  )

/** A birth registration, due in a working day: its desk has an eighth of it to hand over (48 minutes of 8 hours). */
describe('a step', () => {
  test('is warned of while there is time, then missed, then taken up the tree', async () => {
    const { code } = await receiveBirth(office.as('intake'))
    const [row] = await run<{ step_due_at: Date; step_minutes: number; holder_role: string }>(
      database.db,
      'SELECT step_due_at, step_minutes, holder_role FROM dossier WHERE code = $1',
      [code],
    )
    if (!row) throw new Error('no dossier')
    const due = row.step_due_at.getTime()
    const minutes = (n: number) => office.clock.set(new Date(due + n * 60_000))
    minutes(-row.step_minutes / 4 - 1)
    await detectDelays(onWorker())
    const early = (await rulesOf(code)).filter(rule => rule.startsWith('step'))
    expect(early).toEqual([])
    minutes(-row.step_minutes / 4 + 1)
    await detectDelays(onWorker())
    expect((await rulesOf(code)).filter(rule => rule.startsWith('step'))).toEqual(['step-soon'])
    minutes(0)
    await detectDelays(onWorker())
    expect(await rulesOf(code)).not.toContain('step-late')
    minutes(1)
    await detectDelays(onWorker())
    expect((await rulesOf(code)).filter(rule => rule.startsWith('step'))).toEqual(['step-soon', 'step-late'])
    at(0, '16:30')
    await detectDelays(onWorker())
    const leader = (await firedFor(code)).find(one => one.rule === 'step-late-leader')
    expect(leader?.told).toEqual([account('leader'), account('leader2')].sort((a, b) => a - b))
    // It was theirs to give out, so they knew; now they hear of it as heads of the agency.
    const kinds = (await noticesOf('leader', code)).map(one => one.kind).filter(kind => kind !== 'dossier-soon')
    expect(kinds).toEqual(['step-soon', 'step-late', 'still-late'])
  })

  test('that was done in time is never missed, and a new one begins anew', async () => {
    const { code } = await receiveBirth(office.as('intake'))
    await advanceTo(office, code, 'in-process')
    const before = await rulesOf(code)
    await detectDelays(onWorker())
    expect(before).toEqual([])
    at(1, '16:00')
    await detectDelays(onWorker())
    const late = (await firedFor(code)).find(one => one.rule === 'step-late')
    expect(late?.told).toEqual([account('specialist')])
    expect(await noticesOf('specialist', code)).toContainEqual({ kind: 'step-late', actor: actorRef(onWorker().actor) })
  })
})

describe('a dossier', () => {
  test('overdue is found within the minute, with who caused it', async () => {
    const { code, dueAt } = await receiveBirth(office.as('intake'))
    await advanceTo(office, code, 'in-process')
    const due = dueAt ?? new Date()
    office.clock.set(due)
    await detectDelays(onWorker())
    expect(await rulesOf(code)).not.toContain('dossier-late')
    office.clock.set(new Date(due.getTime() + 60_000))
    await detectDelays(onWorker())
    const fired = await firedFor(code)
    const late = fired.filter(one => one.rule.startsWith('dossier-late'))
    expect(late.map(one => one.rule).sort()).toEqual(['dossier-late', 'dossier-late-leader'])
    expect(late[0]).toMatchObject({ cause: 'H20.101' })
    expect(late[0]?.over).toBeGreaterThan(0)
  })

  test('goes up to the centre’s director where the agency above has nobody to be told', async () => {
    const { code } = await receiveBirth(office.as('intake'))
    at(7, '07:30')
    await detectDelays(onWorker())
    const fired = await firedFor(code)
    for (const rule of ['dossier-late-above', 'dossier-late-director', 'step-late-above']) {
      expect(fired.find(one => one.rule === rule)?.told).toEqual([account('director')])
    }
    // What a warning ahead would have said, nobody was there to hear.
    expect(fired.map(one => one.rule)).not.toContain('dossier-soon')
  })

  const ofDirector = async (code: string | null) =>
    (
      await run<{ kind: string; level: string; subject: string }>(
        database.db,
        `SELECT n.kind, n.params ->> 'level' AS level, n.params ->> 'subject' AS subject FROM officer_notice n
         JOIN dossier d ON d.id = n.dossier_id WHERE n.account_id = $1 AND d.code = $2 ORDER BY n.id`,
        [account('director'), code],
      )
    ).map(({ kind, level, subject }) => `${kind} ${subject} ${level}`)

  test('is told once to whoever several levels reach at a time', async () => {
    const { code } = await receiveBirth(office.as('intake'))
    at(7, '07:30')
    await detectDelays(onWorker())
    expect((await ofDirector(code)).sort()).toEqual(['escalated dossier above', 'escalated step above'])
    at(8, '07:30')
    await detectDelays(onWorker())
    expect(await ofDirector(code)).toHaveLength(2)
  })

  test('is told them again, in other words, when it comes to a further level later', async () => {
    const { code, dueAt } = await receiveBirth(office.as('intake'))
    const due = dueAt ?? new Date()
    const daysLate = async (days: number) => {
      office.clock.set(new Date(due.getTime() + days * 86_400_000 + 60_000))
      await detectDelays(onWorker())
      return (await ofDirector(code)).filter(line => line.includes('dossier'))
    }
    expect(await daysLate(0)).toEqual([])
    expect(await daysLate(1)).toEqual(['escalated dossier above'])
    expect(await daysLate(2)).toEqual(['escalated dossier above', 'still-late dossier director'])
    expect(await daysLate(3)).toHaveLength(2)
  })

  test('is told once to a leader in whose own hands it lies, though leaders are told too', async () => {
    const { code } = await receiveBirth(office.as('intake'))
    await advanceTo(office, code, 'pending-approval')
    at(1, '16:00')
    await detectDelays(onWorker())
    const kinds = (await noticesOf('leader', code)).map(one => one.kind)
    expect(kinds.filter(kind => /^(dossier|escalated|still)/u.test(kind))).toEqual(['dossier-late'])
    expect((await firedFor(code)).filter(one => one.rule === 'dossier-late-leader')).toHaveLength(1)
  })

  test('whose clock stands still is left alone', async () => {
    const { code } = await receiveBirth(office.as('intake'))
    await advanceTo(office, code, 'in-process')
    await command(office.as('specialist'), code, 'pause', { notice: '1/TB', ground: 'Luật Đất đai' })
    at(7, '10:00')
    await detectDelays(onWorker())
    expect(await rulesOf(code)).toEqual([])
  })
})

describe('a submission', () => {
  test('waits for its examination no longer than the law pack allows, then the leaders are told', async () => {
    const applicant = { kind: 'citizen', name: 'Lê Thị Thử', idNumber: '000190000077', phone: '0900000077' }
    const intake = birthIntake({ channel: 'online', receivingPoint: 'H20.101', applicant })
    const { code } = await submitDossier(office.citizen, intake, randomUUID())
    at(0, '14:00')
    await detectDelays(onWorker())
    expect(await rulesOf(code)).toEqual([])
    at(0, '16:59')
    await detectDelays(onWorker())
    expect(await firedFor(code)).toMatchObject([
      { rule: 'intake-soon', told: [account('intake'), account('intake2')].sort((a, b) => a - b) },
    ])
    at(1, '07:31')
    await detectDelays(onWorker())
    expect(await rulesOf(code)).toEqual(['intake-soon', 'intake-late'])
    expect(await noticesOf('leader', code)).toMatchObject([{ kind: 'intake-late' }])
    const [due] = await run<{ due: Date }>(
      database.db,
      `SELECT a.due_at AS due FROM dossier_alert a JOIN dossier d ON d.id = a.dossier_id WHERE d.code = $1 LIMIT 1`,
      [code],
    )
    expect(due?.due).toEqual(new Date(monday.getTime() + 9.5 * 3_600_000))
  })
})

describe('only once', () => {
  const CODES = 12
  async function overdueOnes(): Promise<(string | null)[]> {
    const codes: (string | null)[] = []
    for (let i = 0; i < CODES; i += 1) codes.push((await receiveBirth(office.as('intake'))).code)
    at(7, '10:00')
    return codes
  }
  /** `people`: whom any rule reached about a dossier and what is late of it, each once however many did. */
  const counts = (codes: (string | null)[]) =>
    run<{ rules: number; alerts: number; notices: number; people: number }>(
      database.db,
      `SELECT count(DISTINCT a.rule_key)::int AS rules, count(*)::int AS alerts, (SELECT count(DISTINCT (x.dossier_id, x.key, t))::int FROM dossier_alert x JOIN dossier d ON d.id = x.dossier_id, unnest(x.told) t
               WHERE d.code = ANY ($1)) AS people,
              (SELECT count(*)::int FROM officer_notice n JOIN dossier d ON d.id = n.dossier_id
               WHERE d.code = ANY ($1) AND n.kind NOT LIKE 'work-%') AS notices
       FROM dossier_alert a JOIN dossier d ON d.id = a.dossier_id WHERE d.code = ANY ($1)`,
      [codes],
    )

  test('though two workers look at the same time, again and again', async () => {
    const codes = await overdueOnes()
    await Promise.all([detectDelays(onWorker()), detectDelays(onWorker(other)), detectDelays(onWorker())])
    await detectDelays(onWorker(other))
    const [found] = await counts(codes)
    expect(found?.alerts).toBe(CODES * (found?.rules ?? 0))
    expect(found?.notices).toBe(found?.people)
    expect(found?.people).toBeGreaterThan(CODES)
  })

  test('though one worker is killed in the middle while the other waits for it', async () => {
    const codes = await overdueOnes()
    const killed = other.transaction().execute(async db => {
      await detectDelays({ ...onWorker(), db })
      const [{ pid } = { pid: 0 }] = await run<{ pid: number }>(db, 'SELECT pg_backend_pid() AS pid', [])
      const second = detectDelays(onWorker())
      await new Promise(resolve => setTimeout(resolve, 200))
      await run(database.owner, 'SELECT pg_terminate_backend($1::int)', [pid])
      await second
      await run(db, 'SELECT 1', [])
    })
    await expect(killed).rejects.toThrow()
    const [found] = await counts(codes)
    expect(found?.alerts).toBe(CODES * (found?.rules ?? 0))
    expect(found?.rules).toBeGreaterThan(4)
    expect(found?.notices).toBe(found?.people)
  })

  test('the trace of a warning is neither changed nor removed', async () => {
    await expect(run(database.db, 'UPDATE dossier_alert SET late = false', [])).rejects.toThrow(/permission/u)
    await expect(run(database.db, 'DELETE FROM dossier_alert', [])).rejects.toThrow(/permission/u)
  })
})
