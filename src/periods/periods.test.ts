import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Officer } from '#src/platform/ctx.ts'
import { run } from '#src/platform/db.ts'
import { client, signedInAs, type TestApp, testApp, tokenFor } from '#test/support/app.ts'
import { type TestDatabase, testDatabase } from '#test/support/database.ts'
import { makeOffice, type Office } from '#test/support/office.ts'
import { changeDefinition } from './change-definition.ts'
import { ChangePeriodScheme, changePeriodScheme } from './change-period-scheme.ts'
import { getDefinitions, listDefinitions } from './definition.query.ts'
import { definitionKeys, usualDefinitions } from './definition.ts'
import { answersOf, answerText, isUsual } from './definition-words.ts'
import { findPreset } from './period-preset.ts'
import { listSchemes } from './period-scheme.query.ts'

let database: TestDatabase
let office: Office
let app: TestApp
beforeAll(async () => {
  database = await testDatabase()
  office = await makeOffice(database.db)
  office.clock.set('2026-03-10T09:00:00+07:00')
  app = testApp(database.db)
  app.clock.set('2026-03-10T09:00:00+07:00')
})
afterAll(() => database.close())

const audited = (subject: string) => run(database.owner, 'SELECT FROM audit WHERE subject = $1', [subject])

describe('how dossiers are counted', () => {
  test('is as practice has it from the beginning, for whatever year', async () => {
    for (const day of ['1999-12-14', '2026-03-10', '2030-01-01']) {
      expect(await getDefinitions(office.system, day)).toEqual(usualDefinitions)
    }
  })

  test('is changed from a later day by procedure control, and old periods stay what they are', async () => {
    const change = { answer: 'by-deadline', ground: '12/QĐ-UBND', from: '2026-04-15' }
    for (let i = 0; i < 2; i += 1) await changeDefinition(office.as('control'), 'withdrawn', change)
    expect((await getDefinitions(office.system, '2026-04-14')).withdrawn).toBe('on-time')
    expect(await getDefinitions(office.system, '2026-04-15')).toEqual({ ...usualDefinitions, withdrawn: 'by-deadline' })
    expect(await audited('report-definition:withdrawn')).toHaveLength(1)
    const earlier = changeDefinition(office.as('control'), 'withdrawn', { ...change, from: '2026-04-01' })
    await expect(earlier).rejects.toMatchObject({ code: 'warning-rule-later' })
  })

  test.each([
    ['leader', {}, 'role-not-allowed'],
    ['control', { from: '2026-03-10' }, 'warning-rule-past'],
    ['control', { answer: 'by-minute' }, 'definition-answer-unknown'],
  ])('is not changed by %s with %o', async (who, more, code) => {
    const change = { answer: 'by-deadline', ground: 'x', from: '2026-04-15', ...more }
    await expect(changeDefinition(office.as(who), 'paused', change)).rejects.toMatchObject({ code })
  })

  test('has words for every answer the database takes, the usual one first', async () => {
    for (const key of definitionKeys) {
      const usual = key === 'no-term' ? usualDefinitions.noTerm : usualDefinitions[key]
      expect(answersOf(key).filter(answer => isUsual(key, answer))).toEqual([usual])
      for (const answer of answersOf(key)) expect(answerText(key, answer, (_, en) => en)).not.toBe(answer)
    }
    const control = office.as('control')
    for (const [i, answer] of answersOf('no-term').toReversed().entries()) {
      await changeDefinition(control, 'no-term', { answer, ground: 'x', from: `2026-05-0${i + 1}` })
    }
    expect((await getDefinitions(office.system, '2026-05-01')).noTerm).toBe('early')
  })

  test('is changed once by two at the same time', async () => {
    const both = ['12/QĐ', '13/QĐ'].map(ground =>
      changeDefinition(office.as('control'), 'late', { answer: 'by-day', ground, from: '2026-06-01' }),
    )
    expect((await Promise.allSettled(both)).map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await listDefinitions(office.system)).filter(({ key }) => key === 'late')).toHaveLength(2)
  })
})

