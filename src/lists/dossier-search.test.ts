import { expect, test } from 'vitest'
import { readSearch } from './dossier-search.ts'

test.each([
  ['H20.101-260302-0001', 'H20.101-260302-0001'],
  [' h20.101-260302-0001 ', 'H20.101-260302-0001'],
  ['000.00.06.H56-231027-0361', '000.00.06.H56-231027-0361'],
  ['https://motcua.example/tra-cuu/H20.101-260302-0001?m=ABCD2345', 'H20.101-260302-0001'],
  ['d12', 'D12'],
])('%s names one dossier', (text, ref) => {
  expect(readSearch(text)).toEqual({ ref })
})

test('words are looked for without diacritics, short ones as whole words', () => {
  expect(readSearch('  Nguyễn Văn  An ')).toEqual({ patterns: ['%nguyen%', '%van%', '% an %'] })
  expect(readSearch('Đỗ 0042')).toEqual({ patterns: ['% do %', '%0042%'] })
})

test('what means something to LIKE is taken as it stands', () => {
  expect(readSearch('100% a_b c\\d')).toEqual({ patterns: ['%100\\%%', '%a\\_b%', '%c\\\\d%'] })
})

test('only so many words are looked for', () => {
  const search = readSearch('một hai ba bốn năm sáu bảy tám chín mười')
  expect('patterns' in search && search.patterns.length).toBe(8)
})
