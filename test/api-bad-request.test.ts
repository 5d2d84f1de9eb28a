import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { SESSION_COOKIE } from '#src/platform/session.ts'
import { type Api, at, type Expected, expectRefused, refused, testApi } from './support/api.ts'
import type { Answer } from './support/app.ts'

let api: Api
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.database.close())

/** One dossier for all refusals, with a key that has been used on it. */
let current: { code: string; key: string }
beforeAll(async () => {
  current = { code: (await api.filed()).code, key: randomUUID() }
  await api.act(current.code, 'note', { text: 'một' }, { key: current.key })
})

type Bad = [what: string, Expected, send: () => Promise<Answer>]

const requestErrors: Bad[] = [
  ['a visitor', refused(401, 'sign-in-needed'), () => api.handIn({}, { as: undefined })],
  ['a visitor with nonsense', refused(401, 'sign-in-needed'), () => api.handIn({ channel: 7 }, { as: undefined })],
  [
    'a token that is none',
    refused(401, 'sign-in-needed'),
    () => api.handIn({}, { as: undefined, headers: { Authorization: 'Bearer abc.def' } }),
  ],
  ['an officer who takes in nothing', refused(403, 'intake-not-yours'), () => api.handIn({}, { as: 'specialist' })],
  ['broken JSON', refused(400, 'body-unreadable'), () => api.handIn({}, { text: '{"procedure": "1.0011' })],
  ['no body', refused(400, 'body-unreadable'), () => api.handIn({}, { text: '' })],
  [
    'another content type',
    refused(415, 'media-type-unsupported'),
    () => api.handIn({}, { headers: { 'Content-Type': 'text/plain' } }),
  ],
  [
    'XML',
    refused(415, 'media-type-unsupported'),
    () => api.handIn({}, { text: '<a/>', headers: { 'Content-Type': 'application/xml' } }),
  ],
  ['more than a megabyte', refused(413, 'body-too-large'), () => api.handIn({ summary: 'x'.repeat(1_100_000) })],
  ['JSON that is no object', { status: 422, code: 'fields-invalid' }, () => api.handIn({}, { text: '[1,2]' })],
  [
    'a key with a space',
    refused(422, 'command-id-unusable', 'Idempotency-Key'),
    () => api.handIn({}, { key: 'hai chữ'.normalize('NFD').replace(/[^\x20-\x7e]/gu, '') }),
  ],
  ['an empty key', refused(422, 'command-id-unusable', 'Idempotency-Key'), () => api.handIn({}, { key: '' })],
  [
    'a key of 201 characters',
    refused(422, 'command-id-unusable', 'Idempotency-Key'),
    () => api.handIn({}, { key: 'k'.repeat(201) }),
  ],
  [
    'a foreign page in a browser',
    refused(403, 'cross-site'),
    () =>
      api.handIn(
        {},
        {
          as: undefined,
          headers: { Cookie: `${SESSION_COOKIE}=${api.token('intake')}`, 'Sec-Fetch-Site': 'cross-site' },
        },
      ),
  ],
  ['an address that leads nowhere', refused(404, 'page-not-found'), () => api.send('/api/v1/nowhere', { body: {} })],
]

const commandErrors: Bad[] = [
  ['an unknown command', at('type', 'not-in-list', /Hãy chọn một trong/u), () => api.act(current.code, 'burn')],
  ['no command', at('type', 'required', /Hãy chọn/u), () => api.act(current.code, undefined)],
  ['a command without its reason', at('reason', 'required', /Hãy nhập/u), () => api.act(current.code, 'withdraw')],
  [
    'a field of another command',
    at('assignee', 'unknown-field', /assignee/u),
    () => api.act(current.code, 'forward', { assignee: 'specialist' }),
  ],
  [
    'a note of 4,001 characters',
    at('text', 'too-long', 'Dài quá 4000 ký tự.'),
    () => api.act(current.code, 'note', { text: 'ê'.repeat(4001) }),
  ],
  [
    'version nought',
    at('version', 'too-small', 'Nhỏ nhất là 1.'),
    () => api.act(current.code, 'note', { text: 'a', version: 0 }),
  ],
  [
    'a version yet to come',
    refused(409, 'dossier-changed'),
    () => api.act(current.code, 'note', { text: 'a', version: 99 }),
  ],
  [
    'a step out of turn',
    refused(409, 'wrong-state', undefined, 'Không thể “Trả kết quả” khi hồ sơ đang ở trạng thái “Đã tiếp nhận”.'),
    () => api.act(current.code, 'hand-over'),
  ],
  [
    'a step of another role',
    refused(
      403,
      'command-not-yours',
      undefined,
      'Việc “Phân công” không thuộc phần việc của ông/bà đối với hồ sơ này.',
    ),
    () => api.act(current.code, 'assign', { assignee: 'specialist' }),
  ],
  [
    'an unknown specialist',
    refused(422, 'assignee-unknown', 'assignee'),
    () => api.act(current.code, 'assign', { assignee: 'khong.co' }, { as: 'leader' }),
  ],
  [
    'a visitor’s command',
    refused(401, 'sign-in-needed'),
    () => api.act(current.code, 'note', { text: 'a' }, { as: undefined }),
  ],
  [
    'an unknown dossier',
    refused(404, 'dossier-not-found', undefined, 'Không tìm thấy hồ sơ này.'),
    () => api.act('H20.101-260302-9999', 'note', { text: 'a' }),
  ],
  ['an unknown draft', refused(404, 'dossier-not-found'), () => api.act('D999999999999999', 'note', { text: 'a' })],
  [
    'another agency’s dossier',
    refused(404, 'dossier-not-found', undefined, 'Không tìm thấy hồ sơ này.'),
    () => api.act(current.code, 'note', { text: 'a' }, { as: 'b.intake' }),
  ],
  [
    'an administrator who looks in',
    refused(404, 'dossier-not-found'),
    () => api.act(current.code, 'note', { text: 'a' }, { as: 'admin' }),
  ],
  [
    'a key used for another request',
    refused(409, 'command-id-reused', 'Idempotency-Key'),
    () => api.act(current.code, 'note', { text: 'khác' }, { key: current.key }),
  ],
]

describe.each([
  ['a request with', requestErrors],
  ['a step with', commandErrors],
])('%s', (_, bad) => {
  test.each(bad)('%s is refused in Vietnamese, at its field, and changes nothing', (_what, expected, ask) =>
    expectRefused(api, expected, ask),
  )
})
