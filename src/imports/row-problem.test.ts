import { expect, test } from 'vitest'
import { problemText } from './row-problem.ts'

test('a problem is said in a sentence with its value', () => {
  expect(problemText({ column: 'due_at', code: 'not-an-instant', value: '31/02/2019' })).toBe(
    'due_at: "31/02/2019" is no date or date and time from 2000 to 2199 (not-an-instant)',
  )
})
