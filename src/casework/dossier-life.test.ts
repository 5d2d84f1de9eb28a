import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { advanceTo, birthIntake, command, MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { saveNewDraft } from './save-draft.ts'

let database: TestDatabase
let office: Office
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
})
afterAll(() => database.close())

test('a birth registration goes from the door to the result', async () => {
  office.clock.set(MONDAY)
  const received = await receiveBirth(office.as('intake'))
  expect(received).toMatchObject({ code: 'H20.101-260302-0001', state: 'received', version: 1 })
  expect(received.dueAt?.toISOString()).toBe('2026-03-03T02:00:00.000Z')
  await advanceTo(office, received.code, 'closed')
  const row = await database.db
    .selectFrom('dossier')
    .selectAll()
    .where('code', '=', received.code)
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ state: 'closed', judgement: 'early', delivery: 'delivered', holder_role: null })
})

test('a supplement stops the clock and its answer moves the due time by exactly the pause', async () => {
  office.clock.set(MONDAY)
  const { code } = await receiveBirth(office.as('intake'))
  await advanceTo(office, code, 'in-process')
  office.clock.set('2026-03-02T10:00:00+07:00')
  const asked = await command(office.as('specialist'), code, 'request-supplement', {
    items: [{ component: 'C3' }],
    reason: 'Thiếu văn bản ủy quyền',
  })
  expect(asked.state).toBe('supplement-requested')
  office.clock.set('2026-03-04T10:00:00+07:00')
  const answered = await command(office.as('intake'), code, 'answer-supplement', {
    components: [{ code: 'C3', originals: 1 }],
  })
  expect(answered.state).toBe('in-process')
  expect(answered.dueAt?.toISOString()).toBe('2026-03-05T02:00:00.000Z')
})

test('a draft changes hands through the doors of the officer who saves it, and no other', async () => {
  office.clock.set(MONDAY)
  const draft = await saveNewDraft(office.as('home'), birthIntake({ channel: 'home' }), randomUUID())
  const save = (channel: string) =>
    command(office.as('home'), `D${draft.id}`, 'save-draft', { ...birthIntake(), channel })
  await expect(save('counter')).rejects.toMatchObject({ code: 'channel-not-yours', field: 'channel' })
  expect(await save('phone')).toMatchObject({ state: 'draft', version: 2 })
})
