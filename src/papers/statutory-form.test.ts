import { describe, expect, test } from 'vitest'
import { type FormKind, formCitation, formKinds, formNumber, formPaper, formTitle } from './statutory-form.ts'

describe('the two sets of statutory forms', () => {
  test('a number stands for another form since 1/7/2025', () => {
    expect([formNumber('2018', 'control'), formNumber('2018', 'book')]).toEqual(['05', '06'])
    expect(['stop', 'control', 'book'].map(kind => formNumber('2025', kind as FormKind))).toEqual(['05', '06', '07'])
  })

  test.each(['2018', '2025'] as const)('the forms of %s are numbered from 01 on', set => {
    expect(formKinds(set).map(kind => formNumber(set, kind))).toEqual(formKinds(set).map((_, i) => `0${i + 1}`))
  })

  test('there was no stop notice before 2025', () => {
    expect(formNumber('2018', 'stop')).toBeUndefined()
  })

  test('the apology was renamed, the receipt was not', () => {
    expect(formTitle('2018', 'apology')).toBe('Phiếu xin lỗi và hẹn lại ngày trả kết quả')
    expect(formTitle('2025', 'apology')).toBe('Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết')
    expect(formTitle('2018', 'receipt')).toBe(formTitle('2025', 'receipt'))
  })

  test('the citation names form and circular', () => {
    expect(formCitation('2025', 'receipt')).toBe('Mẫu số 01 – Thông tư số 03/2025/TT-VPCP')
    expect(formCitation('2018', 'book')).toBe('Mẫu số 06 – Thông tư số 01/2018/TT-VPCP')
  })

  test('in 2018 only the book is on A4', () => {
    expect(formKinds('2018').filter(kind => formPaper('2018', kind) !== 'a5')).toEqual(['book'])
  })
})
