import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '#src/platform/db.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { manyDossiers } from '#test/support/many-dossiers.ts'
import { makeOffice } from '#test/support/office.ts'
import { apologiesSql } from './apologies.query.ts'
import { eventsSql } from './event-reasons.query.ts'
import { feesSql } from './fees.query.ts'
import { postHomeSql } from './post-home.query.ts'
import { refusals } from './refusal-reasons.query.ts'
import { supplements } from './supplement-reasons.query.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await makeOffice(database.db)
  await manyDossiers(database.owner, 24_000)
  await run(
    database.owner,
    `INSERT INTO dossier_event (dossier_id, seq, at, type, actor, command_id, command_digest, state, payload)
     SELECT d.id, s.seq, d.created_at + s.seq * interval '1 hour', CASE WHEN d.id % s.every = 0 THEN s.type ELSE 'assigned' END,
       'system:test', 'c' || d.id || ':' || s.seq, s.type, d.state, '{"fees": []}'
     FROM dossier d CROSS JOIN (VALUES (1, 'received', 1), (2, 'appraised', 1), (3, 'supplement-requested', 12), (4, 'refused-at-intake', 40),
       (5, 'extended', 30), (6, 'fee-collected', 2), (7, 'handed-over', 1)) AS s (seq, type, every)
     WHERE d.id % 3 = 0 ORDER BY s.seq, d.id`,
    [],
  )
  await run(database.owner, 'ANALYZE dossier_event', [])
}, 60_000)
afterAll(() => database.close())

/** A week of the province and of one agency; there are seven weeks. */
const week = [new Date('2026-02-16T00:00:00+07:00'), new Date('2026-02-23T00:00:00+07:00')]
const plan = async (sql: string, agencies: number[] | null) =>
  JSON.stringify(await run(database.db, `EXPLAIN (FORMAT JSON) ${sql}`, [...week, agencies, null, null, null]))
const scanned = (found: string, relation: string) =>
  new RegExp(`"Node Type":"(?:Parallel )?Seq Scan"[^{}]*"Relation Name":"${relation}"`, 'u').test(found)

test.each([
  ['supplements by paper', eventsSql(supplements, 'component'), 'dossier_event_watched'],
  ['supplements by reason', eventsSql(supplements, 'reason'), 'dossier_event_watched'],
  ['refusals', eventsSql(refusals, 'reason'), 'dossier_event_told'],
  ['apologies', apologiesSql('a.code', 'a.name'), 'dossier_event_told'],
  ['fees', feesSql('a.code', 'a.name'), 'dossier_event_watched'],
  ['post and home', postHomeSql('a.code', 'a.name'), 'dossier_event_watched'],
])('%s read the events of their kind and period, never the whole ledger', async (_, sql, index) => {
  for (const agencies of [null, [1]]) {
    const found = await plan(sql, agencies)
    expect(found).toContain(`"Index Name":"${index}"`)
    expect(scanned(found, 'dossier_event')).toBe(false)
  }
})

test.each([
  ['fees', feesSql('a.code', 'a.name')],
  ['post and home', postHomeSql('a.code', 'a.name')],
])('%s find the dossiers received in the period by an index', async (_, sql) => {
  expect(await plan(sql, null)).toMatch(/"Index Name":"dossier_(entered|receiving)"/u)
})
