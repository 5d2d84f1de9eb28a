import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { checkLedger } from '#src/dossiers/check-ledger.ts'
import type { Ctx, Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { detectDelays } from '#src/watch/detect-delays.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { findDossier } from '#test/support/find-dossier.ts'
import { advanceTo, command, MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { listRegister } from './dossier-list.query.ts'

let database: TestDatabase
let office: Office
let watch: Ctx
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  watch = { ...office.system, actor: { kind: 'system', name: 'watch' } }
})
afterAll(() => database.close())
beforeEach(() => office.clock.set(MONDAY))

const causedBy = async (words: string) => {
  const page = await listRegister(
    office.as('control'),
    office.as('control').actor as Officer,
    { causedBy: words },
    { limit: 50 },
  )
  return page.rows.map(({ code, cause }) => [code, cause])
}

test('who caused a delay is known of what was late for seconds only, before anybody was warned', async () => {
  const { code, dueAt } = await receiveBirth(office.as('intake'))
  await advanceTo(office, code, 'signed')
  office.clock.set(new Date((dueAt?.getTime() ?? 0) + 20_000))
  await command(office.as('clerk'), code, 'result-ready')
  const { accountId, agencyId } = office.as('clerk').actor as Officer
  const late = await findDossier(office.system, code ?? '')
  expect(late).toMatchObject({ judgement: 'late', causeAgencyId: agencyId })
  expect(late?.causeOver).toBeGreaterThan(0)
  expect([accountId, null]).toContain(late?.causeAccountId)
  expect(await causedBy('thanh bình')).toEqual([[code, 'UBND xã Thanh Bình']])
  expect(await causedBy('tân long')).toEqual([])
  expect((await checkLedger(office.system)).faults).toEqual([])
})

test('who caused it is told of nothing that was in time', async () => {
  const { code } = await receiveBirth(office.as('intake'))
  await advanceTo(office, code, 'result-ready')
  const found = await findDossier(office.system, code ?? '')
  expect(found).toMatchObject({ causeAgencyId: null, causeAccountId: null, causeOver: null })
})

test('of one under way the last warning says who caused it, and its result who did in the end', async () => {
  const { code, dueAt } = await receiveBirth(office.as('intake'))
  await advanceTo(office, code, 'signed')
  office.clock.set(new Date((dueAt?.getTime() ?? 0) + 60_000))
  await detectDelays(watch)
  expect(await causedBy('thanh bình')).toContainEqual([code, 'UBND xã Thanh Bình'])
  await run(
    database.owner,
    `INSERT INTO dossier_alert (dossier_id, rule_key, rule_id, subject, key, late, at, due_at, cause_agency_id, escalate_to)
     SELECT d.id, 'later', r.id, 'dossier', 'due:later', true, now(), d.due_at, $2, 'holder'
     FROM dossier d, warning_rule r WHERE d.code = $1 LIMIT 1`,
    [code, (office.as('b.leader').actor as Officer).agencyId],
  )
  expect(await causedBy('tân long')).toEqual([[code, 'UBND xã Tân Long']])
  expect((await causedBy('thanh bình')).map(([one]) => one)).not.toContain(code)
  await command(office.as('clerk'), code, 'result-ready')
  expect(await causedBy('tân long')).toEqual([])
  expect(await causedBy('thanh bình')).toContainEqual([code, 'UBND xã Thanh Bình'])
})
