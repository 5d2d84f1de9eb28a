import { expect, test } from 'vitest'
import { joined, specialDays, yearMonths } from './calendar-year.ts'
import { nationalCalendar } from './national-calendar.ts'
import { isWorkingDay } from './working-time.ts'

test('the months of a year hold every day once, and count working days as the calendar does', () => {
  const months = yearMonths(nationalCalendar, 2026)
  const days = months.flatMap(month => month.days)
  expect(days).toHaveLength(365)
  const working = days.filter(({ day }) => isWorkingDay(day, nationalCalendar))
  expect(months.reduce((sum, month) => sum + month.workingDays, 0)).toBe(working.length)
  expect(months[0]).toMatchObject({ month: 1, startsOn: 4 })
  expect(months[0]?.days.find(({ day }) => day === '2026-01-10')?.kind).toBe('swapped')
  expect(months[1]?.days.find(({ day }) => day === '2026-02-16')).toMatchObject({ kind: 'off' })
})

test('days in a row for one reason are one entry', () => {
  const tet = joined(specialDays(nationalCalendar, 2026)).find(({ reason }) => reason.startsWith('Tết Nguyên đán'))
  expect(tet).toMatchObject({ from: '2026-02-16', to: '2026-02-20', kind: 'off' })
})

test('a year without a notice has the days off the law fixes, and those made up for weekends', () => {
  const days = specialDays(nationalCalendar, 2027).map(({ day, reason }) => `${day} ${reason}`)
  expect(days).toEqual([
    '2027-01-01 Tết Dương lịch',
    '2027-04-30 Ngày Chiến thắng',
    '2027-05-01 Ngày Quốc tế lao động',
    '2027-05-03 Nghỉ bù Ngày Quốc tế lao động',
    '2027-09-02 Quốc khánh',
    '2027-11-24 Ngày Văn hóa Việt Nam',
  ])
})
