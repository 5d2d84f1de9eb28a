import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dateOf } from '#src/calendar/local-date.ts'
import { findPreset, lastBegun, type PeriodPreset, periodsOf, periodsOfKind, presetsAround } from './period-preset.ts'
import { type PeriodScheme, periodKinds, type SchemeTerms } from './period-scheme.ts'

const terms = (startDay: number, validFrom: string, validTo: string | null = null): SchemeTerms => {
  return { name: ['Kỳ', 'Periods'], startDay, kinds: periodKinds, submissionDays: 4, ground: 'x', validFrom, validTo }
}
const scheme = (code: string, startDay: number): PeriodScheme => ({ code, terms: [terms(startDay, '2019-03-12')] })
const national = scheme('national', 15)
const local = scheme('local', 16)
const calendar = scheme('calendar', 1)

const days = ({ from, to }: PeriodPreset) => `${from} ${to}`

describe('the periods of a scheme', () => {
  test('are cut on the 14th by the national rule: a year begins in December of the year before', () => {
    const found = Object.fromEntries(periodsOf(national, 2026).map(one => [one.code, days(one)]))
    expect(found).toMatchObject({
      '2026-M01': '2025-12-15 2026-01-14',
      '2026-M03': '2026-02-15 2026-03-14',
      '2026-Q1': '2025-12-15 2026-03-14',
      '2026-Q4': '2026-09-15 2026-12-14',
      '2026-H1': '2025-12-15 2026-06-14',
      '2026-H2': '2026-06-15 2026-12-14',
      '2026-9M': '2025-12-15 2026-09-14',
      '2026': '2025-12-15 2026-12-14',
    })
    expect(Object.keys(found)).toHaveLength(12 + 4 + 2 + 1 + 1)
  })

  test('are those a province named: half a year from 16 December to 15 June', () => {
    expect(findPreset([national, local], 'local-2021-H1')).toMatchObject({
      ...{
        from: '2020-12-16',
        to: '2021-06-15',
        submitBy: '2021-06-19',
        label: ['6 tháng đầu năm 2021', 'First half of 2021'],
      },
    })
  })

  test('follow the calendar when they start on the first', () => {
    expect(findPreset([calendar], 'calendar-2024-M02')).toMatchObject({ from: '2024-02-01', to: '2024-02-29' })
    expect(findPreset([calendar], 'calendar-2024-Q4')).toMatchObject({ from: '2024-10-01', to: '2024-12-31' })
  })

  test('leave no day out and count none twice, whenever and however often the first day changes', () => {
    const aDay = fc.integer({ min: 17_000, max: 22_000 }).map(dateOf)
    const changing = fc
      .tuple(
        fc.array(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 4 }),
        fc.uniqueArray(aDay, { minLength: 4 }),
      )
      .map(([starts, changes]) => {
        const from = changes.toSorted()
        return { code: 'x', terms: starts.map((start, i) => terms(start, from[i] ?? '', from[i + 1] ?? null)) }
      })
    fc.assert(
      fc.property(changing, fc.integer({ min: 2016, max: 2031 }), (one, year) => {
        for (const kind of ['month', 'quarter', 'half', 'year'] as const) {
          const found = [year, year + 1].flatMap(each => periodsOfKind(one, kind, each))
          found.slice(1).forEach((next, i) => {
            expect(next.from).toBe(addDays(found[i]?.to ?? '', 1))
          })
        }
        const [whole] = periodsOfKind(one, 'year', year)
        const quarters = periodsOfKind(one, 'quarter', year)
        const months = periodsOfKind(one, 'month', year)
        expect([quarters[0]?.from, quarters[3]?.to]).toEqual([whole?.from, whole?.to])
        expect(months.map(({ to }) => to).filter((_, i) => i % 3 === 2)).toEqual(quarters.map(({ to }) => to))
        for (const each of months) expect(each.from <= each.to).toBe(true)
      }),
    )
  })
})

describe('the periods offered on a day', () => {
  const offered = (day: string) => presetsAround([national, local], day).map(({ code }) => code)

  test('are this one and the last of every kind', () => {
    expect(offered('2026-03-14').slice(0, 4)).toEqual(['2026-M03', '2026-M02', '2026-Q1', '2025-Q4'])
    expect(offered('2026-03-15').slice(0, 4)).toEqual(['2026-M04', '2026-M03', '2026-Q2', '2026-Q1'])
    expect(offered('2026-12-15').slice(-4)).toEqual(['local-2026-9M', 'local-2025-9M', 'local-2026', 'local-2025'])
    expect(offered('2026-12-16').slice(-4)).toEqual(['local-2027-9M', 'local-2026-9M', 'local-2027', 'local-2026'])
  })

  test('leave out schemes that ended or have not begun, and kinds they do not have', () => {
    const ended = { code: 'old', terms: [terms(10, '2019-01-01', '2025-01-01')] }
    const months: PeriodScheme = { code: 'few', terms: [{ ...terms(1, '2020-01-01'), kinds: ['month'] }] }
    expect(presetsAround([ended, months], '2026-05-20').map(({ code }) => code)).toEqual([
      'few-2026-M05',
      'few-2026-M04',
    ])
    expect(findPreset([months], 'few-2026-Q1')).toBeUndefined()
  })

  test('contain the day, and are found again by their code', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10_000, max: 30_000 }).map(dateOf),
        fc.constantFrom(national, local, calendar),
        (day, one) => {
          for (const kind of periodKinds) {
            const [latest, before] = lastBegun(one, kind, day, 2)
            if (kind !== 'nine-months') expect(latest && latest.from <= day && day <= latest.to).toBe(true)
            expect(latest && findPreset([one], latest.code)).toEqual(latest)
            expect((before?.to ?? '9') < (latest?.to ?? '')).toBe(true)
          }
        },
      ),
    )
  })

  test.each(['2026-M13', '2026-Q5', '2026-M7', '26-Q1', 'other-2026', '1234', '2026-', ''])('%s names none', code => {
    expect(findPreset([national, local, calendar], code)).toBeUndefined()
  })
})
