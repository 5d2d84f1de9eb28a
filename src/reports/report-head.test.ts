import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { translator } from '#src/platform/text.ts'
import { cellText, figureText } from './cell-text.ts'
import type { ReportColumn, ReportRow } from './report.ts'
import { type HeadedColumns, headRows, numberRow, orderTexts } from './report-head.ts'

const column = (key: string, ...groups: string[]): ReportColumn => ({
  key,
  head: [key, key],
  groups: groups.map(text => [text, text] as const),
  kind: 'count',
})

/** Which cell covers each place of the head: every place exactly one. */
function covered(table: HeadedColumns): string[][] {
  const rows = headRows(table)
  const width = table.columns.length + (table.labelNumber === '(2)' ? 2 : 1)
  const grid = rows.map(() => Array.from({ length: width }, () => ''))
  rows.forEach((cells, level) => {
    for (const { words, column: at, span, deep } of cells) {
      for (let r = level; r < level + deep; r += 1) {
        for (let c = at; c < at + span; c += 1) {
          expect(grid[r]?.[c], `${words[0]} over ${r},${c}`).toBe('')
          const line = grid[r]
          if (line) line[c] = words[0]
        }
      }
    }
  })
  return grid
}

describe('the head of a report', () => {
  test('has neighbours under one head, and heads without groups reach down to the rows', () => {
    const columns = [
      column('c3', 'Tiếp nhận'),
      column('c4', 'Tiếp nhận', 'Trong kỳ'),
      column('c5', 'Tiếp nhận', 'Trong kỳ'),
    ]
    const table = { label: ['Lĩnh vực', 'Field'] as const, labelNumber: '(2)', columns: [...columns, column('note')] }
    expect(covered(table)).toEqual([
      ['TT', 'Lĩnh vực', 'Tiếp nhận', 'Tiếp nhận', 'Tiếp nhận', 'note'],
      ['TT', 'Lĩnh vực', 'c3', 'Trong kỳ', 'Trong kỳ', 'note'],
      ['TT', 'Lĩnh vực', 'c3', 'c4', 'c5', 'note'],
    ])
    expect(headRows(table)[0]?.map(({ span, deep }) => [span, deep])).toEqual([
      [1, 3],
      [1, 3],
      [3, 1],
      [1, 3],
    ])
  })

  test('covers every place exactly once, however the columns are grouped', () => {
    const groups = fc.array(fc.constantFrom('A', 'B'), { maxLength: 3 })
    fc.assert(
      fc.property(fc.array(groups, { minLength: 1, maxLength: 8 }), all => {
        const columns = all.map((above, i) => column(`c${i}`, ...above))
        expect(covered({ label: ['Tên', 'Name'], columns }).flat()).not.toContain('')
      }),
    )
  })

  test('numbers its columns only where the form does', () => {
    const label = ['Tên', 'Name'] as const
    expect(numberRow({ label, columns: [column('a')] })).toBeNull()
    const numbered = { ...column('a'), number: '(3)' }
    expect(numberRow({ label, labelNumber: '(2)', columns: [numbered, column('b')] })).toEqual([
      '(1)',
      '(2)',
      '(3)',
      '',
    ])
  })

  test('counts rows 1, 2, 3, or I, 1, 2, II where they stand under others', () => {
    const rows = (...depths: number[]): ReportRow[] => depths.map(depth => ({ key: '', label: '', cells: {}, depth }))
    expect(orderTexts(rows(0, 0, 0))).toEqual(['1', '2', '3'])
    expect(orderTexts(rows(0, 1, 1, 2, 0, 1))).toEqual(['I', '1', '2', '', 'II', '1'])
  })
})

describe('a cell', () => {
  test('is written with Vietnamese separators, zero as 0 and what is unknown as nothing', () => {
    expect(cellText(0, 'count')).toBe('0')
    expect(cellText(1_234_567, 'count')).toBe('1.234.567')
    expect(cellText(59.7, 'percent')).toBe('59,7%')
    expect(cellText(100, 'percent')).toBe('100%')
    expect(cellText(8000, 'money')).toBe('8.000 đ')
    expect(cellText(1234.5, 'number')).toBe('1.234,5')
    expect(cellText(null, 'count')).toBe('')
    const en = translator('en')
    const english = [cellText(59.7, 'percent', en), cellText(8000, 'money', en), cellText(-1234.5, 'number', en)]
    expect(english).toEqual(['59.7%', '8,000 đ', '−1,234.5'])
    expect(figureText(-0.001)).toBe('0')
    expect(figureText(-1234)).toBe('−1.234')
    const at = new Date('2026-03-01T18:30:00Z')
    expect(cellText(at, 'day')).toBe('02/03/2026')
    expect(cellText(at, 'instant')).toBe('01:30 02/03/2026')
  })
})
