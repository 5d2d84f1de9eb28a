import { describe, expect, it } from 'vitest'
import { dateOf } from './local-date.ts'
import { statutoryHolidays } from './statutory-holidays.ts'

const offDays = (year: number, isRestDay = (weekday: number) => weekday > 5) =>
  [...statutoryHolidays(year, isRestDay)].map(([day, { name }]) => `${dateOf(day)} ${name}`).sort()

describe('holidays fixed by law', () => {
  it('are five a year from 2026, the year of Vietnamese Culture Day', () => {
    expect(offDays(2026)).toHaveLength(5)
    expect(offDays(2025)).toHaveLength(4)
    expect(offDays(2026)).toContain('2026-11-24 Ngày Văn hóa Việt Nam')
  })

  it('on a rest day are made up on the next working day', () => {
    expect(offDays(2027)).toContain('2027-05-03 Nghỉ bù Ngày Quốc tế lao động')
  })

  it('made up side by side take one working day each', () => {
    const days = offDays(2033) // 30/4 is a Saturday, 1/5 a Sunday
    expect(days).toContain('2033-05-02 Nghỉ bù Ngày Chiến thắng')
    expect(days).toContain('2033-05-03 Nghỉ bù Ngày Quốc tế lao động')
  })

  it('are not made up where the day would have been worked', () => {
    expect(offDays(2027, weekday => weekday === 7)).not.toContain('2027-05-03 Nghỉ bù Ngày Quốc tế lao động')
  })

  it('never make up Vietnamese Culture Day', () => {
    expect(offDays(2029).filter(day => day >= '2029-11')).toEqual(['2029-11-24 Ngày Văn hóa Việt Nam']) // a Saturday
  })

  it('have no day to be made up on in a calendar that always rests', () => {
    expect(offDays(2027, () => true)).toHaveLength(5)
  })
})
