import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, dayNumber } from '#src/calendar/local-date.ts'
import { addEntered, type EnteredValue, enteredSums } from './entered-value.ts'

const said = (change: Partial<EnteredValue>): EnteredValue => ({
  id: 1,
  indicator: '5.1',
  agencyId: 7,
  from: '2026-01-01',
  to: '2026-01-31',
  stage: 'self',
  value: 9,
  of: 10,
  evidence: 'Phiếu khảo sát',
  by: 'Cán bộ',
  at: new Date('2026-02-01T08:00:00+07:00'),
  ...change,
})
const quarter = { from: '2026-01-01', to: '2026-03-31' }
const sumOf = (values: EnteredValue[]) => enteredSums(values, quarter).get('5.1')

test('the months of a quarter add up, unless the quarter itself was entered', () => {
  const months = [
    said({ id: 1 }),
    said({ id: 2, from: '2026-02-01', to: '2026-02-28', value: 5, of: 10 }),
    said({ id: 3, from: '2026-03-01', to: '2026-03-31', value: 10, of: 30 }),
  ]
  expect(sumOf(months)).toEqual({ value: 24, of: 50 })
  expect(sumOf([...months, said({ id: 4, ...quarter, value: 30, of: 40 })])).toEqual({ value: 30, of: 40 })
})

test('appraisal comes before self-score of the same period, and a later word before an earlier one', () => {
  const appraised = said({ id: 2, stage: 'appraisal', value: 7 })
  expect(sumOf([said({}), appraised, said({ id: 3, value: 10 })])).toEqual({ value: 7, of: 10 })
  expect(sumOf([said({}), said({ id: 3, value: 10 })])).toEqual({ value: 10, of: 10 })
})

test('what was entered for longer than the period, or beside it, does not count', () => {
  expect(sumOf([said({ from: '2025-12-15' }), said({ id: 2, to: '2026-04-01' })])).toBeUndefined()
})

test('no day counts twice, whatever was entered', () => {
  const period = fc.record({ start: fc.nat(89), length: fc.integer({ min: 1, max: 90 }) })
  fc.assert(
    fc.property(fc.array(period, { maxLength: 12 }), periods => {
      const values = periods.map(({ start, length }, i) => {
        const from = addDays(quarter.from, start)
        // One a day, so that what is summed is how many days count.
        return said({ id: i + 1, from, to: addDays(from, length - 1), value: 0, of: length })
      })
      const days = dayNumber(quarter.to) - dayNumber(quarter.from) + 1
      expect(sumOf(values)?.of ?? 0).toBeLessThanOrEqual(days)
    }),
  )
})

test('shares of several agencies are of all that were asked', () => {
  const one = new Map([['5.1', { value: 9, of: 10 }]])
  const other = new Map([['5.1', { value: 10, of: 90 }]])
  expect(addEntered([one, other]).get('5.1')).toEqual({ value: 19, of: 100 })
})
