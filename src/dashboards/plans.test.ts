import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'
import { manyDossiers } from '../../test/support/many-dossiers.ts'
import { makeOffice, type Office } from '../../test/support/office.ts'
import { LIVE_SQL, LOAD_SQL, liveValues, STEPS_SQL } from './live.query.ts'
import { type Pressing, pressingStatement } from './pressing.query.ts'

let database: TestDatabase
let office: Office
const now = new Date('2026-03-02T02:00:00Z')
const today = '2026-03-02'
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  await manyDossiers(database.owner, 24_000)
}, 60_000)
afterAll(() => database.close())

async function plan(text: string, values: unknown[]): Promise<string> {
  return JSON.stringify(await run(database.db, `EXPLAIN (FORMAT JSON) ${text}`, values))
}
const SCAN = /"Node Type":"(?:Parallel )?Seq Scan"[^{}]*"Relation Name":"dossier"/u

describe('a dashboard reads what it counts, not every dossier', () => {
  test.each([
    ['of the province', null],
    ['of an agency', [4]],
  ])('what is due soon and what waits, %s', async (_, agencies) => {
    const found = await plan(LIVE_SQL, liveValues({ now, today, agencies }))
    expect(found).toContain('"Index Name":"dossier_due"')
    expect(found).toContain('"Index Name":"dossier_submitted"')
    expect(found).not.toMatch(SCAN)
  })

  test.each([
    ['of the province', null],
    ['of an agency', [4]],
  ])('steps, from their index alone, %s', async (_, agencies) => {
    const found = await plan(STEPS_SQL, [now, agencies])
    expect(found).toMatch(/"Node Type":"Index Only Scan"[^{}]*"Index Name":"dossier_running"/u)
    expect(found).not.toMatch(SCAN)
  })

  test('each officer’s own dossiers', async () => {
    const found = await plan(LOAD_SQL, [now, now, 4, today])
    expect(found).toContain('"Index Name":"dossier_work_person"')
    expect(found).not.toMatch(SCAN)
  })

  const accountId = 4
  test.each<[string, Pressing]>([
    ['dossier_due', { view: 'overdue' }],
    ['dossier_due', { view: 'due-today' }],
    ['dossier_due', { view: 'due-soon' }],
    ['dossier_submitted', { view: 'waiting' }],
    ['dossier_step_due', { view: 'step', kind: 'appraise', late: true }],
    ['dossier_running', { view: 'step', kind: 'appraise', late: false }],
    ['dossier_running', { view: 'step', kind: 'appraise', late: null }],
    ['dossier_work_person', { view: 'officer', accountId, late: true }],
  ])('%s for the list %o', async (index, pressing) => {
    const asked = { pressing, agencies: null, page: { limit: 50 } }
    const { text, values } = pressingStatement(office.as('director').actor as Officer, now, asked)
    const found = await plan(text, values)
    expect(found).toContain(`"Index Name":"${index}"`)
    expect(found).not.toMatch(SCAN)
  })
})
