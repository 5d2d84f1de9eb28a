import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Client, client, testApp } from './support/app.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { makeOffice } from './support/office.ts'

let database: TestDatabase
let visitor: Client
beforeAll(async () => {
  database = await testDatabase()
  await makeOffice(database.db)
  visitor = client(testApp(database.db))
})
afterAll(() => database.close())

type Explained = {
  dueAt: string | null
  provisional: boolean
  gaps: number[]
  steps: { day: string; counted: boolean; minutes: number; why: string; note?: string }[]
}
const ask = (body: unknown): Promise<Answer> => visitor.send('POST', '/api/v1/deadlines/explain', body)
async function explain(body: unknown): Promise<Explained> {
  const answer = await ask(body)
  expect(answer.status, answer.text).toBe(200)
  return answer.json() as Explained
}
const local = (text: string) => new Date(`${text}:00+07:00`).toISOString()
const days = (amount: number, policy?: string) => ({ amount, unit: 'working-days', policy })

describe('the due time of a term', () => {
  test.each([
    ['three ordinary days', '2026-08-24T09:00', days(3), '2026-08-27T09:00', '2026-08-27T17:00'],
    ['a day that is a Saturday worked by a swap', '2026-08-21T10:00', days(1), '2026-08-22T10:00', '2026-08-22T17:00'],
    ['two days around Tết', '2026-02-13T15:30', days(2), '2026-02-24T15:30', '2026-02-24T17:00'],
    ['a day over Vietnam Culture Day', '2026-11-23T10:00', days(1), '2026-11-25T10:00', '2026-11-25T17:00'],
  ])('of %s, by the hour clock and by civil days', async (_, start, term, hourClock, civilDay) => {
    const at = `${start}:00+07:00`
    expect(await explain({ start: at, term })).toMatchObject({ dueAt: local(hourClock), provisional: false, gaps: [] })
    expect((await explain({ start: at, term: { ...term, policy: 'hour-clock' } })).dueAt).toBe(local(hourClock))
    expect((await explain({ start: at, term: { ...term, policy: 'civil-day' } })).dueAt).toBe(local(civilDay))
  })

  test('of eighteen calendar days that end on National Day moves on to the close of the next working day', async () => {
    const answer = await explain({ start: '2026-08-14T10:00:00+07:00', term: { amount: 18, unit: 'days' } })
    expect(answer.dueAt).toBe(local('2026-09-03T17:00'))
    expect(answer.steps.filter(step => step.counted)).toHaveLength(18)
    expect(answer.steps.at(-1)).toMatchObject({ day: '2026-09-03', counted: false, why: 'moved-forward' })
  })

  test('of one month clamps to the month’s last day', async () => {
    const answer = await explain({ start: '2026-05-31T08:00:00+07:00', term: { amount: 1, unit: 'months' } })
    expect(answer.dueAt).toBe(local('2026-06-30T17:00'))
  })

  test('of working hours stops at half past eleven, which is outside the window, and goes on at one', async () => {
    const hours = (start: string, amount: number) =>
      explain({ start: `${start}:00+07:00`, term: { amount, unit: 'working-hours' } })
    expect((await hours('2026-03-02T09:30', 2)).dueAt).toBe(local('2026-03-02T11:30'))
    expect((await hours('2026-03-02T11:30', 1)).dueAt).toBe(local('2026-03-02T14:00'))
    expect((await hours('2026-03-06T16:30', 1)).dueAt).toBe(local('2026-03-09T08:00'))
  })

  test('none, is none', async () => {
    expect(await explain({ start: '2026-03-02T09:00:00+07:00', term: null })).toMatchObject({ dueAt: null, steps: [] })
  })

  test('into a year without an official notice is provisional, and the year is named', async () => {
    const answer = await explain({ start: '2026-12-31T09:00:00+07:00', term: days(3) })
    expect(answer).toMatchObject({ dueAt: local('2027-01-06T09:00'), provisional: true, gaps: [2027] })
    expect(answer.steps.find(step => step.day === '2027-01-01')).toMatchObject({ counted: false, why: 'day-off' })
  })

  test('moves by exactly the working time of its pauses, or starts again after the last', async () => {
    const question = {
      start: '2026-03-02T09:00:00+07:00',
      term: days(2),
      pauses: [{ from: '2026-03-02T10:00:00+07:00', to: '2026-03-04T15:00:00+07:00' }],
    }
    expect((await explain(question)).dueAt).toBe(local('2026-03-06T14:00'))
    expect((await explain({ ...question, resume: 'restart' })).dueAt).toBe(local('2026-03-06T15:00'))
  })

  test('is unknown while a pause is open, and unmoved by a pause of no length', async () => {
    const question = { start: '2026-03-02T09:00:00+07:00', term: days(1) }
    const open = { from: '2026-03-02T10:00:00+07:00' }
    expect((await explain({ ...question, pauses: [open] })).dueAt).toBeNull()
    expect((await explain({ ...question, pauses: [{ ...open, to: null }] })).dueAt).toBeNull()
    expect((await explain({ ...question, pauses: [{ ...open, to: open.from }] })).dueAt).toBe(local('2026-03-03T09:00'))
  })

  test('is explained day by day: the minutes add up to the term, and a day off says why', async () => {
    const { steps } = await explain({ start: '2026-02-13T15:30:00+07:00', term: days(2) })
    expect(steps.reduce((sum, step) => sum + step.minutes, 0)).toBe(960)
    expect(steps.map(step => step.day)).toEqual(Array.from({ length: 12 }, (_, i) => `2026-02-${13 + i}`))
    const tet = steps.filter(step => step.why === 'day-off')
    expect(tet.map(step => step.day)).toEqual(['16', '17', '18', '19', '20'].map(day => `2026-02-${day}`))
    for (const step of tet) expect(step.note).toContain('Tết')
  })

  test('can be asked for an agency by its code', async () => {
    const question = { start: '2026-03-02T09:00:00+07:00', term: days(1) }
    expect(await explain({ ...question, calendar: 'H20.101' })).toEqual(await explain(question))
  })
})

