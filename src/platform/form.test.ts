import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { named, says } from './field-problems.ts'
import { line, parseForm, rowId } from './form.ts'
import { translator } from './text.ts'

const t = translator('vi')
const person = z.strictObject({
  name: named(line(20), 'họ và tên', 'full name'),
  idNumber: z
    .string()
    .regex(/^\d{12}$/u, says('Số định danh gồm 12 chữ số.', 'The ID number has 12 digits.'))
    .optional(),
})
const schema = z.strictObject({
  applicant: person,
  channel: named(z.enum(['counter', 'post']), 'kênh nộp', 'the channel').default('counter'),
  agency: rowId.optional(),
  fields: z.array(line(10)).default([]),
  components: z
    .array(z.strictObject({ code: line(10), originals: z.coerce.number().int().min(0).max(99) }))
    .default([]),
})

function post(fields: [string, string | Blob][]): FormData {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  return form
}

function problems(fields: [string, string][], lang: 'vi' | 'en' = 'vi') {
  const parsed = parseForm(schema, post(fields), translator(lang))
  return parsed.ok ? {} : Object.fromEntries(parsed.errors.map(error => [error.field, error.message]))
}

describe('reading a posted form', () => {
  test('dotted names become groups and lists', () => {
    const parsed = parseForm(
      schema,
      post([
        ['applicant.name', '  Nguyễn   Văn An '],
        ['components.0.code', 'A'],
        ['components.0.originals', '2'],
        ['components.4.code', 'B'],
        ['components.4.originals', '0'],
        ['fields', 'x'],
        ['agency', '12'],
        ['commandId', 'abc'],
      ]),
      t,
    )
    expect(parsed).toEqual({
      ok: true,
      value: {
        applicant: { name: 'Nguyễn Văn An' },
        channel: 'counter',
        agency: 12,
        fields: ['x'],
        components: [
          { code: 'A', originals: 2 },
          { code: 'B', originals: 0 },
        ],
      },
    })
  })

  test('a name typed in decomposed Unicode is stored composed', () => {
    const parsed = parseForm(schema, post([['applicant.name', 'Đặng Thị Mỹ'.normalize('NFD')]]), t)
    expect(parsed.ok && parsed.value.applicant.name).toBe('Đặng Thị Mỹ'.normalize('NFC'))
  })

  test('a missing field is asked for by its name, in the reader’s language', () => {
    expect(problems([['applicant.name', '   ']])).toEqual({ applicant: 'Hãy nhập thông tin này.' })
    expect(problems([['applicant.idNumber', '079123456789']])).toEqual({ 'applicant.name': 'Hãy nhập họ và tên.' })
    expect(problems([['applicant.idNumber', '079123456789']], 'en')).toEqual({ 'applicant.name': 'Enter full name.' })
  })

  test('each kind of wrong value has its own sentence', () => {
    const found = problems([
      ['applicant.name', 'N'.repeat(21)],
      ['applicant.idNumber', '12'],
      ['applicant.age', '3'],
      ['channel', 'pigeon'],
      ['agency', 'mười'],
      ['components.7.code', 'A'],
      ['components.7.originals', '100'],
    ])
    expect(found).toEqual({
      'applicant.name': 'Dài quá 20 ký tự.',
      'applicant.idNumber': 'Số định danh gồm 12 chữ số.',
      'applicant.age': 'Không nhận trường “age”.',
      channel: 'Hãy chọn một trong: counter, post.',
      agency: 'Phải là số.',
      'components.7.originals': 'Lớn nhất là 99.',
    })
  })

  test('what was typed comes back, files excepted', () => {
    const parsed = parseForm(
      schema,
      post([
        ['applicant.name', ''],
        ['fields', 'a'],
        ['fields', 'b'],
        ['scan', new File(['x'], 'x.pdf')],
      ]),
      t,
    )
    expect(parsed.ok).toBe(false)
    expect(!parsed.ok && { ...parsed.values }).toEqual({ 'applicant.name': '', fields: ['a', 'b'] })
  })

  test('an index of a billion makes no list of a billion', () => {
    expect(
      Object.keys(
        problems([
          ['applicant.name', 'An'],
          ['components.999999999.code', 'A'],
        ]),
      ),
    ).toEqual(['components.999999999.originals'])
  })

  test('a field called __proto__ is only an unknown field', () => {
    const found = problems([
      ['applicant.name', 'An'],
      ['__proto__.admin', '1'],
    ])
    expect(Object.entries(found)).toEqual([['__proto__', 'Không nhận trường “__proto__”.']])
    expect(({} as { admin?: unknown }).admin).toBeUndefined()
  })

  test('characters no database can hold are refused', () => {
    expect(problems([['applicant.name', 'An\u0000']])).toEqual({
      'applicant.name': 'Có ký tự không đọc được, hãy gõ lại.',
    })
  })
})