describe('schemes of periods', () => {
  const schemes = () => listSchemes(office.system)
  const change = ChangePeriodScheme.parse({
    ...{ nameVi: 'Kỳ của tỉnh', nameEn: 'Of the province', startDay: 21, kinds: ['year', 'month'], submissionDays: 3 },
    ...{ ground: '12/QĐ-UBND', from: '2026-07-01' },
  })

  test('are the national one, the province’s and the calendar, the national one first', async () => {
    const all = await schemes()
    expect(all.map(({ code, terms }) => [code, terms[0]?.startDay])).toEqual([
      ['national', 15],
      ['local', 16],
      ['calendar', 1],
    ])
    expect(findPreset(all, 'local-2021-H1')).toMatchObject({ from: '2020-12-16', to: '2021-06-15' })
  })

  test('change from a later day: the next period follows on the one before', async () => {
    for (let i = 0; i < 2; i += 1) await changePeriodScheme(office.as('control'), 'local', change)
    const all = await schemes()
    expect(findPreset(all, 'local-2026-M06')).toMatchObject({ from: '2026-05-16', to: '2026-06-15' })
    expect(findPreset(all, 'local-2026-M07')).toMatchObject({ from: '2026-06-16', to: '2026-07-20' })
    expect(findPreset(all, 'local-2026-M08')).toMatchObject({ from: '2026-07-21', to: '2026-08-20' })
    expect(findPreset(all, 'local-2026-Q2')).toBeDefined()
    expect(findPreset(all, 'local-2026-Q3')).toBeUndefined()
    expect(await audited('period-scheme:local')).toHaveLength(1)
    const past = changePeriodScheme(office.as('control'), 'local', { ...change, startDay: 5 })
    await expect(past).rejects.toMatchObject({ code: 'warning-rule-later' })
    await expect(changePeriodScheme(office.as('director'), 'local', change)).rejects.toMatchObject({
      kind: 'forbidden',
    })
  })

  test('are added for programs and offered with their periods', async () => {
    const headers = { Authorization: `Bearer ${await tokenFor(app, office.as('control').actor as Officer)}` }
    const send = (method: string, path: string, body?: unknown) => client(app).send(method, path, body, headers)
    const added = await send('PUT', '/api/v1/period-schemes/party-congress', { ...change, startDay: 1 })
    expect(added.json()).toMatchObject({ code: 'party-congress', terms: [{ startDay: 1, kinds: ['month', 'year'] }] })
    const { items } = (await send('GET', '/api/v1/periods?year=2027')).json() as { items: { code: string }[] }
    expect(items).toContainEqual({
      ...{ code: 'party-congress-2027-M01', scheme: 'party-congress', kind: 'month', label: 'Tháng 1/2027' },
      ...{ from: '2027-01-01', to: '2027-01-31', submitBy: '2027-02-03' },
    })
    const answer = { answer: 'by-deadline', ground: '2/QĐ', from: '2026-09-01' }
    const changed = await send('PUT', '/api/v1/report-definitions/paused', answer)
    expect(changed.json()).toMatchObject({ items: [{ answer: 'in-time' }, { answer: 'by-deadline', validTo: null }] })
  })
})

describe('the pages', () => {
  const as = (who: string) => signedInAs(app, office.as(who).actor as Officer)

  test('explain every definition to who reads reports; only procedure control changes them', async () => {
    const leader = await (await as('leader')).get('/bao-cao/dinh-nghia')
    expect(leader.text).toContain('Từ khi nào thì coi là quá hạn?')
    expect(leader.text).not.toContain('/bao-cao/dinh-nghia/late')
    const control = await as('control')
    expect((await control.get('/bao-cao/dinh-nghia')).text).toContain('href="/bao-cao/dinh-nghia/late"')
    const form = { answer: 'original', ground: '1/QĐ', from: '2026-03-11' }
    const wrong = await control.post('/bao-cao/dinh-nghia/extension', { ...form, from: '2026-03-10' })
    expect([wrong.status, wrong.text.includes('từ ngày mai'), wrong.text.includes('value="1/QĐ"')]).toEqual([
      422,
      true,
      true,
    ])
    const done = await control.post('/bao-cao/dinh-nghia/extension', form)
    expect([done.status, done.location]).toEqual([303, '/bao-cao/dinh-nghia?done=yes'])
    expect((await getDefinitions(office.system, '2026-03-11')).extension).toBe('original')
  })

  test('change a scheme, and know nothing of what is not there', async () => {
    const control = await as('control')
    expect((await control.get('/bao-cao/ky')).text).toContain('15/02/2026')
    const form = { nameVi: 'Theo lịch', nameEn: 'Calendar', startDay: '2', kinds: ['month'], submissionDays: '5' }
    const more = { ground: '1/QĐ', from: '2026-12-01' }
    const few = await control.post('/bao-cao/ky/calendar', { ...form, ...more, startDay: '29' })
    expect(few.status).toBe(422)
    expect((await control.post('/bao-cao/ky/calendar', { ...form, ...more })).location).toBe('/bao-cao/ky?done=yes')
    expect((await listSchemes(office.system)).find(({ code }) => code === 'calendar')?.terms.at(-1)).toMatchObject({
      startDay: 2,
    })
    for (const path of ['ky/no-such', 'dinh-nghia/no-such'])
      expect((await control.get(`/bao-cao/${path}`)).status).toBe(404)
  })
})
