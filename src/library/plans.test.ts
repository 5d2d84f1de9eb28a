import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Statement } from '#src/lists/dossier-list.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { getAsked } from '#src/reports/asked.query.ts'
import type { Asked } from '#src/reports/report.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { manyDossiers } from '#test/support/many-dossiers.ts'
import { makeOffice, type Office } from '#test/support/office.ts'
import { crossingSql } from './communes.query.ts'
import { submissionsSql } from './intake-overdue.query.ts'
import { byOfficer, officersSql } from './officers.query.ts'
import { overdueSql } from './overdue.query.ts'
import { timesSql } from './processing-times.query.ts'
import { pointsSql } from './service-points.query.ts'
import { unfiledPageSql } from './unfiled-results.query.ts'

let database: TestDatabase
let office: Office
let asked: Asked
let ids: number[]
const now = new Date('2026-03-02T02:00:00Z')

beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  const communes = Array.from({ length: 60 }, (_, i) => ({
    ...{ code: `H20.9${i}`, name: `UBND xã ${i}`, short_name: `Xã ${i}`, kind: 'commune' },
    ...{ calendar_id: 1, valid_from: '2020-01-01' },
  }))
  await database.owner.insertInto('agency').values(communes).execute()
  await manyDossiers(database.owner, 8_000)
  await run(
    database.owner,
    `INSERT INTO dossier_event (dossier_id, seq, at, type, actor, agency_id, command_id, command_digest, state, payload)
     SELECT d.id, s.seq, d.created_at + s.seq * interval '1 hour', s.type, 'officer:' || $1::int, d.receiving_agency_id,
            'c' || d.id || ':' || s.seq, s.type, d.state, '{}'
     FROM dossier d CROSS JOIN (VALUES (1, 'received'), (2, 'forwarded'), (3, 'appraised'), (4, 'handed-over')) AS s (seq, type)
     WHERE d.id % 3 = 0 ORDER BY s.seq, d.id`,
    [(office.as('intake').actor as Officer).accountId],
  )
  await run(
    database.owner,
    `UPDATE dossier SET submitted_at = received_at, delivery = CASE WHEN state = 'closed' THEN 'delivered' ELSE delivery END`,
    [],
  )
  await run(database.owner, 'VACUUM ANALYZE dossier', [])
  await run(database.owner, 'ANALYZE dossier_event', [])
  const ctx = office.as('leader')
  asked = await getAsked(ctx, byOfficer, { from: '2026-02-25', to: '2026-03-02' }, ctx.actor as Officer)
  ids = [asked.agency.id]
}, 60_000)
afterAll(() => database.close())

const SCAN = /"Node Type":"(?:Parallel )?Seq Scan"[^{}]*"Relation Name":"dossier(?:_event)?"/u
const first = { part: 0, after: null }
const page = (part: number) => ({ agencies: ids, now, limit: 101, place: { part, after: null } })
const after = { agencyId: 4, key: null, id: 9 }

const statements: readonly [what: string, statement: () => Statement, index: string][] = [
  ['what desks received for others', () => crossingSql(asked, 'receiving', ids), 'dossier_receiving'],
  ['what others received for an agency', () => crossingSql(asked, 'competent', ids), 'dossier_competent'],
  ['the work of service points', () => pointsSql(asked, ids), 'dossier_handed_over'],
  ['the work of officers', () => officersSql(asked, ids, now), 'dossier_event_by_officer'],
  ['processing times', () => timesSql(asked, ids, 'procedure'), 'dossier_ended'],
  ['what is overdue', () => overdueSql(office.as('leader'), asked, page(0)), 'dossier_ended'],
  ['what was overdue and has ended since', () => overdueSql(office.as('leader'), asked, page(1)), 'dossier_ended'],
  [
    'results without their file',
    () =>
      unfiledPageSql(office.as('leader'), asked, { agencies: ids, after: { agencyId: 4, key: 9, id: 9 }, limit: 101 }),
    'dossier_ended',
  ],
  ['what was solved late', () => overdueSql(office.as('leader'), asked, page(2)), 'dossier_late'],
  [
    'the next page of what is overdue',
    () => overdueSql(office.as('leader'), asked, { ...page(0), place: { part: 0, after } }),
    'dossier_ended',
  ],
  [
    'submissions',
    () => submissionsSql(office.as('leader'), asked, { agencies: ids, place: first, limit: 100 }),
    'dossier_online',
  ],
]

test.each(statements)('of an agency, %s: read by index', async (_, statement, index) => {
  const { text, values } = statement()
  const plan = JSON.stringify(await run(database.db, `EXPLAIN (FORMAT JSON) ${text}`, values))
  expect(plan).toContain(`"Index Name":"${index}"`)
  expect(plan).not.toMatch(SCAN)
})
