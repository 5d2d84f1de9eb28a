import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { APPLICANT, type Api, at, type Expected, expectRefused, INTAKE, refused, testApi } from './support/api.ts'
import type { Answer } from './support/app.ts'

let api: Api
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.database.close())

type Bad = [what: string, Expected, send: () => Promise<Answer>]

const intakeErrors: Bad[] = [
  [
    'a missing name',
    at('applicant.name', 'required', 'Hãy nhập họ tên hoặc tên tổ chức.'),
    () => api.handIn({ applicant: { idNumber: APPLICANT.idNumber, phone: APPLICANT.phone } }),
  ],
  [
    'a blank name',
    at('applicant.name', 'required', /Hãy nhập/u),
    () => api.handIn({ applicant: { ...APPLICANT, name: '  \u00a0 ' } }),
  ],
  ['a missing procedure', at('procedure', 'required', /Hãy nhập/u), () => api.handIn({ procedure: undefined })],
  ['a missing channel', at('channel', 'required', /Hãy chọn/u), () => api.handIn({ channel: undefined })],
  [
    'a name too long',
    at('applicant.name', 'too-long', 'Dài quá 200 ký tự.'),
    () => api.handIn({ applicant: { ...APPLICANT, name: 'ă'.repeat(201) } }),
  ],
  [
    'a summary too long',
    at('summary', 'too-long', 'Dài quá 1000 ký tự.'),
    () => api.handIn({ summary: 'ộ'.repeat(1001) }),
  ],
  [
    'a name with control characters',
    at('applicant.name', 'invalid', /không đọc được/u),
    () => api.handIn({ applicant: { ...APPLICANT, name: 'An\u0000' } }),
  ],
  [
    'half a character in a name',
    at('applicant.name', 'invalid', /không đọc được/u),
    () => api.handIn({ applicant: { ...APPLICANT, name: 'An\ud83d' } }),
  ],
  [
    'a number where text belongs',
    at('applicant.name', 'wrong-type', 'Phải là văn bản.'),
    () => api.handIn({ applicant: { ...APPLICANT, name: 12 } }),
  ],
  [
    'text where a number belongs',
    at('components.0.originals', 'wrong-type', /Phải là số/u),
    () => api.handIn({ components: [{ code: 'C1', originals: 'một' }] }),
  ],
  [
    'half a paper',
    at('components.0.originals', 'wrong-type', 'Phải là số nguyên.'),
    () => api.handIn({ components: [{ code: 'C1', originals: 0.5 }] }),
  ],
  [
    'less than no paper',
    at('components.0.copies', 'too-small', 'Nhỏ nhất là 0.'),
    () => api.handIn({ components: [{ code: 'C1', copies: -1 }] }),
  ],
  [
    'a thousand papers',
    at('components.0.copies', 'too-large', 'Lớn nhất là 999.'),
    () => api.handIn({ components: [{ code: 'C1', copies: 1000 }] }),
  ],
  ['a list that is none', at('components', 'wrong-type', 'Phải là danh sách.'), () => api.handIn({ components: 'C1' })],
  ['an applicant that is a list', at('applicant', 'wrong-type', /Phải là/u), () => api.handIn({ applicant: [] })],
  [
    'an ID number of ten letters',
    at('applicant.idNumber', 'wrong-format', /căn cước gồm 12 chữ số/u),
    () => api.handIn({ applicant: { ...APPLICANT, idNumber: 'ABCDEFGHIJ' } }),
  ],
  [
    'a foreign telephone number',
    at('applicant.phone', 'wrong-format', /10 chữ số/u),
    () => api.handIn({ applicant: { ...APPLICANT, phone: '+1 202 555 0100' } }),
  ],
  [
    'an e-mail address without @',
    at('applicant.email', 'wrong-format', /thư điện tử/u),
    () => api.handIn({ applicant: { ...APPLICANT, email: 'an.vidu.vn' } }),
  ],
  [
    'an unknown channel',
    at('channel', 'not-in-list', /counter, online, post, home, phone/u),
    () => api.handIn({ channel: 'fax' }),
  ],
  [
    'an unknown field',
    at('priority', 'unknown-field', 'Không nhận trường “priority”.'),
    () => api.handIn({ priority: 'high' }),
  ],
  [
    'an unknown field further in',
    at('applicant.nick', 'unknown-field', /applicant\.nick|nick/u),
    () => api.handIn({ applicant: { ...APPLICANT, nick: 'A' } }),
  ],
  [
    '__proto__ as a field',
    at('__proto__', 'unknown-field', /__proto__/u),
    () =>
      api.send('/api/v1/dossiers', {
        as: 'intake',
        text: JSON.stringify(INTAKE).replace('{', '{"__proto__":{"role":"admin"},'),
      }),
  ],
  [
    'an odd procedure code',
    at('procedure', 'wrong-format', 'Mã thủ tục có dạng 1.001193.'),
    () => api.handIn({ procedure: 'khai sinh' }),
  ],
  ['an unknown procedure', refused(422, 'procedure-unknown', 'procedure'), () => api.handIn({ procedure: '1.999999' })],
  ['an unknown case', refused(422, 'case-unknown', 'case'), () => api.handIn({ case: 'song-sinh' })],
  [
    'a paper outside the list',
    refused(422, 'component-unknown', 'components.0.code'),
    () => api.handIn({ components: [{ code: 'C9', originals: 1 }] }),
  ],
  [
    'one paper in two lines',
    refused(422, 'component-twice', 'components'),
    () => api.handIn({ components: [...INTAKE.components, { code: 'C1', copies: 1 }] }),
  ],
  [
    'required papers missing',
    refused(422, 'components-missing', 'components'),
    () => api.handIn({ components: [{ code: 'C1', originals: 1 }, { code: 'C2' }] }),
  ],
  [
    'an unknown receiving point',
    refused(422, 'receiving-point-unknown', 'receivingPoint'),
    () => api.handIn({ receivingPoint: 'H99' }),
  ],
  [
    'a receiving point beyond counting',
    at('receivingPoint', 'too-large', /Lớn nhất/u),
    () => api.handIn({ receivingPoint: 2 ** 40 }),
  ],
  [
    'a receiving point of another agency',
    refused(403, 'receiving-point-not-yours', 'receivingPoint'),
    () => api.handIn({ receivingPoint: 'H20.102' }),
  ],
  [
    'a paper nobody uploaded',
    refused(422, 'paper-not-yours', 'papers'),
    () => api.handIn({ papers: [{ id: randomUUID() }] }),
  ],
]

describe('handing in a dossier with', () => {
  test.each(intakeErrors)('%s is refused in Vietnamese, at its field, and changes nothing', (_, expected, ask) =>
    expectRefused(api, expected, ask),
  )
})
