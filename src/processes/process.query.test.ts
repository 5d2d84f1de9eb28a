import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { makeOffice, type Office } from '#test/support/office.ts'
import { findProcessInForce, getProcess, STANDARD } from './process.query.ts'

let database: TestDatabase
let office: Office

beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
})
afterAll(() => database.close())

describe('the process a dossier runs by', () => {
  test('is the standard one for a procedure without its own', async () => {
    const found = await findProcessInForce(office.system, { procedure: '1.001193', caseCode: null, day: '2026-03-02' })
    expect(found).toMatchObject({ key: STANDARD, version: 1, process: { scaled: true, start: 'chuyen-ho-so' } })
    expect(await getProcess(office.system, found?.id ?? 0)).toEqual(found)
  })

  test('is none before the standard one began', async () => {
    const asked = { procedure: '1.001193', caseCode: null, day: '2018-06-20' }
    expect(await findProcessInForce(office.system, asked)).toBeUndefined()
  })
})
