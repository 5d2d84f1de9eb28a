import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { type Client, client, signedInAs, type TestApp, testApp, tokenFor } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { MONDAY, makeOffice, type Office } from '#test/support/office.ts'
import { fieldsOf } from '#test/support/page-form.ts'
import { RecordGuidance } from './guidance.ts'
import { countGuidance } from './guidance-counts.query.ts'
import { listGuidance } from './guidance-list.query.ts'
import { recordGuidance } from './record-guidance.ts'
import { strikeGuidance } from './strike-guidance.ts'

let database: TestDatabase
let office: Office
let at: TestApp
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  at = testApp(database.db)
})
afterAll(() => database.close())
beforeEach(() => {
  office.clock.set(MONDAY)
  at.clock.set(MONDAY)
})

const officer = (username: string) => office.as(username).actor as Officer
const browser = (username: string): Promise<Client> => signedInAs(at, officer(username))
const note = (username: string, input: Record<string, unknown> = {}, key?: string) =>
  recordGuidance(office.as(username), RecordGuidance.parse({ channel: 'counter', topic: 'papers', ...input }), key)
const DAY = { begins: new Date('2026-03-02T00:00:00+07:00'), until: new Date('2026-03-03T00:00:00+07:00') }
const count = async (more: object = {}) =>
  (await countGuidance(office.system, { ...DAY, agencies: null, by: null, ...more }))[0]?.total ?? 0

describe('noting a guidance', () => {
  test('brings the field of its procedure and the only service point of the agency', async () => {
    const { id } = await note('intake', { procedure: '1.001193 Đăng ký khai sinh', channel: 'call-in' })
    const { rows } = await listGuidance(office.as('intake'), { ...DAY, agencyId: officer('intake').agencyId, limit: 9 })
    expect(rows.find(row => row.id === id)).toMatchObject({
      procedure: { code: '1.001193', name: 'Đăng ký khai sinh' },
      field: { code: 'ho-tich' },
      servicePoint: { name: 'Bộ phận một cửa' },
      channel: 'call-in',
      outcome: 'told',
      officer: { name: 'Cán bộ intake' },
    })
  })

  test('is done once however often it is sent', async () => {
    const before = await count()
    const key = randomUUID()
    const answers = await Promise.all([note('intake', {}, key), note('intake', {}, key)])
    expect(answers[0]).toEqual(answers[1])
    expect(await count()).toBe(before + 1)
    await expect(note('intake', { topic: 'fees' }, key)).rejects.toMatchObject({ code: 'command-id-reused' })
  })

  test('is refused to those who do not guide, elsewhere, and of what does not exist', async () => {
    await expect(note('specialist')).rejects.toMatchObject({ code: 'role-not-allowed' })
    await expect(
      recordGuidance(office.citizen, RecordGuidance.parse({ channel: 'chat', topic: 'fees' })),
    ).rejects.toMatchObject({
      code: 'officers-only',
    })
    await expect(note('intake', { procedure: '9.9' })).rejects.toMatchObject({ code: 'guidance-procedure-unknown' })
    await expect(note('intake', { field: 'khong-co' })).rejects.toMatchObject({ code: 'guidance-field-unknown' })
    const [elsewhere] = await run<{ id: number }>(
      office.system.db,
      'SELECT id FROM service_point WHERE agency_id = $1',
      [officer('b.intake').agencyId],
    )
    await expect(note('intake', { servicePoint: elsewhere?.id })).rejects.toMatchObject({
      code: 'guidance-point-elsewhere',
    })
  })

  test.each(['Chị Hoa 0912 345 678', 'CCCD 087090001234', '0912.345.678'])(
    'keeps who was guided out of the note: %s',
    text => {
      expect(RecordGuidance.safeParse({ channel: 'home', topic: 'other', note: text }).success).toBe(false)
      expect(RecordGuidance.safeParse({ channel: 'home', topic: 'other', note: 'Hỏi về mẫu 01, 02' }).success).toBe(
        true,
      )
    },
  )
})

test('half a year of a province comes out as it was published: 6,020 guided, in person, called and calling', async () => {
  const days = { begins: new Date('2020-12-16T00:00:00+07:00'), until: new Date('2021-06-16T00:00:00+07:00') }
  await run(
    database.owner,
    `INSERT INTO guidance (at, agency_id, account_id, channel, topic, outcome)
     SELECT $1::timestamptz + n * interval '40 minutes', $2::int, $3::int,
       CASE WHEN n < 4032 THEN 'counter' WHEN n < 4032 + 831 THEN 'call-out' ELSE 'call-in' END, 'papers', 'told'
     FROM generate_series(0, 6019) n`,
    [days.begins, officer('intake').agencyId, officer('intake').accountId],
  )
  const [all] = await countGuidance(office.system, { ...days, agencies: null, by: null })
  expect(all).toMatchObject({ total: 6020, channels: { counter: 4032, 'call-out': 831, 'call-in': 1157 } })
  const byChannel = await countGuidance(office.system, { ...days, agencies: null, by: 'channel' })
  expect(byChannel.map(({ key, total }) => [key, total])).toEqual([
    ['counter', 4032],
    ['call-in', 1157],
    ['call-out', 831],
  ])
})

