import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addStep } from '#src/editor/process-edit.ts'
import { newStep } from '#src/editor/step-kinds.ts'
import type { Officer } from '#src/platform/ctx.ts'
import type { Process } from '#src/processes/process.ts'
import { type Client, client, signedInAs, type TestApp, testApp, tokenFor } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { makeOffice, type Office } from '#test/support/office.ts'

let database: TestDatabase
let office: Office
let app: TestApp
let control: Client
let director: Client
let visitor: Client

beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  app = testApp(database.db)
  const signedIn = (username: string) => signedInAs(app, office.as(username).actor as Officer)
  ;[control, director] = [await signedIn('control'), await signedIn('director')]
  visitor = client(app)
})
afterAll(() => database.close())

const BASE = '/api/v1/processes'
type Version = { process: Process; problems: { step: string; message: string }[]; revision: number; status: string }
const version = async (key: string, n: number) => (await control.get(`${BASE}/${key}/versions/${n}`)).json() as Version

describe('the life of a process over the API', () => {
  let key: string

  test('it is made, checked, mended, submitted and approved', async () => {
    const made = await control.send('POST', BASE, { procedure: '1.009994' })
    expect(made.status).toBe(201)
    key = (made.json() as { key: string }).key
    const { process, revision } = await version(key, 1)
    const longer = addStep(process, 'tham-dinh', newStep('task', { key: 'do-dac', name: 'Đo đạc' }))
    const put = (body: unknown) => control.send('PUT', `${BASE}/${key}/draft`, body)
    const saved = (await put({ revision, definition: longer })).json()
    expect(saved).toEqual({ key, version: 1, revision: 2 })
    expect((await put({ revision, definition: longer })).json(), 'the same again').toEqual(saved)
    expect((await put({ revision, definition: process })).status, 'an older draft').toBe(409)
    const refused = await control.send('POST', `${BASE}/${key}/submit`, { revision: 2 })
    expect([refused.status, refused.json()]).toMatchObject([422, { code: 'process-has-problems' }])
    expect((await version(key, 1)).problems).toMatchObject([{ message: expect.stringMatching(/giờ/u) }])
    await put({ revision: 2, definition: process })
    const submit = () => control.send('POST', `${BASE}/${key}/submit`, { revision: 3 })
    expect([(await submit()).status, (await submit()).json()]).toEqual([200, { key, version: 1 }])
    const approval = { version: 1, decision: 'Quyết định số 9', validFrom: '2026-03-02' }
    const approve = () => director.send('POST', `${BASE}/${key}/approve`, approval)
    expect([(await approve()).status, (await approve()).json()]).toEqual([200, { key, version: 1 }])
  })

  test('everybody may read what is in force, and only officers drafts', async () => {
    const definition = (await version(key, 1)).process
    await control.send('PUT', `${BASE}/${key}/draft`, { revision: 0, definition })
    const versions = async (who: Client) =>
      ((await who.get(`${BASE}/${key}`)).json() as { versions: [] }).versions.length
    expect([await versions(control), await versions(visitor)]).toEqual([2, 1])
    expect((await visitor.get(`${BASE}/${key}/versions/1`)).status).toBe(200)
    expect((await visitor.get(`${BASE}/${key}/versions/2`)).status).toBe(404)
    expect((await visitor.get(`${BASE}/${key}/versions/2/process.bpmn`)).status).toBe(404)
    const draftOnly = (await control.send('POST', BASE, { procedure: '1.001193' })).json() as { key: string }
    expect((await visitor.get(`${BASE}/${draftOnly.key}`)).status).toBe(404)
    const listed = ((await visitor.get(BASE)).json() as { items: { key: string; open: unknown }[] }).items
    expect(listed.map(one => [one.key, one.open])).toEqual([
      [key, null],
      ['quy-trinh-chung', null],
    ])
  })

  test('the list goes on from page to page', async () => {
    const keys: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: string = cursor ? `&cursor=${cursor}` : ''
      const { items, next } = (await control.get(`${BASE}?limit=1${query}`)).json() as {
        items: { key: string }[]
        next: string | null
      }
      keys.push(...items.map(one => one.key))
      cursor = next
    }
    expect(keys).toEqual(['cap-giay-phep-xay-dung-moi', 'dang-ky-khai-sinh', 'quy-trinh-chung'])
  })

  test('a draft is thrown away once', async () => {
    const remove = () => control.send('DELETE', `${BASE}/${key}/draft?revision=1`)
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 409])
  })
})

test('who may not see drafts does not learn of them by asking which are being drafted', async () => {
  const drafted = async (who: Client) => ((await who.get(`${BASE}?view=draft`)).json() as { items: unknown[] }).items
  await control.send('POST', BASE, { procedure: '1.009994', case: 'sua-chua' })
  await control.send('PUT', `${BASE}/quy-trinh-chung/draft`, {
    revision: 0,
    definition: (await version('quy-trinh-chung', 1)).process,
  })
  expect((await drafted(control)).length).toBeGreaterThan(0)
  expect(await drafted(visitor)).toEqual([])
  await control.send('DELETE', `${BASE}/quy-trinh-chung/draft?revision=1`)
})

