import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { run } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { birthIntake, command, makeOffice, type Office } from '#test/support/office.ts'
import { checkFacts } from './check-facts.ts'
import { sumFacts, sumsStatement } from './fact-sums.query.ts'
import { foldFacts } from './fold-facts.ts'
import { countBacklog, rebuildFacts } from './rebuild-facts.ts'
import { tallyKeys } from './tally.ts'

let database: TestDatabase
let office: Office
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
})
afterAll(() => database.close())

const whole = { from: new Date('2020-01-01'), until: new Date('2030-01-01'), by: [], agencies: null } as const

async function received(): Promise<number> {
  const [row] = await sumFacts(office.system, whole)
  return row?.tally.received ?? 0
}

const receive = () => receiveDossier(office.as('intake'), birthIntake(), randomUUID())

test('what is received while sums are brought up to date and built anew is counted once, at every moment', async () => {
  let done = 0
  const seen: number[] = []
  const desks = Array.from({ length: 4 }, async () => {
    for (let i = 0; i < 15; i += 1) {
      await receive()
      done += 1
    }
  })
  const folding = Array.from({ length: 3 }, async () => {
    while (done < 60) await foldFacts(office.system)
  })
  const building = (async () => {
    while (done < 60) await rebuildFacts(office.system)
  })()
  const reading = (async () => {
    while (done < 60) {
      const before = done
      const count = await received().catch(error => {
        // While everything is counted anew nobody is given a number at all.
        if (error instanceof Refusal && error.code === 'facts-building') return null
        throw error
      })
      if (count === null) continue
      expect(count).toBeGreaterThanOrEqual(before)
      seen.push(count)
    }
  })()
  await Promise.all([...desks, ...folding, building, reading])
  await countBacklog(office.system)
  expect(await received()).toBe(60)
  expect([...seen].sort((a, b) => a - b)).toEqual(seen)
  expect((await checkFacts(office.system)).faults).toEqual([])
})

test('a fact that comes late is in the sums of every day after it', async () => {
  office.clock.set('2026-05-20T08:00:00+07:00')
  await foldFacts(office.system)
  const may = { ...whole, until: new Date('2026-05-16T00:00:00+07:00'), by: ['agency' as const] }
  const [before] = await sumFacts(office.system, may)
  office.clock.set('2026-04-10T10:00:00+07:00')
  await receive()
  office.clock.set('2026-05-20T08:00:30+07:00')
  const [now] = await sumFacts(office.system, may)
  await foldFacts(office.system)
  const [after] = await sumFacts(office.system, may)
  expect(now?.tally.received).toBe((before?.tally.received ?? 0) + 1)
  expect(after?.tally).toEqual(now?.tally)
  expect((await checkFacts(office.system)).faults).toEqual([])
})

test('what somebody changed in the facts or their sums is found', async () => {
  const damage = async (sql: string) => {
    await run(database.owner, sql, [])
    return (await checkFacts(office.system)).faults
  }
  const day = (await run<{ day: string }>(database.db, 'SELECT max(day) AS day FROM fact_checkpoint', []))[0]?.day
  expect(
    await damage(`UPDATE fact_balance SET received = received + 1 WHERE day = '${day}' AND agency_id = 0`),
  ).toEqual([`2 sums of ${day} are not what the facts before it make`])
  const faults = await damage(`UPDATE fact SET field_id = field_id + 1 WHERE dossier_id = 1 AND measure = 'received'`)
  expect(faults[0]).toMatch(/-260302-0001: counted under another agency, field, procedure or channel than its own$/u)
  await run(database.owner, `DELETE FROM fact WHERE dossier_id = 2`, [])
  expect((await checkFacts(office.system)).faults.join()).toMatch(/0002: its facts are not what the dossier makes/u)
  await rebuildFacts(office.system)
  expect((await checkFacts(office.system)).faults).toEqual([])
})

test('dossiers from before there were facts are counted once the worker starts; until then no number is told', async () => {
  const { id, code } = await receive()
  await run(database.owner, 'TRUNCATE fact, fact_inbox, fact_checkpoint, fact_balance', [])
  await run(database.owner, 'UPDATE fact_backlog SET after_id = 0, last_id = $1', [id])
  // One of them goes on before it is counted: what that adds is not counted twice.
  await command(office.as('intake'), code, 'withdraw', { reason: 'Theo đề nghị' })
  await expect(received()).rejects.toThrow('facts-building')
  expect(await checkFacts(office.system)).toMatchObject({ counting: true, dossiers: 0, faults: [] })
  expect(await countBacklog(office.system)).toBe(62)
  expect(await countBacklog(office.system)).toBe(0)
  expect(await received()).toBe(62)
  expect((await checkFacts(office.system)).faults).toEqual([])
})

test('facts made by the rules of an earlier release are made anew', async () => {
  await run(database.owner, `UPDATE fact SET at = at - interval '1 minute'`, [])
  await run(database.owner, 'UPDATE fact_backlog SET rules = rules - 1', [])
  expect(await countBacklog(office.system)).toBe(62)
  expect(await countBacklog(office.system)).toBe(0)
  expect((await checkFacts(office.system)).faults).toEqual([])
})

test('of a long time only the kept sums and the days since are read', async () => {
  await run(
    database.owner,
    `INSERT INTO fact (at, dossier_id, agency_id, field_id, measure, n, channel, procedure_code)
    SELECT '2024-01-01'::timestamptz + n * interval '5 minutes', 1, 4 + n % 2, 1, 'received', 1, 'counter', '1.001193'
    FROM generate_series(1, 200000) n`,
    [],
  )
  await run(database.owner, 'TRUNCATE fact_checkpoint, fact_balance', [])
  await foldFacts(office.system)
  await run(database.owner, 'ANALYZE fact', [])
  for (const by of [['field'], ['agency', 'field'], ['procedure']] as const) {
    const asked = {
      from: new Date('2024-12-15T00:00:00+07:00'),
      until: new Date('2025-12-15T00:00:00+07:00'),
      by,
      agencies: null,
    }
    const { text, values } = sumsStatement(asked, tallyKeys)
    const plan = await run<{ 'QUERY PLAN': string }>(database.db, `EXPLAIN (ANALYZE, TIMING OFF) ${text}`, values)
    const read = plan.map(line => line['QUERY PLAN']).join('\n')
    expect(read).toMatch(/fact_(at|agency)/u)
    expect(read).not.toMatch(/Seq Scan on fact f/u)
  }
})
