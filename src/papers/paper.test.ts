import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkHonest, checkPaper, claimedType, PAPER_MAX_BYTES, paperName, paperTypes } from './paper.ts'

const pdf = paperTypes[0] as (typeof paperTypes)[number]

describe('the name a file is kept under', () => {
  test.each([
    ['C:\\Users\\nhung\\Giấy chứng sinh.pdf', 'Giấy chứng sinh.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['a\u0000b\u202egpj.exe', 'abgpj.exe'],
    ['  tờ\tkhai \n.pdf ', 'tờ khai .pdf'],
    ['Giấy.pdf'.normalize('NFD'), 'Giấy.pdf'],
    ['///', ''],
  ])('%j becomes %j', (given, kept) => {
    expect(paperName(given)).toBe(kept)
  })

  test('keeps its ending when it is cut', () => {
    const name = paperName(`${'x'.repeat(400)}.docx`)
    expect(name).toHaveLength(200)
    expect(name.endsWith('x.docx')).toBe(true)
  })

  test('whatever is given, it is well-formed, fits the database and has no folder', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), given => {
        const name = paperName(given)
        expect(name.length).toBeLessThanOrEqual(200)
        expect(name.isWellFormed()).toBe(true)
        expect(name).not.toMatch(/[/\\\p{C}]/u)
      }),
    )
  })
})

describe('what is refused without a look inside', () => {
  test.each([
    ['', 10, 'paper-nameless'],
    ['a.pdf', 0, 'paper-empty'],
    ['a.pdf', PAPER_MAX_BYTES + 1, 'paper-too-large'],
    ['a.exe', 10, 'paper-type-not-taken'],
    ['a.docm', 10, 'paper-type-not-taken'],
    ['a', 10, 'paper-type-not-taken'],
    ['a.svg', 10, 'paper-type-not-taken'],
  ])('%j of %d bytes: %s', (name, size, code) => {
    expect(() => checkPaper(name, size)).toThrow(expect.objectContaining({ kind: 'invalid', code, field: 'file' }))
  })

  test('a file of exactly the limit is taken, and its ending may be in capitals', () => {
    expect(checkPaper('SCAN.PDF', PAPER_MAX_BYTES)).toEqual({ name: 'SCAN.PDF', claimed: pdf })
    expect(claimedType('anh.JPEG')?.mediaType).toBe('image/jpeg')
  })
})

describe('a file is what its name says', () => {
  test('or it is refused, and told what it is when that is known', () => {
    expect(() => checkHonest('a.pdf', pdf, 'application/pdf')).not.toThrow()
    expect(() => checkHonest('a.pdf', pdf, 'image/png')).toThrow(
      expect.objectContaining({ code: 'paper-type-untrue', params: { name: 'a.pdf', claimed: 'PDF', real: 'PNG' } }),
    )
    expect(() => checkHonest('a.pdf', pdf, 'application/x-msdownload')).toThrow(
      expect.objectContaining({ code: 'paper-unreadable' }),
    )
    expect(() => checkHonest('a.pdf', pdf, undefined)).toThrow(expect.objectContaining({ code: 'paper-unreadable' }))
  })
})
