import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp, tokenFor } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { newAgency, newCalendar, newOfficer, systemCtx } from '#test/support/people.ts'
import { findPaper } from './paper.query.ts'
import { renderForm } from './render-form.ts'
import { samples } from './statutory-form.examples.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
let database: TestDatabase
let at: TestApp
let token: string
let reformer: string
let pdf: Uint8Array
beforeAll(async () => {
  database = await testDatabase()
  at = testApp(database.db)
  const ctx = systemCtx(database.db, at.clock)
  await newAgency(ctx, { code: 'H01.1', calendar: await newCalendar(ctx) })
  token = await tokenFor(at, await newOfficer(ctx, { username: 'intake', role: 'intake', agency: 'H01.1' }))
  reformer = await tokenFor(at, await newOfficer(ctx, { username: 'reform', role: 'reform', agency: 'H01.1' }))
  pdf = await renderForm('2025', 'receipt', samples.receipt)
})
afterAll(() => database.close())

/** As a machine would: a token, and a form of its own making. */
async function upload(body: BodyInit, headers: Record<string, string> = { Authorization: `Bearer ${token}` }) {
  const res = await at.app.request('/api/v1/papers', { method: 'POST', body, headers })
  return { status: res.status, body: (await res.json()) as Record<string, unknown> & { detail: string } }
}

function formWith(name: string, bytes: Uint8Array, more: Record<string, string> = {}): FormData {
  const form = new FormData()
  form.append('file', new File([new Uint8Array(bytes)], name))
  for (const [field, value] of Object.entries(more)) form.append(field, value)
  return form
}

test('a scan sent as a file is kept, and answered with what the dossier will name', async () => {
  const { status, body } = await upload(formWith('Giấy chứng sinh.pdf', pdf))
  expect(status).toBe(201)
  expect(body).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/u),
    name: 'Giấy chứng sinh.pdf',
    mediaType: 'application/pdf',
    size: pdf.length,
    sha256: createHash('sha256').update(pdf).digest('hex'),
  })
  const kept = await findPaper(systemCtx(database.db, at.clock), String(body.id))
  expect(kept).toMatchObject({ dossierId: null, name: 'Giấy chứng sinh.pdf' })
  const bytes = await at.services.blobs.get(String(body.sha256))
  expect(Buffer.from(bytes as Uint8Array).equals(pdf)).toBe(true)
})

describe('what is refused is told clearly and leaves nothing', () => {
  const tooLarge = () => Buffer.concat([pdf, Buffer.alloc(20 * 1024 * 1024)])
  test.each<[string, () => Promise<{ status: number; body: object }>, number, string]>([
    ['a file over 20 MB', () => upload(formWith('a.pdf', tooLarge())), 422, 'paper-too-large'],
    ['a body over the limit', () => upload(formWith('a.pdf', Buffer.alloc(31 * 1024 * 1024))), 413, 'body-too-large'],
    ['a picture that says it is a PDF', () => upload(formWith('a.pdf', png)), 422, 'paper-type-untrue'],
    [
      'a script that says it is a PDF',
      () => upload(formWith('a.pdf', Buffer.from('<script>'))),
      422,
      'paper-unreadable',
    ],
    ['a type that is not taken', () => upload(formWith('a.html', Buffer.from('<p>'))), 422, 'paper-type-not-taken'],
    ['an empty file', () => upload(formWith('a.pdf', new Uint8Array())), 422, 'paper-empty'],
    ['no file', () => upload(new FormData()), 422, 'fields-invalid'],
    ['a field too many', () => upload(formWith('a.pdf', pdf, { dossier: '1' })), 422, 'fields-invalid'],
    ['a body that is no form', () => upload('{}'), 400, 'body-unreadable'],
    ['a visitor', () => upload(formWith('a.pdf', pdf), {}), 401, 'sign-in-needed'],
    [
      'a role that takes in no papers',
      () => upload(formWith('a.pdf', pdf), { Authorization: `Bearer ${reformer}` }),
      403,
      'paper-upload-not-yours',
    ],
  ])('%s', async (_, send, status, code) => {
    const { n } = await count()
    const answer = await send()
    expect(answer.body).toMatchObject({ code, detail: expect.stringMatching(/\p{L}/u) })
    expect(answer.status).toBe(status)
    expect((await count()).n).toBe(n)
  })
})

const count = () =>
  database.owner
    .selectFrom('paper')
    .select(eb => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
