import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '#src/platform/db.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { advanceTo, command, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { rateDossiers } from './rate-dossiers.ts'
import { findDossierRating } from './rating.query.ts'

let database: TestDatabase
let office: Office
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
})
afterAll(() => database.close())

test('a dossier withdrawn has no result and is not rated', async () => {
  const code = String((await receiveBirth(office.as('intake'))).code)
  await command(office.as('intake'), code, 'withdraw', { reason: 'Không còn nhu cầu' }, { commandId: randomUUID() })
  await rateDossiers(office.system)
  expect(await findDossierRating(office.system, code)).toBeUndefined()
})

test('a dossier whose result was imported is not rated; one written down late is', async () => {
  const code = String((await receiveBirth(office.as('intake'))).code)
  const later = String((await receiveBirth(office.as('intake'))).code)
  const now = office.clock.now()
  await advanceTo(office, code, 'result-ready')
  office.clock.set(new Date(now.getTime() + 3_600_000).toISOString())
  await advanceTo(office, later, 'result-ready')
  const record = (when: string) =>
    run(
      database.owner,
      `UPDATE dossier_event SET recorded_at = ${when} WHERE type = 'result-ready' AND dossier_id = (SELECT id FROM dossier WHERE code = $1)`,
      [code],
    )
  await record('at')
  expect(await rateDossiers(office.system)).toEqual({ rated: 1 })
  expect(await findDossierRating(office.system, code)).toBeUndefined()
  expect(await findDossierRating(office.system, later)).toBeDefined()
  await record('NULL')
  expect(await rateDossiers(office.system)).toEqual({ rated: 1 })
  expect(await findDossierRating(office.system, code)).toBeDefined()
})

test('a dossier is rated once, however many workers rate at once', async () => {
  const code = String((await receiveBirth(office.as('intake'))).code)
  await advanceTo(office, code, 'result-ready')
  const counts = await Promise.all([1, 2, 3].map(() => rateDossiers(office.system)))
  expect(counts.reduce((sum, { rated }) => sum + rated, 0)).toBe(1)
})
