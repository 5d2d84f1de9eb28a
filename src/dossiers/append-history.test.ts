import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ctx } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { advanceTo, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { anchorLedger } from './anchor-ledger.ts'
import { appendHistories, foldHistory, type PastEvent } from './append-history.ts'
import { checkLedger } from './check-ledger.ts'
import type { NewEvent, Opening } from './dossier-event.ts'

let database: TestDatabase
let office: Office
let importer: Ctx
let opening: Opening

beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  importer = { ...office.system, actor: { kind: 'system', name: 'import' } }
  const { code } = await receiveBirth(office.as('intake'))
  await advanceTo(office, code, 'closed')
  const [first] = await run<{ payload: Opening }>(database.db, 'SELECT payload FROM dossier_event WHERE seq = 1', [])
  opening = { ...first?.payload } as Opening
})
afterAll(() => database.close())

const past = (): PastEvent[] => {
  const { processId: _, ...known } = opening
  const due = { at: '2019-03-06T10:00:00.000Z', provisional: false, gaps: [] }
  const event = (at: string, event: NewEvent) => ({ at: new Date(at), event })
  return [
    event('2019-03-04T01:00:00Z', { type: 'received', payload: { ...known, term: null, due } }),
    event('2019-03-05T01:00:00Z', { type: 'result-ready', payload: { judgement: 'early', late: false } }),
  ]
}

async function append(id: string): Promise<number> {
  const [next] = await run<{ id: number }>(database.db, `SELECT nextval('dossier_id_seq') AS id`, [])
  const history = foldHistory(past(), { key: { id, digest: 'd' }, actor: 'system:import' })
  const number = next?.id ?? 0
  await appendHistories(importer, [
    { ...history, id: number, code: `H20.101.I-190304-${String(number).padStart(4, '0')}` },
  ])
  return number
}

test('what was written down as it happened bears the hash it would have borne before there was another way', async () => {
  const rows = await run<{ covered: string; prev_hash: Buffer; hash: Buffer }>(
    database.db,
    `SELECT concat_ws(E'\\x1f', dossier_id, seq, (extract(epoch FROM at) * 1000)::bigint, type, actor, coalesce(actor_role, ''),
       coalesce(agency_id, 0), coalesce(form, ''), command_id, command_part, command_digest, coalesce(code, ''), state,
       coalesce((extract(epoch FROM due_at) * 1000)::bigint, 0), payload::text, on_behalf_of) AS covered, prev_hash, hash
     FROM dossier_event WHERE recorded_at IS NULL`,
    [],
  )
  expect(rows.length).toBeGreaterThan(7)
  for (const { covered, prev_hash, hash } of rows) {
    expect(createHash('sha256').update(prev_hash).update(covered).digest()).toEqual(hash)
  }
})

test('a history added to a ledger of anchored days leaves them as they are and is anchored on the day it was written down', async () => {
  office.clock.set('2026-03-03T09:00:00+07:00')
  await anchorLedger(office.system)
  office.clock.set('2026-03-04T09:00:00+07:00')
  await append('first')
  office.clock.set('2026-03-05T09:00:00+07:00')
  expect(await anchorLedger(office.system)).toEqual(['2026-03-03', '2026-03-04'])
  const report = await checkLedger(office.system)
  expect(report.faults).toEqual([])
  const anchors = await run(database.db, `SELECT events FROM ledger_anchor WHERE day = '2026-03-04'`, [])
  expect(anchors).toEqual([{ events: 2 }])
})

test('the instant of writing down is part of the hash, and never lies before what happened', async () => {
  const id = await append('second')
  await sql`UPDATE dossier_event SET recorded_at = recorded_at + interval '1 day' WHERE dossier_id = ${id} AND seq = 2`.execute(
    database.owner,
  )
  const { faults } = await checkLedger(office.system)
  expect(faults).toContainEqual({
    dossier: expect.stringContaining('.I-190304'),
    event: 2,
    fault: expect.stringContaining('changed'),
  })
  await expect(
    sql`UPDATE dossier_event SET recorded_at = at - interval '1 second' WHERE dossier_id = ${id}`.execute(
      database.owner,
    ),
  ).rejects.toThrow('dossier_event_recorded_later')
})

test('a history under a key used before is not written', async () => {
  await append('third')
  await expect(append('third')).rejects.toThrow('dossier_event_command')
})
