import { expect, test } from 'vitest'
import { nationalCalendar } from './national-calendar.ts'
import { noticeLines, parseNoticeLines } from './notice-lines.ts'
import { hoursText, parseHours } from './weekly-hours.ts'

test('a notice is read a day or a stretch a line, as people write it', () => {
  const { days, faults } = parseNoticeLines(
    '01/01: Tết Dương lịch\n\n 5/2 – 8/2/2027 :  Tết  Nguyên đán\r\n30/4/2027: Ngày Chiến thắng',
    2027,
  )
  expect(faults).toEqual([])
  expect(days).toEqual([
    { day: '2027-01-01', reason: 'Tết Dương lịch' },
    ...['05', '06', '07', '08'].map(day => ({ day: `2027-02-${day}`, reason: 'Tết Nguyên đán' })),
    { day: '2027-04-30', reason: 'Ngày Chiến thắng' },
  ])
})

test.each([
  ['Tết Dương lịch', 'form'],
  ['01/01 Tết', 'form'],
  ['01/01:', 'form'],
  ['2027-01-01: Tết', 'form'],
  ['30/02: Không có ngày này', 'date'],
  ['01/01/2026: Năm khác', 'date'],
  ['08/02-05/02: Ngược', 'date'],
  ['01/01-31/12: Cả năm', 'date'],
])('the line “%s” is named as one that cannot be read', (text, why) => {
  expect(parseNoticeLines(`02/09: Quốc khánh\n${text}`, 2027)).toEqual({
    days: [{ day: '2027-09-02', reason: 'Quốc khánh' }],
    faults: [{ line: 2, text, why }],
  })
})

test.each([2022, 2023, 2024, 2025, 2026])('the notice of %i comes back whole from the lines it is shown in', year => {
  const off = nationalCalendar.days.filter(({ day, kind }) => kind === 'off' && day.startsWith(`${year}`))
  const { days, faults } = parseNoticeLines(noticeLines(off), year)
  expect(faults).toEqual([])
  expect(days).toEqual(off.map(({ day, reason }) => ({ day, reason })))
})

test('hours are read as they are written, and refused when they overlap or are no hours', () => {
  expect(parseHours('7:30 – 11:30; 13h00-17h00')).toEqual([
    { from: '07:30', to: '11:30' },
    { from: '13:00', to: '17:00' },
  ])
  expect(parseHours(' ')).toEqual([])
  expect(hoursText(parseHours('07:30-11:30') ?? [])).toBe('07:30-11:30')
  for (const wrong of ['7-11', '11:30-07:30', '07:30-11:30, 11:00-12:00', '25:00-26:00', 'sáng']) {
    expect(parseHours(wrong), wrong).toBeUndefined()
  }
})
