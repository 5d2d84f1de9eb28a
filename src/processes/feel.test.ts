import { describe, expect, test } from 'vitest'
import { type FeelFacts, isTrue, noFacts, problemOf, referencesOf, resultOf, withSteps } from './feel.ts'

const facts: FeelFacts = {
  ...noFacts,
  form: { soTang: 7, dienTich: '1200,5', ma: '012', co: true, chu: 'bảy', so: '6' },
  outcomes: { 'tham-dinh': 'khong-du', 'in-giay': 'xong' },
  opinions: { pccc: 'agree' },
  components: ['C1', 'C3'],
  fee: 100,
}
const taken = (text: string) => isTrue(text, facts)

describe('a condition holds', () => {
  test.each([
    'form.soTang >= 7',
    'form.dienTich > 1200 and form.dienTich < 1201',
    'form.so in [5..7]',
    'form.so between 5 and 7',
    'form.so < fee',
    'form.ma = "012"',
    'form.co',
    'outcomes.tham-dinh = "khong-du"',
    'outcomes["tham-dinh"] = "khong-du"',
    'get value(outcomes, "in-giay") = "xong"',
    'outcomes.in-giay = "xong"',
    'opinions.pccc in ("agree", "conditional")',
    'opinions["thue"] != "agree"',
    'some c in components satisfies c = "C3"',
    'count(components) = 2',
  ])('%s', text => expect(taken(text)).toBe(true))
})

describe('what is not known makes no branch be taken', () => {
  test.each([
    'form.khongCo > 3',
    'form.chu >= 7',
    'form.chu <= 7',
    'form.chu in [1..9]',
    'form.so >= 7',
    'form.co > 0',
    'opinions.thue = "agree"',
    'outcomes.phe-duyet-lai = "returned"',
    'not(form.khongCo)',
    'form.soTang',
    'form.constructor != null',
  ])('%s', text => expect(taken(text)).toBe(false))
})

test('what has a problem is not evaluated at all', () => {
  expect(problemOf('now() > form.x')).toEqual({
    vi: 'không dùng được hàm “now”',
    en: 'the function “now” cannot be used',
  })
  expect(() => resultOf('now()', facts)).toThrow('“now”')
  expect(() => resultOf('1 +', facts)).toThrow('not FEEL')
})

test('what an expression asks for, and the same where steps have other keys', () => {
  const text = 'outcomes.a-b = "outcomes.a-b" and opinions["x"] = "agree" or form.y > get value(outcomes, "c")'
  expect(referencesOf(text)).toEqual([
    { of: 'outcomes', key: 'a-b' },
    { of: 'opinions', key: 'x' },
    { of: 'form', key: 'y' },
    { of: 'outcomes', key: 'c' },
  ])
  expect(withSteps(text, key => `p-${key}`)).toBe(
    'get value(outcomes, "p-a-b") = "outcomes.a-b" and opinions["x"] = "agree" or form.y > get value(outcomes, "p-c")',
  )
})

describe('an expression', () => {
  test.each([
    'form.soTang >= 7 and case = "moi"',
    'opinions.pccc = "agree"',
    'opinions["in-giay"] != "none"',
    'get value(outcomes, "tham-dinh") = "submitted"',
    'outcomes.tham-dinh = "khong-du"',
    'some c in components satisfies c = "C1"',
    'components[item = "C1"] != null',
    'list contains(components, "C1") and applicant.kind = "citizen"',
    'if fee > 100 then "H20.31" else competent',
    '"now() và foo" = channel',
  ])('%s is understood', text => expect(problemOf(text)).toBeNull())

  test.each([
    ['a name no dossier has', 'formm.x = 1'],
    ['a misspelt function', 'lenght("a") = 1'],
    ['the present time, which would make the choice differ tomorrow', 'today() > date("2026-01-01")'],
    ['a pattern, which may take hours', 'matches(form.x, "(a+)+$")'],
    ['a loop over numbers', 'some x in 1..1000000000 satisfies x = 0'],
    ['a loop in a loop', 'some a in components satisfies (some b in components satisfies a = b)'],
    ['a loop over two lists', 'some a in components, b in components satisfies a = b'],
    ['a function of its own', 'function(x) x'],
    ['a context, which may double with each entry', '{a: "x", b: a + a}.b = "xx"'],
    ['half a sentence', 'form.x ='],
  ])('is refused for %s', (_, text) => expect(problemOf(text)?.vi).toBeTruthy())
})
