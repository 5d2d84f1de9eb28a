import { expect, test } from 'vitest'
import { dongText, longDate, longInstant } from './form-block.ts'

test.each([
  ['2026-03-04T18:00:00Z', 'ngày 05 tháng 3 năm 2026'],
  ['2026-02-27T17:00:00Z', 'ngày 28 tháng 02 năm 2026'],
  ['2026-01-01T00:00:00Z', 'ngày 01 tháng 01 năm 2026'],
  ['2026-12-31T16:59:00Z', 'ngày 31 tháng 12 năm 2026'],
])('%s is written as %s on the wall clock of Vietnam', (at, text) => {
  expect(longDate(new Date(at))).toBe(text)
})

test('the hour comes before the day', () => {
  expect(longInstant(new Date('2026-03-05T09:30:00Z'))).toBe('16 giờ 30 phút, ngày 05 tháng 3 năm 2026')
})

test('money is in whole đồng with dots', () => {
  expect(dongText(1_024_000)).toBe('1.024.000 đồng')
})
