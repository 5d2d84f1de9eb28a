import { expect, test } from 'vitest'
import { reportKinds } from './report-kinds.ts'
import type { ListKind } from './reports/report.ts'

test('every report of the registry has its own address', () => {
  const keys = reportKinds.map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys.filter(key => !/^[a-z0-9]+(-[a-z0-9]+)*$/u.test(key))).toEqual([])
  const lists = reportKinds.filter((kind): kind is ListKind => kind.shape === 'list')
  for (const { key, columns } of lists) expect(columns.length, key).toBeGreaterThan(0)
})