describe('a question is refused, in Vietnamese and at its field, with', () => {
  const good = { start: '2026-03-02T09:00:00+07:00', term: days(1) }
  const term = (change: Record<string, unknown>) => ({ ...good, term: { amount: 1, unit: 'days', ...change } })
  const pause = (from: string, to: string) => ({ ...good, pauses: [{ from, to }] })

  test.each([
    ['no start', { term: days(1) }, 'start'],
    ['a start that is a date only', { ...good, start: '2026-03-02' }, 'start'],
    ['a start without an offset', { ...good, start: '2026-03-02T09:00:00' }, 'start'],
    ['a start on 30 February', { ...good, start: '2026-02-30T09:00:00+07:00' }, 'start'],
    ['no term', { start: good.start }, 'term'],
    ['a term of nought', term({ amount: 0 }), 'term.amount'],
    ['less than nought', term({ amount: -3 }), 'term.amount'],
    ['half a calendar day', term({ amount: 0.5 }), 'term.amount'],
    ['more than ten years of days', term({ amount: 3_661 }), 'term.amount'],
    ['more than ten years of months', term({ amount: 121, unit: 'months' }), 'term.amount'],
    ['an amount in words', term({ amount: 'ba' }), 'term.amount'],
    ['an unknown unit', term({ unit: 'weeks' }), 'term.unit'],
    ['an unknown policy', term({ policy: 'lunar' }), 'term.policy'],
    ['an unknown field', { ...good, holidays: [] }, 'holidays'],
    ['an unknown way to resume', { ...good, resume: 'later' }, 'resume'],
    ['a pause that ends before it begins', pause('2026-03-03T09:00:00+07:00', '2026-03-02T10:00:00+07:00'), 'pauses'],
    ['a pause of centuries', pause('2026-03-02T09:30:00+07:00', '2426-03-02T10:00:00+07:00'), 'pauses'],
    ['a pause that is none', { ...good, pauses: ['hôm qua'] }, 'pauses.0'],
    ['an unknown calendar', { ...good, calendar: 'H99.99' }, 'calendar'],
    ['a calendar beyond counting', { ...good, calendar: 2 ** 40 }, 'calendar'],
  ])('%s', async (_, body, field) => {
    const answer = await ask(body)
    expect(answer.status, answer.text).toBe('calendar' in body && typeof body.calendar === 'string' ? 404 : 422)
    expect(answer.headers.get('Content-Type')).toContain('application/problem+json')
    const problem = answer.json() as { field?: string; detail: string; errors?: { field: string; message: string }[] }
    expect([problem.field, ...(problem.errors ?? []).map(error => error.field)]).toContain(field)
    expect(problem.detail).toMatch(/[à-ỹđ]/iu)
    for (const { message } of problem.errors ?? []) expect(message).toMatch(/[à-ỹđ]/iu)
  })
})
