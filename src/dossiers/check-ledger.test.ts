import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { advanceTo, MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { anchorLedger } from './anchor-ledger.ts'
import { checkLedger } from './check-ledger.ts'

let database: TestDatabase
let office: Office
let code: string | null

beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
})
beforeEach(async () => {
  office.clock.set(MONDAY)
  code = (await receiveBirth(office.as('intake'))).code
  await advanceTo(office, code, 'closed')
})
afterAll(() => database.close())

/** Does `damage` as the owner of the database would by hand, reports, and undoes it. */
async function reportAfter(damage: (id: number) => Promise<unknown>) {
  const { id } = await database.owner
    .selectFrom('dossier')
    .select('id')
    .where('code', '=', code)
    .executeTakeFirstOrThrow()
  await sql`CREATE TABLE kept_event AS TABLE dossier_event`.execute(database.owner)
  await sql`CREATE TABLE kept_dossier AS TABLE dossier`.execute(database.owner)
  await damage(id)
  const { faults } = await checkLedger(office.system)
  await sql`ALTER TABLE dossier_event DISABLE TRIGGER USER`.execute(database.owner)
  await sql`DELETE FROM dossier_event`.execute(database.owner)
  await sql`INSERT INTO dossier_event SELECT * FROM kept_event`.execute(database.owner)
  await sql`ALTER TABLE dossier_event ENABLE TRIGGER USER`.execute(database.owner)
  await sql`UPDATE dossier d SET state = k.state, applicant_name = k.applicant_name, code = k.code FROM kept_dossier k WHERE k.id = d.id`.execute(
    database.owner,
  )
  await sql`DROP TABLE kept_event, kept_dossier`.execute(database.owner)
  return faults
}

test('a whole ledger has no faults, and counts what it read', async () => {
  const report = await checkLedger(office.system)
  expect(report.faults).toEqual([])
  expect(report.events).toBeGreaterThanOrEqual(8)
})

test('a byte changed by hand is found and the first broken event named', async () => {
  const faults = await reportAfter(id =>
    sql`UPDATE dossier_event SET payload = replace(payload::text, 'specialist', 'specialisT')::json WHERE dossier_id = ${id} AND seq = 2`.execute(
      database.owner,
    ),
  )
  expect(faults).toEqual([{ dossier: code, event: 2, fault: expect.stringContaining('changed') }])
})

test('an event changed together with its own hash breaks the chain at the next one', async () => {
  const faults = await reportAfter(async id => {
    await sql`UPDATE dossier_event SET at = at - interval '1 day' WHERE dossier_id = ${id} AND seq = 3`.execute(
      database.owner,
    )
    await sql`UPDATE dossier_event e SET hash = ledger_hash(e) WHERE dossier_id = ${id} AND seq = 3`.execute(
      database.owner,
    )
  })
  expect(faults).toEqual([{ dossier: code, event: 4, fault: expect.stringContaining('not chained') }])
})

test('an event taken out is missed', async () => {
  const faults = await reportAfter(id =>
    sql`DELETE FROM dossier_event WHERE dossier_id = ${id} AND seq = 5`.execute(database.owner),
  )
  expect(faults).toEqual([{ dossier: code, event: 5, fault: 'event 5 is missing' }])
})

test('a dossier that says something else than its events is found', async () => {
  const faults = await reportAfter(id =>
    sql`UPDATE dossier SET applicant_name = 'Người Khác' WHERE id = ${id}`.execute(database.owner),
  )
  expect(faults).toEqual([{ dossier: code, event: null, fault: expect.stringContaining('not what its events make') }])
})

test('a number given to no dossier is found', async () => {
  await sql`UPDATE dossier_counter SET last = last + 1`.execute(database.owner)
  const { faults } = await checkLedger(office.system)
  await sql`UPDATE dossier_counter SET last = last - 1`.execute(database.owner)
  expect(faults).toEqual([
    { dossier: 'H20.101-260302', event: null, fault: expect.stringContaining('numbers were given') },
  ])
})

test('a hole is found although another dossier has a number above the counter', async () => {
  const faults = await reportAfter(id =>
    sql`UPDATE dossier SET code = 'H20.101-260302-0999' WHERE id = ${id}`.execute(database.owner),
  )
  expect(faults).toContainEqual({
    dossier: 'H20.101-260302',
    event: null,
    fault: expect.stringContaining('the highest 999'),
  })
})

test('numbers that no counter gave are found', async () => {
  const faults = await reportAfter(id =>
    sql`UPDATE dossier SET code = 'H20.101-260301-0001' WHERE id = ${id}`.execute(database.owner),
  )
  expect(faults).toContainEqual({
    dossier: 'H20.101-260301',
    event: null,
    fault: '0 numbers were given but 1 dossiers have one, the highest 1',
  })
})

test('a whole chain rewritten after its day was anchored is found by the anchor', async () => {
  office.clock.set('2026-03-04T08:00:00+07:00')
  expect(await anchorLedger(office.system)).toEqual(['2026-03-02', '2026-03-03'])
  expect(await anchorLedger(office.system)).toEqual([])
  const faults = await reportAfter(async id => {
    await sql`UPDATE dossier_event SET at = at + interval '1 second' WHERE dossier_id = ${id}`.execute(database.owner)
    for (let seq = 1; seq <= 8; seq += 1) {
      await sql`UPDATE dossier_event e SET prev_hash = coalesce((SELECT hash FROM dossier_event p WHERE p.dossier_id = e.dossier_id AND p.seq = e.seq - 1), '\\x') WHERE dossier_id = ${id} AND seq = ${seq}`.execute(
        database.owner,
      )
      await sql`UPDATE dossier_event e SET hash = ledger_hash(e) WHERE dossier_id = ${id} AND seq = ${seq}`.execute(
        database.owner,
      )
    }
  })
  expect(faults).toContainEqual({ dossier: 'day 2026-03-02', event: null, fault: expect.stringContaining('anchor') })
})
