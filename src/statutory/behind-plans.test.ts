import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sightOf } from '#src/dossiers/sight.ts'
import { usualDefinitions } from '#src/periods/definition.ts'
import { run } from '#src/platform/db.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { manyDossiers } from '#test/support/many-dossiers.ts'
import { makeOffice, type Office } from '#test/support/office.ts'
import { behindStatement } from './behind.query.ts'
import type { BehindAsked } from './behind-sql.ts'
import { type Cell, partsOf, termsOf } from './cell.ts'

let database: TestDatabase
let office: Office
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  await manyDossiers(database.owner, 12_000)
  // The facts their histories would have left, all but the newest folded.
  const facts = `
    SELECT f.at, d.id, d.competent_agency_id, v.field_id, f.measure::fact_measure, f.n::smallint, d.channel, d.procedure_code
    FROM dossier d JOIN procedure_version v ON v.id = d.procedure_version_id
    CROSS JOIN LATERAL (VALUES
      (d.received_at, 'received', 1), (d.ready_at, CASE WHEN d.judgement = 'late' THEN 'late' WHEN d.id % 3 = 0 THEN 'on_time' ELSE 'early' END, 1),
      (CASE WHEN d.ready_at IS NULL AND d.paused_at IS NULL THEN d.due_at END, 'overdue', 1), (d.paused_at, 'paused_supplement', 1)
    ) f (at, measure, n) WHERE f.at IS NOT NULL`
  await run(database.owner, `INSERT INTO fact ${facts} AND d.id % 40 <> 0 ORDER BY f.at`, [])
  await run(
    database.owner,
    `INSERT INTO fact_inbox (dossier_id, at, measure, n) SELECT x.id, x.at, x.measure, x.n FROM (${facts} AND d.id % 40 = 0) AS x (at, id, agency, field, measure, n, channel, code)`,
    [],
  )
  await run(database.owner, 'VACUUM ANALYZE fact', [])
  await run(database.owner, 'ANALYZE fact_inbox', [])
}, 120_000)
afterAll(() => database.close())

const asked = async (change: Partial<BehindAsked> = {}): Promise<BehindAsked> => {
  const agencies = await run<{ id: number }>(database.db, `SELECT id FROM agency WHERE code = 'H20.101'`, [])
  const period = { begins: new Date('2026-02-01T00:00:00+07:00'), until: new Date('2026-03-01T00:00:00+07:00') }
  return { ...period, agencies: agencies.map(({ id }) => id), after: null, limit: 51, ...change }
}

function statementOf(cell: Cell, wanted: BehindAsked) {
  const [part] = partsOf(termsOf(cell, usualDefinitions))
  if (!part) throw new Error(`no part of ${cell}`)
  return behindStatement(part, wanted, sightOf(office.as('director').actor))
}

async function plan(cell: Cell, wanted: BehindAsked): Promise<string> {
  const { text, values } = statementOf(cell, wanted)
  return JSON.stringify(await run(database.db, `EXPLAIN (FORMAT JSON) ${text}`, values))
}

/** Of the big tables; what is not folded yet is little and read whole. */
const SCAN = /"Node Type":"(?:Parallel )?Seq Scan"[^{}]*"Relation Name":"(?:dossier|fact)"/u

describe('a page of a list reads what it shows, not every dossier', () => {
  test.each([
    ['received', null, 'fact_at'],
    ['late', null, 'fact_at'],
    ['c9', null, 'fact_at'],
    ['received', 'own', 'fact_agency'],
    ['c10', 'own', 'fact_agency'],
    ['c11', null, 'dossier_ended'],
    ['overdue', 'own', 'dossier_ended'],
    ['c6', 'own', 'dossier_ended'],
    ['paused', null, 'dossier_ended'],
  ] as const)('%s, %s', async (cell, whose, index) => {
    const wanted = await asked(whose === null ? { agencies: null } : {})
    for (const place of [null, { at: new Date('2026-02-10T00:00:00+07:00'), id: 77 }]) {
      const found = await plan(cell, { ...wanted, after: place })
      expect(found).toContain(`"Index Name":"${index}"`)
      expect(found).not.toMatch(SCAN)
    }
  })

  test('of a stretch of the list behind those that have ended, too', async () => {
    const found = await plan('c11', await asked({ after: { at: null, id: 500 } }))
    expect(found).toContain('"Index Name":"dossier_ended"')
    expect(found).not.toMatch(SCAN)
  })
})

test('the facts of one dossier are found by the dossier', async () => {
  expect(await plan('c13', await asked())).toContain('"Index Name":"fact_dossier"')
})
