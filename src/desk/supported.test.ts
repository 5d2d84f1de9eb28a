import { afterAll, beforeAll, expect, test } from 'vitest'
import { dossierForm } from '#src/forms/dossier-form.query.ts'
import type { Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { type Client, signedInAs, type TestApp, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { findDossier } from '#test/support/find-dossier.ts'
import { MONDAY, makeOffice, type Office, receiveBirth } from '#test/support/office.ts'
import { fieldsOf } from '#test/support/page-form.ts'
import { pdfText } from '#test/support/pdf-text.ts'

let database: TestDatabase
let office: Office
let app: TestApp
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  app = { ...testApp(database.db, { services: { clock: office.clock } }), clock: office.clock }
})
afterAll(() => database.close())

const sit = (username: string): Promise<Client> => signedInAs(app, office.as(username).actor as Officer)

/** Helped at Tân Long, received by the centre, resolved by Thanh Bình. */
async function farFromHome(): Promise<string> {
  office.clock.set(MONDAY)
  const where = { supportPoint: 'H20.102', competentAgency: 'H20.101' }
  return (await receiveBirth(office.as('centre.intake'), where)).code as string
}

test('where one was helped, where it was received and who resolves it are three places', async () => {
  const dossier = await findDossier(office.system, await farFromHome())
  const points = await run<{ id: number; code: string }>(
    database.db,
    'SELECT s.id, a.code FROM service_point s JOIN agency a ON a.id = s.agency_id WHERE $1',
    [true],
  )
  const at = (code: string) => points.find(point => point.code === code)?.id
  expect(dossier).toMatchObject({ supportPointId: at('H20.102'), servicePointId: at('H20.01') })
  expect(dossier?.competentAgencyId).toBe((office.as('leader').actor as Officer).agencyId)
})

test('a place that is not in the list is refused, and the place itself is no support', async () => {
  const refused = receiveBirth(office.as('intake'), { supportPoint: 'H20.999' })
  await expect(refused).rejects.toMatchObject({ code: 'support-point-unknown', field: 'supportPoint' })
  const { code } = await receiveBirth(office.as('intake'), { supportPoint: 'H20.101' })
  expect(await findDossier(office.system, code as string)).toMatchObject({ supportPointId: null })
})

test('who helped sees where it stands, never the person nor the papers; that is logged, and nobody else sees it', async () => {
  const code = await farFromHome()
  const helper = await sit('b.specialist')
  const shown = await helper.get(`/ho-so/${code}`)
  expect(shown.status).toBe(200)
  expect(shown.text).toContain('Hồ sơ cơ quan ông/bà đã hỗ trợ nộp')
  expect(shown.text).toContain('Trung tâm Phục vụ hành chính công')
  expect(shown.text).not.toMatch(/Nguyễn Văn An|000190000001|0900000001/u)
  for (const path of ['/phieu/01.pdf', '/luot-xem', '/lam/note', '/quy-trinh']) {
    expect((await helper.get(`/ho-so/${code}${path}`)).status, path).toBe(404)
  }
  expect((await (await sit('so.specialist')).get(`/ho-so/${code}`)).status).toBe(404)
  const views = await run<{ via: string }>(
    database.db,
    `SELECT v.via FROM dossier_view v JOIN dossier d ON d.id = v.dossier_id WHERE d.code = $1 AND v.via = 'support'`,
    [code],
  )
  expect(views).toHaveLength(1)
})

test('the desk names the place on the intake page, and the slip names all three', async () => {
  office.clock.set(MONDAY)
  const client = await sit('centre.intake')
  const opened = await client.get('/tiep-nhan?thu-tuc=1.001193')
  const option = /value="(\d+)"[^>]*>UBND xã Tân Long – Bộ phận một cửa/u.exec(opened.text)
  const answer = await client.post('/tiep-nhan', {
    ...fieldsOf(opened.text),
    'applicant.name': 'Nguyễn Thị Sen',
    'applicant.idNumber': '087190001234',
    'applicant.phone': '0912345678',
    competentAgency: 'H20.101',
    supportPoint: option?.[1] ?? '',
    do: 'tiep-nhan',
  })
  expect(answer.status).toBe(303)
  const code = /ho-so\/([^/]+)/u.exec(answer.location ?? '')?.[1]
  const slip = await dossierForm(office.as('centre.intake'), code as string, '01', { publicUrl: 'http://localhost' })
  const text = await pdfText(slip.pdf)
  for (const place of ['Trung tâm Phục vụ hành chính công', 'UBND xã Thanh Bình', 'UBND xã Tân Long']) {
    expect(text).toContain(place)
  }
})
