import { afterAll, beforeAll, expect, test } from 'vitest'
import { client, signedInAs, type TestApp, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { newAgency, newCalendar, newOfficer, type Person, systemCtx } from '#test/support/people.ts'
import { accountsSchedules } from './accounts.tasks.ts'
import { removeExpiredSessions } from './remove-expired-sessions.ts'

let database: TestDatabase
let at: TestApp
let clerk: Person
beforeAll(async () => {
  database = await testDatabase()
  at = testApp(database.db)
  const ctx = systemCtx(database.db, at.clock)
  await newAgency(ctx, { code: 'H01.1', calendar: await newCalendar(ctx) })
  clerk = await newOfficer(ctx, { username: 'clerk', role: 'clerk', agency: 'H01.1' })
})
afterAll(() => database.close())

test('sessions that have run out are removed; those still good go on', async () => {
  at.clock.set('2026-03-02T08:00:00+07:00')
  await signedInAs(at, clerk)
  at.clock.set('2026-03-02T15:00:00+07:00')
  const later = await signedInAs(at, clerk)
  // The first lasted until 20:00, the second lasts until 03:00.
  at.clock.set('2026-03-03T01:15:00+07:00')
  const ctx = systemCtx(database.db, at.clock)
  expect(await removeExpiredSessions(ctx)).toBe(1)
  expect(await removeExpiredSessions(ctx)).toBe(0)
  expect((await later.get('/doi-vai-tro')).status).toBe(200)
  expect((await client(at).get('/doi-vai-tro')).status).toBe(303)
})

test('an officer cannot remove sessions', async () => {
  const actor = { kind: 'visitor' } as const
  const ctx = { ...systemCtx(database.db, at.clock), actor }
  await expect(removeExpiredSessions(ctx)).rejects.toMatchObject({ kind: 'forbidden' })
})

test('the job comes every night at a quarter past one in Vietnam', () => {
  const [schedule] = accountsSchedules
  const next = (text: string) => schedule?.next(new Date(text)).toISOString()
  expect(next('2026-03-02T23:50:00+07:00')).toBe('2026-03-02T18:15:00.000Z')
  expect(next('2026-03-03T01:14:59+07:00')).toBe('2026-03-02T18:15:00.000Z')
  expect(next('2026-03-03T01:15:00+07:00')).toBe('2026-03-03T18:15:00.000Z')
})
