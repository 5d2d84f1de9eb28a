import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Officer } from '#src/platform/ctx.ts'
import { stepTable } from '#test/page-table.ts'
import { type Client, signedInAs, type TestApp, testApp } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { findDossier } from '#test/support/find-dossier.ts'
import { makeOffice, type Office } from '#test/support/office.ts'
import { fieldsOf } from '#test/support/page-form.ts'
import { type SampleDossiers, sampleDossiers } from '#test/support/sample-dossiers.ts'

let database: TestDatabase
let office: Office
let app: TestApp
let at: SampleDossiers
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  app = { ...testApp(database.db, { services: { clock: office.clock } }), clock: office.clock }
  at = await sampleDossiers(office)
})
afterAll(() => database.close())

const sit = (username: string): Promise<Client> => signedInAs(app, office.as(username).actor as Officer)

const page = async (username: string, ref: string, type: string, query = '') =>
  (await sit(username)).get(`/ho-so/${ref}/lam/${type}${query}`)
const stand = async (ref: string) => {
  const found = await findDossier(office.system, ref)
  if (!found) throw new Error(`no dossier ${ref}`)
  return found
}

test('every step an officer takes has a page', async () => {
  for (const [type, { as, on }] of Object.entries(stepTable)) {
    expect([200, 303], type).toContain((await page(as, at[on], type)).status)
  }
})

test('what the platform does alone is no page', async () => {
  for (const type of ['note-silence', 'child-opened', 'child-ended'])
    expect((await page('specialist', at.site, type)).status).toBe(404)
})

test('a process can be changed by its leader, to a step of a version that is for this dossier', async () => {
  const shown = await page('leader', at['in-process'], 'change-process')
  expect(shown.text).toContain('<optgroup label="Quy trình chung, phiên bản 1">')
  expect(shown.text).not.toContain('Cấp giấy phép xây dựng có lấy ý kiến')
  // The step it stands at is no choice.
  expect(shown.text).not.toMatch(/<option[^>]*>Thẩm định</u)
  const path = `/ho-so/${at['in-process']}/lam/change-process`
  const client = await sit('leader')
  const empty = await client.post(path, fieldsOf(shown.text))
  expect(empty.status).toBe(422)
  expect(empty.text.match(/href="#f-step"/gu)).toHaveLength(1)
  const { processId } = await stand(at['in-process'])
  const answer = await client.post(path, {
    ...fieldsOf(shown.text),
    step: `${processId}:phan-cong`,
    ground: 'QĐ 12/QĐ-UBND',
  })
  expect(answer.status).toBe(303)
  expect((await stand(at['in-process'])).step?.key).toBe('phan-cong')
})

describe('a step of a process', () => {
  test('asks for what the process wants: ways out, facts, papers', async () => {
    const shown = await page('specialist', at.site, 'complete-step', '?ra=thieu')
    for (const text of ['Đã kiểm tra', 'Trả lại thẩm định', 'Có nguy cơ cháy nổ', 'Biên bản kiểm tra', 'Lý do trả lại'])
      expect(shown.text).toContain(text)
    expect(fieldsOf(shown.text).outcome).toBe('thieu')
  })

  test('keeps what was typed when something is missing, and goes on when all is there', async () => {
    const path = `/ho-so/${at.site}/lam/complete-step`
    const client = await sit('specialist')
    const fields = { ...fieldsOf((await client.get(path)).text), outcome: 'xong', note: 'Đã đo khoảng cách' }
    const nothing = await client.post(path, fields)
    expect(nothing.status).toBe(422)
    expect(nothing.text).toContain('Bước này cần đính kèm: Biên bản kiểm tra.')
    expect(nothing.text).toContain('Đã đo khoảng cách')
    const scan = new File(['%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF'], 'bien-ban.pdf')
    const factless = await client.post(path, { ...fields, 'scan.kem-1': scan })
    expect(factless.status).toBe(422)
    expect(factless.text).toContain('Hãy ghi “Có nguy cơ cháy nổ”.')
    expect(factless.text).toContain('bien-ban.pdf')
    const done = await client.post(path, { ...fieldsOf(factless.text), 'data.fireRisk': 'no' })
    expect(done.status, done.text.slice(-900)).toBe(303)
    expect(await stand(at.site)).toMatchObject({ step: { key: 'tong-hop' }, form: { fireRisk: false } })
  })
})

describe('opinions', () => {
  test('a leader gives one out among their own people; whoever has it may hand it back', async () => {
    const client = await sit('leader')
    const path = `/ho-so/${at.consultation}/lam/assign`
    const shown = await client.get(path)
    expect(shown.text).toContain('Xã Thanh Bình, trả lời trước')
    expect(shown.text).not.toContain('so.specialist')
    expect((await client.post(path, { ...fieldsOf(shown.text), assignee: 'specialist' })).status).toBe(303)
    const own = await sit('specialist')
    const back = `/ho-so/${at.consultation}/lam/release`
    const fields = fieldsOf((await own.get(back)).text)
    expect((await own.post(back, { ...fields, reason: 'Đi công tác' })).status).toBe(303)
    const take = `/ho-so/${at.consultation}/lam/claim`
    expect((await own.post(take, fieldsOf((await own.get(take)).text))).status).toBe(303)
  })

  test('anything but agreement says why', async () => {
    const client = await sit('specialist')
    const path = `/ho-so/${at.consultation}/lam/give-opinion`
    const fields = { ...fieldsOf((await client.get(path)).text), answer: 'disagree', document: '7/UBND' }
    const bare = await client.post(path, fields)
    expect(bare.status).toBe(422)
    expect(bare.text).toContain('Hãy nêu rõ nội dung ý kiến.')
    expect(bare.text).toContain('7/UBND')
    const given = await client.post(path, { ...fieldsOf(bare.text), note: 'Sát kho gas' })
    expect(given.status).toBe(303)
    expect(await stand(at.consultation)).toMatchObject({ step: { key: 'tong-hop' } })
  })
})
