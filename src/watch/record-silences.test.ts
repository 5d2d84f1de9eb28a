import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { checkLedger } from '#src/dossiers/check-ledger.ts'
import { storePaper } from '#src/papers/store-paper.ts'
import { folderBlobs } from '#src/platform/blobs.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { createDb, type Db, run } from '#src/platform/db.ts'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'
import { birthIntake, command, makeOffice, type Office } from '../../test/support/office.ts'
import { permitProcess, putInForce } from '../../test/support/processes.ts'
import { detectDelays } from './detect-delays.ts'
import { recordSilences } from './record-silences.ts'

let database: TestDatabase
let office: Office
let other: Db
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  other = createDb(database.url, { max: 4 })
  await putInForce(office.system, { key: 'gpxd', procedure: '1.009994', process: permitProcess })
})
afterAll(async () => {
  await other.destroy()
  await database.close()
})

const watch = (db: Db): Ctx => ({ ...office.system, db, actor: { kind: 'system', name: 'watch' } })

/** A building permit for which two communes are asked; one has answered. */
async function consulted(): Promise<string> {
  const components = ['C1', 'C2'].map(code => ({ code, originals: 1 }))
  const intake = birthIntake({ procedure: '1.009994', components })
  const { code } = await receiveDossier(office.as('centre.intake'), intake, randomUUID())
  await command(office.as('centre.intake'), code, 'forward')
  await command(office.as('so.leader'), code, 'assign', { assignee: 'so.specialist' })
  await command(office.as('so.specialist'), code, 'complete-step', { outcome: 'kiem-tra', note: 'Gần kho gas' })
  const bytes = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF')
  const blobs = folderBlobs(`/tmp/motcua-test-silence-${process.pid}`)
  const { id } = await storePaper(office.as('specialist'), { blobs, name: 'bien-ban.pdf', bytes })
  const papers = [{ id, component: 'Biên bản kiểm tra' }]
  await command(office.as('specialist'), code, 'complete-step', { outcome: 'xong', papers, data: { fireRisk: true } })
  return code as string
}

const stepOf = async (code: string) => {
  const [row] = await run<{ kind: string; due: Date }>(
    database.db,
    `SELECT detail -> 'step' ->> 'kind' AS kind, step_due_at AS due FROM dossier WHERE code = $1`,
    [code],
  )
  if (!row) throw new Error('no dossier')
  return row
}
const silencesOf = (code: string) =>
  run(
    database.db,
    `SELECT e.seq FROM dossier_event e JOIN dossier d ON d.id = e.dossier_id WHERE d.code = $1 AND e.type = 'opinion-missing'`,
    [code],
  )

test('those asked are warned of their step, all of them', async () => {
  const code = await consulted()
  const { due } = await stepOf(code)
  office.clock.set(new Date(due.getTime() - 60_000))
  await detectDelays(watch(database.db))
  const told = await run<{ username: string }>(
    database.db,
    `SELECT c.username FROM officer_notice n JOIN account c ON c.id = n.account_id JOIN dossier d ON d.id = n.dossier_id
     WHERE d.code = $1 AND n.kind = 'step-soon' ORDER BY 1`,
    [code],
  )
  expect(told.map(one => one.username)).toEqual(expect.arrayContaining(['b.specialist', 'specialist']))
  office.clock.set('2026-03-02T09:00:00+07:00')
})

test('silence is noted once the time is over, by two workers once, and the dossier goes on', async () => {
  const code = await consulted()
  const { kind, due } = await stepOf(code)
  expect(kind).toBe('consult')
  office.clock.set(due)
  await recordSilences(watch(database.db))
  expect(await silencesOf(code)).toEqual([])
  office.clock.set(new Date(due.getTime() + 60_000))
  await Promise.all([recordSilences(watch(database.db)), recordSilences(watch(other))])
  await recordSilences(watch(other))
  expect(await silencesOf(code)).toHaveLength(1)
  expect((await stepOf(code)).kind).not.toBe('consult')
  expect((await checkLedger(office.system)).faults).toEqual([])
})

test('one that cannot go on does not hold up the others, and the job fails', async () => {
  office.clock.set('2026-03-02T09:00:00+07:00')
  const [stuck, other] = [await consulted(), await consulted()]
  const { due } = await stepOf(stuck)
  office.clock.set(new Date(due.getTime() + 60_000))
  await run(
    database.owner,
    `DO $$ BEGIN
       CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''full disk''; END';
       EXECUTE format('CREATE TRIGGER stuck BEFORE INSERT ON dossier_event FOR EACH ROW WHEN (new.dossier_id = %s) EXECUTE FUNCTION full_disk()',
                      (SELECT id FROM dossier WHERE code = '${stuck}'));
     END $$`,
    [],
  )
  await expect(recordSilences(watch(database.db))).rejects.toThrow('1 of 2 silences')
  expect(await silencesOf(stuck)).toEqual([])
  expect(await silencesOf(other)).toHaveLength(1)
})