describe('striking out', () => {
  test('takes an entry out of the count from then on, and leaves what was reported before as it was', async () => {
    const before = await count()
    const { id } = await note('intake')
    office.clock.set('2026-03-03T08:00:00+07:00')
    await strikeGuidance(office.as('leader'), { id, reason: 'Ghi hai lần' })
    expect(await count()).toBe(before + 1)
    expect(await count({ until: new Date('2026-03-04T00:00:00+07:00') })).toBe(before)
    const { rows } = await listGuidance(office.as('intake'), { ...DAY, agencyId: null, limit: 50 })
    expect(rows.find(row => row.id === id)?.struck).toMatchObject({ by: 'Cán bộ leader', reason: 'Ghi hai lần' })
    await expect(strikeGuidance(office.as('leader'), { id, reason: 'Lại' })).rejects.toMatchObject({
      code: 'guidance-struck',
    })
  })

  test('is for its writer and the agency’s leader; elsewhere the entry does not exist', async () => {
    const { id } = await note('intake')
    const by = (username: string) => strikeGuidance(office.as(username), { id, reason: 'Nhầm' })
    await expect(by('intake2')).rejects.toMatchObject({ code: 'role-not-allowed' })
    await expect(by('director')).rejects.toMatchObject({ code: 'role-not-allowed' })
    await expect(by('b.leader')).rejects.toMatchObject({ code: 'guidance-not-found' })
    await by('intake')
  })

  test('is all that the application can change: no entry is rewritten or removed', async () => {
    const { id } = await note('intake')
    const { db } = office.system
    await expect(run(db, `UPDATE guidance SET topic = 'fees' WHERE id = $1`, [id])).rejects.toThrow('permission denied')
    await expect(run(db, 'DELETE FROM guidance WHERE id = $1', [id])).rejects.toThrow('permission denied')
  })
})

describe('the page', () => {
  test('notes with what was chosen last, shows the day, and strikes out', async () => {
    const desk = await browser('home')
    const noted = await desk.post('/huong-dan', {
      channel: 'home',
      topic: 'where',
      field: 'ho-tich',
      outcome: 'dossier',
    })
    expect([noted.status, noted.location]).toEqual([303, '/huong-dan?da-ghi=1#f-topic'])
    const page = (await desk.get('/huong-dan')).text
    expect(fieldsOf(page)).toMatchObject({ channel: 'home', field: 'ho-tich', topic: 'papers' })
    const [, id] = /huong-dan\/(\d+)\/gach-bo/u.exec(page) ?? []
    const empty = await desk.post(`/huong-dan/${id}/gach-bo`, { reason: '' })
    expect([empty.status, empty.text.includes('Hãy nhập lý do gạch bỏ.')]).toEqual([422, true])
    expect((await desk.post(`/huong-dan/${id}/gach-bo`, { reason: 'Nhầm' })).location).toBe(
      '/huong-dan?ngay=2026-03-02',
    )
    expect((await desk.get('/huong-dan')).text).toContain('Đã gạch bỏ: Nhầm')
  })

  test('keeps what was typed and says what is wrong at the field', async () => {
    const desk = await browser('intake')
    const answer = await desk.post('/huong-dan', {
      channel: 'counter',
      topic: 'fees',
      procedure: '8.8',
      note: 'Lệ phí',
    })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('Không có thủ tục đang có hiệu lực mang mã này.')
    expect(answer.text).toContain('value="Lệ phí"')
  })

  test('shows the desk its own log and those who watch over the province all of it, without a form', async () => {
    await note('b.intake', { note: 'Của Tân Long' })
    expect((await (await browser('intake')).get('/huong-dan')).text).not.toContain('Của Tân Long')
    const control = (await (await browser('control')).get('/huong-dan')).text
    expect(control).toContain('Của Tân Long')
    expect(control).not.toContain('Ghi vào nhật ký')
    expect((await (await browser('specialist')).get('/huong-dan')).status).toBe(403)
  })
})

test('the API notes, pages through and strikes out', async () => {
  const headers = { Authorization: `Bearer ${await tokenFor(at, officer('postal'))}`, 'Idempotency-Key': randomUUID() }
  const send = (method: string, path: string, body?: unknown) => client(at).send(method, path, body, headers)
  const made = await send('POST', '/api/v1/guidance', { channel: 'call-out', topic: 'status', note: 'Đã có kết quả' })
  expect([made.status, made.json()]).toMatchObject([201, { channel: 'call-out', field: null, struck: null }])
  const first = (await send('GET', '/api/v1/guidance?limit=1')).json() as { items: unknown[]; next: string }
  const second = (await send('GET', `/api/v1/guidance?limit=1&cursor=${first.next}`)).json() as typeof first
  expect([first.items, second.items]).toEqual([[made.json()], [expect.not.objectContaining(made.json() as object)]])
  headers['Idempotency-Key'] = randomUUID()
  const { id } = made.json() as { id: number }
  expect((await send('POST', `/api/v1/guidance/${id}/strike`, { reason: 'Nhầm' })).json()).toMatchObject({
    struck: { by: 'Cán bộ postal', reason: 'Nhầm' },
  })
  const asked = (query: string) => send('GET', `/api/v1/guidance?${query}`)
  expect((await asked('from=9999-12-31')).json()).toMatchObject({ status: 422, errors: [{ field: 'from' }] })
  expect((await asked('cursor=next')).json()).toMatchObject({ status: 422, code: 'cursor-unusable' })
})