describe('the same Idempotency-Key', () => {
  const keyed = (who: Client, path: string, body: unknown, key: string) =>
    who.send('POST', path, body, { 'Idempotency-Key': key })

  test('makes one process, also when both are asked at once, and is refused for another request', async () => {
    const make = (name: string) => keyed(control, BASE, { name }, 'make-part')
    const [first, second] = await Promise.all([make('Đo đạc chung'), make('Đo đạc chung')])
    expect([first.status, first.json()]).toEqual([201, { key: 'do-dac-chung' }])
    expect([second.status, second.json()]).toEqual([201, { key: 'do-dac-chung' }])
    expect((await visitor.get(`${BASE}/do-dac-chung-2`)).status).toBe(404)
    expect((await control.get(`${BASE}/do-dac-chung-2`)).status).toBe(404)
    expect((await make('Đo vẽ')).json()).toMatchObject({ code: 'command-id-reused', field: 'Idempotency-Key' })
    expect((await make('x'.repeat(300))).status).toBe(422)
  })

  test('imports one process', async () => {
    const { text } = await visitor.get(`${BASE}/quy-trinh-chung/versions/1/process.bpmn`)
    const send = async () =>
      app.app.request(`${BASE}/import?name=Phần%20chung`, {
        method: 'POST',
        body: text,
        headers: {
          'Content-Type': 'application/xml',
          'Idempotency-Key': 'import-part',
          Authorization: `Bearer ${await bearer()}`,
        },
      })
    const [first, again] = [await send(), await send()]
    expect([first.status, again.status]).toEqual([201, 201])
    expect(await again.json()).toEqual(await first.json())
  })

  test('returns a version once, though it has been submitted again meanwhile', async () => {
    const { key } = (await keyed(control, BASE, { name: 'Trả lại' }, 'make-1')).json() as { key: string }
    const submit = (revision: number) => control.send('POST', `${BASE}/${key}/submit`, { revision })
    const giveBack = () => keyed(director, `${BASE}/${key}/return`, { version: 1, reason: 'Thiếu bước' }, 'return-1')
    expect((await submit(1)).status).toBe(200)
    expect((await giveBack()).json()).toEqual({ key, version: 1 })
    expect((await submit(2)).status).toBe(200)
    expect((await giveBack()).json()).toEqual({ key, version: 1 })
    expect((await version(key, 1)).status).toBe('submitted')
  })

  test('throws one draft away, not the next one begun', async () => {
    const { key } = (await keyed(control, BASE, { name: 'Bỏ đi' }, 'make-2')).json() as { key: string }
    const remove = () =>
      control.send('DELETE', `${BASE}/${key}/draft?revision=1`, undefined, { 'Idempotency-Key': 'remove-1' })
    expect((await remove()).status).toBe(204)
    await keyed(control, BASE, { name: 'Bỏ đi' }, 'make-again')
    expect((await remove()).status).toBe(204)
    expect((await version(key, 1)).status).toBe('draft')
  })
})

describe('files', () => {
  test('a version is exported as BPMN and comes back the same by import', async () => {
    const file = await visitor.get(`${BASE}/quy-trinh-chung/versions/1/process.bpmn`)
    expect(file.headers.get('Content-Type')).toBe('application/xml; charset=utf-8')
    const imported = await app.app.request(`${BASE}/import?procedure=2.000815`, {
      method: 'POST',
      body: file.text,
      headers: { 'Content-Type': 'application/xml', Authorization: `Bearer ${await bearer()}` },
    })
    const { key, warnings } = (await imported.json()) as { key: string; warnings: string[] }
    expect([imported.status, warnings]).toEqual([201, []])
    const [before, after] = [await version('quy-trinh-chung', 1), await version(key, 1)]
    expect(after.process).toEqual(before.process)
  })

  test('what is no BPMN is refused', async () => {
    const answer = await app.app.request(`${BASE}/import?procedure=2.000815`, {
      method: 'POST',
      body: '<!DOCTYPE x [<!ENTITY a "b">]><x/>',
      headers: { 'Content-Type': 'application/xml', Authorization: `Bearer ${await bearer()}` },
    })
    expect([answer.status, await answer.json()]).toMatchObject([422, { code: 'bpmn-unreadable' }])
  })

  test('the picture is a drawing of its own, with nothing in it that runs', async () => {
    const picture = await visitor.get(`${BASE}/quy-trinh-chung/versions/1/picture.svg`)
    expect(picture.headers.get('Content-Type')).toBe('image/svg+xml; charset=utf-8')
    expect(picture.text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<\/svg>$/u)
    expect(picture.text).toContain('Thẩm định')
    expect(picture.text).not.toMatch(/<script|\son\w+=|javascript:/u)
  })
})

async function bearer(): Promise<string> {
  return tokenFor(app, office.as('control').actor as Officer)
}

describe('everybody', () => {
  test('sees on the procedure’s page who handles a dossier, in hours of the published term', async () => {
    const page = await visitor.get('/thu-tuc/1.001193')
    expect(page.text).toContain('href="/thu-tuc/1.001193/quy-trinh"')
    const process = await visitor.get('/thu-tuc/1.001193/quy-trinh')
    expect(process.text).toContain(
      'Thời hạn giải quyết: 1 ngày làm việc. Các bước làm việc mất nhiều nhất 7,75 giờ làm việc.',
    )
    expect((await visitor.get('/thu-tuc/9.999999/quy-trinh')).status).toBe(404)
  })
})
