import { describe, expect, it } from 'vitest'
import { timeLeftText, workingDuration } from './duration-text.ts'

const vi = (text: string) => text
const en = (_: string, text: string) => text

describe('a working duration in words', () => {
  it.each([
    [660, '1 ngày 3 giờ', '1 day 3 hours'],
    [130, '2 giờ 10 phút', '2 hours 10 minutes'],
    [480, '1 ngày', '1 day'],
    [479, '7 giờ 59 phút', '7 hours 59 minutes'],
    [970, '2 ngày', '2 days'],
    [60, '1 giờ', '1 hour'],
    [1, '1 phút', '1 minute'],
    [0, 'dưới 1 phút', 'less than a minute'],
  ])('of %i minutes', (minutes, vietnamese, english) => {
    expect(workingDuration(minutes, vi)).toBe(vietnamese)
    expect(workingDuration(minutes, en)).toBe(english)
  })
})

describe('the time left in words', () => {
  it.each([
    [{ state: 'running', minutes: 660 }, 'Còn 1 ngày 3 giờ', '1 day 3 hours left'],
    [{ state: 'running', minutes: 130 }, 'Còn 2 giờ 10 phút', '2 hours 10 minutes left'],
    [{ state: 'running', minutes: 0 }, 'Còn dưới 1 phút', 'Less than a minute left'],
    [{ state: 'overdue', minutes: 180 }, 'Quá hạn 3 giờ', 'Overdue by 3 hours'],
    [{ state: 'overdue', minutes: 0 }, 'Quá hạn', 'Overdue'],
    [{ state: 'paused' }, 'Tạm dừng', 'Paused'],
    [{ state: 'no-term' }, 'Không có thời hạn', 'No time limit'],
  ] as const)('for %j', (left, vietnamese, english) => {
    expect(timeLeftText(left, vi)).toBe(vietnamese)
    expect(timeLeftText(left, en)).toBe(english)
  })
})
