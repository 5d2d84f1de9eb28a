import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'
import { manyDossiers } from '../../test/support/many-dossiers.ts'
import { makeOffice, type Office } from '../../test/support/office.ts'
import { anomalyKinds, anomalySql } from './anomaly.query.ts'
import { breakingSql } from './apology.query.ts'
import { delayedSql } from './delay.query.ts'
import { SILENT } from './record-silences.ts'

let database: TestDatabase
let office: Office
const now = new Date('2026-03-02T02:00:00Z')
const officer = (who: string) => office.as(who).actor as Officer

beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  await manyDossiers(database.owner, 24_000)
  // Most of what is open is at a step of some hours; each closed dossier has the events of its closing.
  await run(
    database.owner,
    `UPDATE dossier SET step_key = 'tham-dinh', step_since = received_at, step_minutes = 60 * (1 + id % 20),
            step_due_at = received_at + (1 + id % 20) * interval '1 hour',
            detail = detail || '{"step": {"kind": "appraise"}, "extensions": 0, "pauses": []}'
     WHERE state IN ('received', 'in-process', 'supplement-requested')`,
    [],
  )
  await run(
    database.owner,
    `INSERT INTO dossier_event (dossier_id, seq, at, type, actor, agency_id, command_id, command_digest, state, payload)
     SELECT d.id, s.seq, d.created_at + s.seq * interval '1 hour', s.type, 'officer:' || $1::int, d.receiving_agency_id, 'c' || d.id || ':' || s.seq, s.type, d.state, '{}'
     FROM dossier d CROSS JOIN (VALUES (1, 'submitted'), (2, 'received'), (3, 'forwarded'), (4, 'assigned'), (5, 'appraised'), (6, 'handed-over'))
       AS s (seq, type)
     WHERE d.id % 6 = 0 ORDER BY s.seq, d.id`,
    [officer('intake').accountId],
  )
  await run(database.owner, 'ANALYZE dossier', [])
  await run(database.owner, 'ANALYZE dossier_event', [])
}, 60_000)
afterAll(() => database.close())

async function plan(text: string, values: unknown[]): Promise<string> {
  return JSON.stringify(await run(database.db, `EXPLAIN (FORMAT JSON) ${text}`, values))
}
const SCAN = /"Node Type":"(?:Parallel )?Seq Scan"[^{}]*"Relation Name":"dossier(?:_event)?"/u
const hourAfter = new Date(now.getTime() + 3_600_000)
const group = [['1'], [now], [hourAfter], now, hourAfter, 'rule']

describe('the watch reads what is due, not every dossier', () => {
  test.each([
    ['step', 'hours', 'dossier_step_due'],
    ['step', 'percent', 'dossier_step_due'],
    ['dossier', 'hours', 'dossier_due'],
    ['intake', 'hours', 'dossier_submitted'],
  ] as const)('%s by %s', async (subject, unit, index) => {
    const found = await plan(delayedSql({ subject, unit }, 1_000), group)
    expect(found).toContain(`"Index Name":"${index}"`)
    expect(found).not.toMatch(SCAN)
  })

  test('promises about to be broken', async () => {
    const found = await plan(breakingSql(500), [
      [1],
      ['nd-118-2025'],
      [1],
      [hourAfter],
      [now],
      [hourAfter],
      now,
      hourAfter,
    ])
    expect(found).toContain('"Index Name":"dossier_due"')
    expect(found).not.toMatch(SCAN)
  })

  test('consultations whose time is over', async () => {
    expect(await plan(SILENT, [now])).toContain('"Index Name":"dossier_consulting"')
  })
})

describe('a month of anomalies is found without reading the whole ledger', () => {
  test.each(anomalyKinds)('%s', async kind => {
    const { text, thresholds } = anomalySql[kind]
    const values = [new Date(now.getTime() - 86_400_000), now, false, 1, ...thresholds.map(() => 10)]
    const found = await plan(`${text} ORDER BY at DESC LIMIT 200`, values)
    expect(found).toContain('"Index Name":"dossier_event_watched"')
    expect(found).not.toMatch(SCAN)
  })
})
