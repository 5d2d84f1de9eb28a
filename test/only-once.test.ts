import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '#src/casework/answer.ts'
import { receiveDossier } from '#src/casework/receive-dossier.ts'
import { checkLedger } from '#src/dossiers/check-ledger.ts'
import type { Ctx } from '#src/platform/ctx.ts'
import { createDb, type Db } from '#src/platform/db.ts'
import { Refusal } from '#src/platform/refusal.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { advanceTo, birthIntake, command, MONDAY, makeOffice, type Office, receiveBirth } from './support/office.ts'

let database: TestDatabase
let office: Office
/** Connections of a second process. */
let other: Db
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  other = createDb(database.url, { max: 10 })
})
afterAll(async () => {
  await other.destroy()
  await database.close()
})

const elsewhere = (ctx: Ctx): Ctx => ({ ...ctx, db: other })
const refusals = (results: PromiseSettledResult<unknown>[]) =>
  results
    .filter(r => r.status === 'rejected')
    .map(r => (r.reason instanceof Refusal ? r.reason.code : String(r.reason)))

test('100 parallel receptions over two processes have 100 numbers without a hole, failed ones in between use none', async () => {
  office.clock.set(MONDAY)
  const intake = office.as('intake')
  const good = Array.from({ length: 100 }, (_, i) => receiveBirth(i % 2 ? intake : elsewhere(office.as('intake2'))))
  const bad = Array.from({ length: 30 }, (_, i) =>
    receiveBirth(i % 2 ? intake : elsewhere(intake), { components: [{ code: 'C1', originals: 1 }] }),
  )
  const [received, failed] = await Promise.all([Promise.all(good), Promise.allSettled(bad)])
  expect(refusals(failed)).toEqual(Array(30).fill('components-missing'))
  const numbers = received.map(r => r.code).sort()
  expect(numbers).toEqual(Array.from({ length: 100 }, (_, i) => `H20.101-260302-${String(i + 1).padStart(4, '0')}`))
})

test('a number taken by a write that fails after it is given again', async () => {
  office.clock.set('2026-03-03T09:00:00+07:00')
  const first = await receiveBirth(office.as('intake'))
  const lost = receiveBirth(office.as('intake'), { papers: [{ id: randomUUID() }] })
  await expect(lost).rejects.toMatchObject({ code: 'paper-not-yours' })
  const second = await receiveBirth(office.as('intake'))
  expect([first.code, second.code]).toEqual(['H20.101-260303-0001', 'H20.101-260303-0002'])
})

test('1,000 retries with one key make one dossier and get one answer', async () => {
  office.clock.set('2026-03-04T09:00:00+07:00')
  const key = randomUUID()
  const answers: Answer[] = []
  for (let round = 0; round < 20; round += 1) {
    const batch = Array.from({ length: 50 }, (_, i) => {
      const ctx = i % 2 ? office.as('intake') : elsewhere(office.as('intake'))
      return receiveDossier(ctx, birthIntake(), key)
    })
    answers.push(...(await Promise.all(batch)))
  }
  for (const answer of answers) expect(answer).toEqual(answers[0])
  const made = await database.db
    .selectFrom('dossier')
    .select('code')
    .where('code', 'like', 'H20.101-260304-%')
    .execute()
  expect(made).toEqual([{ code: 'H20.101-260304-0001' }])
})

test('the same key for another request is refused, and another officer may use the same key', async () => {
  office.clock.set('2026-03-05T09:00:00+07:00')
  const key = randomUUID()
  await receiveDossier(office.as('intake'), birthIntake(), key)
  const reused = receiveDossier(office.as('intake'), birthIntake({ sets: 2 }), key)
  await expect(reused).rejects.toMatchObject({ kind: 'conflict', code: 'command-id-reused' })
  const colleague = await receiveDossier(office.as('intake2'), birthIntake(), key)
  expect(colleague.code).toBe('H20.101-260305-0002')
})

test('two leaders approve at once: one wins, the other is told what changed', async () => {
  office.clock.set('2026-03-06T09:00:00+07:00')
  for (let round = 0; round < 10; round += 1) {
    const { code } = await receiveBirth(office.as('intake'))
    await advanceTo(office, code, 'pending-approval')
    const results = await Promise.allSettled([
      command(office.as('leader'), code, 'approve'),
      command(elsewhere(office.as('leader2')), code, 'approve'),
    ])
    expect(results.filter(r => r.status === 'fulfilled')).toHaveLength(1)
    expect(refusals(results)[0]).toMatch(/^(dossier-changed|wrong-state)$/u)
    const events = await database.db
      .selectFrom('dossier_event')
      .innerJoin('dossier', 'dossier.id', 'dossier_event.dossier_id')
      .where('dossier.code', '=', code)
      .where('type', '=', 'approved')
      .select('seq')
      .execute()
    expect(events).toHaveLength(1)
  }
})

test('an officer who looked at an older version is told who did what meanwhile', async () => {
  office.clock.set('2026-03-06T10:00:00+07:00')
  const { code, version } = await receiveBirth(office.as('intake'))
  await command(office.as('intake'), code, 'note', { text: 'Đã gọi điện' })
  const stale = command(office.as('leader'), code, 'assign', { assignee: 'specialist' }, { expectedVersion: version })
  await expect(stale).rejects.toMatchObject({
    code: 'dossier-changed',
    params: { who: 'Cán bộ intake', whatVi: 'Ghi chú', at: '10:00 06/03/2026' },
  })
})

test('one command repeated 200 times in parallel is carried out once', async () => {
  office.clock.set('2026-03-06T11:00:00+07:00')
  const { code } = await receiveBirth(office.as('intake'))
  const commandId = randomUUID()
  const results = await Promise.all(
    Array.from({ length: 200 }, (_, i) => {
      const ctx = i % 2 ? office.as('leader') : elsewhere(office.as('leader'))
      return command(ctx, code, 'assign', { assignee: 'specialist' }, { commandId })
    }),
  )
  expect(new Set(results.map(r => r.version))).toEqual(new Set([2]))
})

test('what one process remembers of a dossier never stands against what another has done to it', async () => {
  office.clock.set('2026-03-06T14:00:00+07:00')
  const { code } = await receiveBirth(office.as('intake'))
  await command(office.as('leader'), code, 'assign', { assignee: 'specialist' })
  await command(elsewhere(office.as('specialist')), code, 'appraise')
  await command(elsewhere(office.as('specialist')), code, 'submit-for-approval')
  expect((await command(office.as('leader'), code, 'approve')).state).toBe('approved')
  const numbered = { number: '1/KS', signer: 'Cán bộ leader' }
  await command(elsewhere(office.as('clerk')), code, 'sign-result', numbered)
  const again = command(office.as('clerk'), code, 'sign-result', { ...numbered, number: '2/KS' })
  await expect(again).rejects.toMatchObject({ code: 'wrong-state' })
})

test('after all this the ledger is whole', async () => {
  const report = await checkLedger({ ...office.system, db: database.db })
  expect(report.faults).toEqual([])
  expect(report.dossiers).toBeGreaterThan(100)
})
