import { describe, expect, it } from 'vitest'
import { addDays, weekday } from './local-date.ts'
import { nationalCalendar } from './national-calendar.ts'
import { isWorkingDay } from './working-time.ts'

/** The official table, year by year: weekdays off, then weekend days worked. */
const OFFICIAL: Record<number, [off: string, worked: string]> = {
  2022: ['03/01 31/01 01/02 02/02 03/02 04/02 11/04 02/05 03/05 01/09 02/09', ''],
  2023: ['02/01 20/01 23/01 24/01 25/01 26/01 01/05 02/05 03/05 01/09 04/09', ''],
  2024: ['01/01 08/02 09/02 12/02 13/02 14/02 18/04 29/04 30/04 01/05 02/09 03/09', '04/05'],
  2025: ['01/01 27/01 28/01 29/01 30/01 31/01 07/04 30/04 01/05 02/05 01/09 02/09', '26/04'],
  2026: ['01/01 02/01 16/02 17/02 18/02 19/02 20/02 27/04 30/04 01/05 31/08 01/09 02/09 24/11', '10/01 22/08'],
}

describe('the national calendar', () => {
  it.each(Object.entries(OFFICIAL))('of %s has exactly the official days off and worked Saturdays', (year, table) => {
    const exceptions = { off: [] as string[], worked: [] as string[] }
    for (let day = `${year}-01-01`; day.startsWith(year); day = addDays(day, 1)) {
      const inWeek = weekday(day) <= 5
      if (isWorkingDay(day, nationalCalendar) === inWeek) continue
      exceptions[inWeek ? 'off' : 'worked'].push(day.slice(5).split('-').reverse().join('/'))
    }
    expect([exceptions.off.join(' '), exceptions.worked.join(' ')]).toEqual(table)
  })

  it('names the ground of every exception', () => {
    for (const rule of nationalCalendar.days)
      expect(rule.legalBasis, rule.day).toMatch(/\d+\/(TB-|VPCP|BNV|2019|2026)/u)
  })

  it('makes up for every swapped day with a Saturday that names it', () => {
    const swapped = nationalCalendar.days.filter(rule => rule.reason.startsWith('Hoán đổi'))
    const worked = nationalCalendar.days.filter(rule => rule.kind === 'work')
    expect(swapped.map(rule => rule.legalBasis)).toEqual(worked.map(rule => rule.legalBasis))
    const written = (date: string) => `${Number(date.slice(8))}/${Number(date.slice(5, 7))}/${date.slice(0, 4)}`
    const named = worked.map(rule => rule.reason.replace(/^.* 0?(\d+)\/0?/u, '$1/'))
    expect(named).toEqual(swapped.map(rule => written(rule.day)))
  })

  it('closes an agency that works on Saturdays when the holiday itself is a Saturday', () => {
    const morning = [{ from: '07:30', to: '11:30' }]
    const saturdays = { ...nationalCalendar, id: 2, weekly: { ...nationalCalendar.weekly, 6: morning } }
    expect(isWorkingDay('2023-08-26', saturdays)).toBe(true)
    expect(isWorkingDay('2023-09-02', saturdays)).toBe(false)
  })

  it('survives being stored as JSON', () => {
    expect(JSON.parse(JSON.stringify(nationalCalendar))).toEqual(nationalCalendar)
  })
})
