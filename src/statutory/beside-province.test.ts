import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assignRole } from '#src/accounts/assign-role.ts'
import { createAgency } from '#src/agencies/create-agency.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { signedInAs, type TestApp, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { MONDAY, makeOffice, type Office } from '#test/support/office.ts'
import { ii06a } from './ii06a.query.ts'
import { sealReport } from './seal-report.ts'

let database: TestDatabase
let office: Office
let at: TestApp
let taxLeader: Officer
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  at = testApp(database.db)
  const base = { calendar: 1, validFrom: '2020-01-01', kind: 'vertical' as const }
  const tax = await createAgency(office.system, { ...base, code: 'H20.31', name: 'Thuế tỉnh', shortName: 'Thuế tỉnh' })
  const leader = office.as('leader').actor as Officer
  const { id } = await assignRole(office.system, { accountId: leader.accountId, agency: 'H20.31', role: 'leader' })
  taxLeader = { ...leader, assignmentId: id, agencyId: tax.id, agencyCode: 'H20.31' }
  office.clock.set(MONDAY)
  at.clock.set(MONDAY)
})
afterAll(() => database.close())

const MONTH = 'tu=2026-02-01&den=2026-02-28'

test('who sees the province may ask for an agency that stands beside it, as tax does, and follow its numbers', async () => {
  for (const who of ['director', 'control', 'reform']) {
    const reader = await signedInAs(at, office.as(who).actor as Officer)
    expect((await reader.get(`/bao-cao/ii06a?${MONTH}&co-quan=H20.31`)).status, who).toBe(200)
    expect((await reader.get(`/bao-cao/ii06a?${MONTH}`)).text).toContain('Thuế tỉnh')
  }
  const director = await signedInAs(at, office.as('director').actor as Officer)
  expect((await director.get(`/bao-cao/ho-so?o=c8.own&${MONTH}&co-quan=H20.31`)).status).toBe(200)
})

test('its leader sees what is sealed of it and nothing of the province', async () => {
  const days = { from: '2026-02-01', to: '2026-02-28', by: 'field' }
  for (const agency of ['H20', 'H20.31']) {
    await sealReport(office.as('control'), { kind: ii06a, params: { ...days, agency } }, randomUUID())
  }
  const { text } = await (await signedInAs(at, taxLeader)).get('/bao-cao/da-chot')
  expect(text).toContain('Thuế tỉnh')
  expect(text).not.toContain('UBND tỉnh Đồng Tháp')
})
