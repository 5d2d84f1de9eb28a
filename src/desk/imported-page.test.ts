import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { templateRows } from '#src/imports/history-columns.ts'
import { importDossiers } from '#src/imports/import-dossiers.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { type Client, signedInAs, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { makeOffice } from '#test/support/office.ts'

let database: TestDatabase
let director: Client
let folder: string
beforeAll(async () => {
  database = await testDatabase()
  const office = await makeOffice(database.db)
  folder = await mkdtemp(join(tmpdir(), 'motcua-imported-'))
  const file = join(folder, 'history.csv')
  await writeFile(
    file,
    templateRows()
      .map(row => row.join(','))
      .join('\n'),
  )
  await importDossiers(office.system, { file, source: 'motcua-2019', check: false })
  director = await signedInAs(testApp(database.db), office.as('director').actor as Officer)
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

test('the page of an imported dossier says where it comes from, when each thing happened and when it was written down', async () => {
  const { text } = await director.get('/ho-so/H20.101-190304-0001')
  expect(text).toContain('Số hồ sơ ở hệ thống cũ (motcua-2019): 4711')
  expect(text).toContain('16:00 05/03/2019')
  expect(text).toContain('nhập từ hệ thống cũ 09:00 02/03/2026')
  expect(text).toContain('Chuỗi băm khớp')
})

test('it claims nothing that the other system did not tell: no papers missing, no forms to print', async () => {
  const { text } = await director.get('/ho-so/H20.101-190304-0001')
  expect(text).not.toContain('Thành phần hồ sơ')
  expect(text).not.toContain('/phieu/')
})

test('its deadline bar shows the time used, although nobody knows by what term it was promised', async () => {
  const { text } = await director.get('/ho-so/H20.101-190304-0001')
  // Monday 08:15 to Tuesday 16:00 by the hours of the office.
  expect(text).toMatch(/đã dùng 1 ngày \d+ giờ/u)
})
